//! Patterns of file names: Java's globs (`*.{csv,txt}`), or regular expressions behind `regex:`.

use crate::diag::Fault;
use crate::value::Regex;

/// A pattern of file names.
pub struct Pattern(Regex);

impl Pattern {
    /// Reads `*.txt`, `glob:*.txt` or `regex:.*\.txt`.
    ///
    /// # Errors
    /// A regular expression that is none.
    pub fn parse(text: &str, case_sensitive: bool) -> Result<Self, Fault> {
        let regex = match text.strip_prefix("regex:") {
            Some(regex) => regex.to_string(),
            None => regex_of(text.strip_prefix("glob:").unwrap_or(text)),
        };
        Regex::new(&if case_sensitive { regex } else { format!("(?i){regex}") }).map(Self)
    }

    /// Whether it is the pattern of a name.
    pub fn fits(&self, name: &str) -> bool {
        self.0.is_full_match(name).unwrap_or(false)
    }
}

/// The regular expression of a glob.
fn regex_of(glob: &str) -> String {
    let mut out = String::new();
    let (mut chars, mut in_group, mut in_class) = (glob.chars().peekable(), false, false);
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.push_str(&chars.next().map(escaped).unwrap_or_default()),
            ']' if in_class => {
                in_class = false;
                out.push(']');
            }
            _ if in_class => out.push(c),
            '*' if chars.next_if_eq(&'*').is_some() => out.push_str(".*"),
            '*' => out.push_str("[^/]*"),
            '?' => out.push_str("[^/]"),
            '[' => {
                in_class = true;
                out.push('[');
                if chars.next_if_eq(&'!').is_some() {
                    out.push('^');
                }
            }
            '{' if !in_group => {
                in_group = true;
                out.push_str("(?:");
            }
            '}' if in_group => {
                in_group = false;
                out.push(')');
            }
            ',' if in_group => out.push('|'),
            other => out.push_str(&escaped(other)),
        }
    }
    out
}

fn escaped(c: char) -> String {
    if c.is_alphanumeric() || c == '_' || c == '/' { c.to_string() } else { format!("\\{c}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_patterns() {
        for (pattern, name, fits) in [
            ("*.txt", "a.txt", true),
            ("*.txt", "a.csv", false),
            ("*.txt", "a.TXT", false),
            ("*.{csv,txt}", "b.csv", true),
            ("[a-c]?.log", "b1.log", true),
            ("[!a-c]*", "a", false),
            ("glob:a+b", "a+b", true),
            ("regex:\\d+", "123", true),
            ("**/x", "a/b/x", true),
        ] {
            assert_eq!(Pattern::parse(pattern, true).unwrap().fits(name), fits, "{pattern} {name}");
        }
        assert!(Pattern::parse("*.TXT", false).unwrap().fits("a.txt"));
        assert!(Pattern::parse("regex:(", true).is_err());
    }
}
