//! Paths with parameters in braces, and which of several fits best.

use crate::diag::{Code, Fault};
use fancy_regex::Regex;
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What a request's path has as an escape.
const ESCAPED: AsciiSet = CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'^').add(b'|').add(b'\\');

/// A path with parameters in braces.
#[derive(Debug)]
pub struct Template {
    text: String,
    names: Vec<String>,
    regex: Regex,
    /// How many characters outside of parameters it has.
    weight: usize,
}

impl Template {
    /// Reads `/orders/{id}`.
    ///
    /// # Errors
    /// Braces that do not belong together.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let wrong = || {
            let fault = Fault::new(Code::Configuration, format!("`{text}` is no path with parameters"));
            fault.help("each `{` needs a name and a `}`")
        };
        let (mut pattern, mut names, mut weight, mut rest) = (String::from("^"), Vec::new(), 0, text);
        while let Some(open) = rest.find('{') {
            let close = rest.find('}').filter(|close| *close > open + 1).ok_or_else(wrong)?;
            weight += literal(&mut pattern, &rest[..open]);
            pattern.push_str("([^/]+)");
            names.push(rest[open + 1..close].to_string());
            rest = &rest[close + 1..];
        }
        weight += literal(&mut pattern, rest);
        pattern.push('$');
        let regex = Regex::new(&pattern).map_err(|_| wrong())?;
        Ok(Self { text: text.to_string(), names, regex, weight })
    }

    /// As it is written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// How well it fits where it fits: the more of it is text, the better.
    pub fn weight(&self) -> usize {
        self.weight
    }

    /// The parameters of a path as a request has it, escapes resolved; `None` where it does not fit.
    pub fn parameters(&self, raw: &str) -> Option<Vec<(String, String)>> {
        let found = self.regex.captures(raw).ok().flatten()?;
        let values = found.iter().skip(1).flatten();
        let decoded = values.map(|value| percent_decode_str(value.as_str()).decode_utf8_lossy().into_owned());
        Some(self.names.iter().cloned().zip(decoded).collect())
    }
}

/// Adds text that stands for itself; gives its length.
fn literal(pattern: &mut String, text: &str) -> usize {
    let text: String = utf8_percent_encode(text, &ESCAPED).collect();
    pattern.push_str(&fancy_regex::escape(&text));
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_fit_and_give_parameters() {
        for (template, path, want) in [
            ("/a", "/a", Some("")),
            ("/a", "/a/", None),
            ("/a/{id}", "/a/7", Some("id=7")),
            ("/a/{id}", "/a/x%20y%2Fz", Some("id=x y/z")),
            ("/a/{id}/b", "/a/7/8/b", None),
            ("/a/{x}.{y}", "/a/b.json", Some("x=b,y=json")),
            ("/a b", "/a%20b", Some("")),
            ("/", "/", Some("")),
        ] {
            let found = Template::parse(template).unwrap().parameters(path);
            let text = found.map(|all| all.iter().map(|(n, v)| format!("{n}={v}")).collect::<Vec<_>>().join(","));
            assert_eq!(text.as_deref(), want, "{template} {path}");
        }
        assert!(Template::parse("/a/{id").is_err() && Template::parse("/a/{}").is_err());
        assert!(Template::parse("/a/b").unwrap().weight() > Template::parse("/a/{b}").unwrap().weight());
    }
}
