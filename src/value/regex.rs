//! Regular expressions in Java's syntax, run by fancy-regex.

/// A compiled pattern with its source text.
#[derive(Debug)]
pub struct Regex {
    source: String,
}

impl Regex {
    /// The pattern as written between the slashes, `\/` read as `/`.
    pub fn source(&self) -> &str {
        &self.source
    }
}
