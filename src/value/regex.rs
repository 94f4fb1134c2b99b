//! Regular expressions in Java's syntax, run by fancy-regex.

use crate::diag::{Code, Fault};

/// A compiled pattern with its source text.
#[derive(Debug)]
pub struct Regex {
    source: String,
    pattern: fancy_regex::Regex,
}

impl Regex {
    /// Compiles a pattern.
    pub fn new(source: &str) -> Result<Self, Fault> {
        let pattern = fancy_regex::Regex::new(source).map_err(|e| {
            let fault = Fault::new(Code::Pattern, format!("the regular expression `{source}` is wrong: {e}"));
            fault.help("the syntax is that of java.util.regex.Pattern")
        })?;
        Ok(Self { source: source.to_string(), pattern })
    }

    /// The compiled pattern.
    pub fn pattern(&self) -> &fancy_regex::Regex {
        &self.pattern
    }

    /// The pattern as written between the slashes, `\/` read as `/`.
    pub fn source(&self) -> &str {
        &self.source
    }
}
