//! MIME types with their parameters: `application/csv; separator=";"; header=false`.

use crate::diag::{Code, Fault};
use crate::value::{Charset, Str, Value};
use std::fmt;

/// A MIME type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaType {
    /// `main/sub` as given, without parameters.
    essence: Str,
    /// Names as given and values without quotes, in order.
    parameters: Vec<(Str, Str)>,
}

impl MediaType {
    /// Reads `main/sub; name=value; name="quoted \" value"`. A parameter without a value counts as `true`.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let (essence, mut rest) = text.split_once(';').unwrap_or((text, ""));
        let essence = essence.trim();
        if !essence.split_once('/').is_some_and(|(main, sub)| !main.is_empty() && !sub.is_empty()) {
            let message = format!("`{text}` is no MIME type");
            return Err(Fault::new(Code::UnknownFormat, message).help("a MIME type reads like `application/json`"));
        }
        let mut parameters = Vec::new();
        while !rest.trim_start_matches([';', ' ']).is_empty() {
            rest = rest.trim_start_matches([';', ' ', '\t', '\r', '\n']);
            let name_end = rest.find(['=', ';']).unwrap_or(rest.len());
            let (name, tail) = rest.split_at(name_end);
            let (value, tail) = match tail.strip_prefix('=') {
                Some(value) => parameter_value(value.trim_start()),
                None => ("true".to_string(), tail),
            };
            if !name.trim().is_empty() {
                parameters.push((Str::from(name.trim()), Str::from(value)));
            }
            rest = tail;
        }
        Ok(Self { essence: Str::from(essence), parameters })
    }

    /// A type without parameters, taken as it is.
    pub fn plain(essence: &str) -> Self {
        Self { essence: Str::from(essence), parameters: Vec::new() }
    }

    /// The same type with a parameter added or replaced.
    pub fn with_parameter(mut self, name: &str, value: &str) -> Self {
        self.parameters.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        self.parameters.push((Str::from(name), Str::from(value)));
        self
    }

    /// `main/sub` as given, without parameters.
    pub fn essence(&self) -> &str {
        &self.essence
    }

    /// The value of a parameter; the case of its name does not matter.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().rfind(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| v.as_str())
    }

    /// All parameters, in order.
    pub fn parameters(&self) -> impl Iterator<Item = (&str, &str)> {
        self.parameters.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The character set that `charset=` names.
    pub fn charset(&self) -> Result<Option<Charset>, Fault> {
        self.parameter("charset").map(Charset::named).transpose()
    }

    /// The parameters that are properties of a reader or writer: all but `charset`.
    pub fn properties(&self) -> Vec<(Str, Value)> {
        let properties = self.parameters.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("charset"));
        properties.map(|(name, value)| (name.clone(), Value::String(value.clone()))).collect()
    }

    /// Whether a pattern takes this type: `*` stands for a whole part, or for the text before `+` in the second part.
    /// Case does not matter.
    pub fn matches(&self, pattern: &str) -> bool {
        let parts = |text: &str| text.split_once('/').map(|(a, b)| (a.to_ascii_lowercase(), b.to_ascii_lowercase()));
        let (Some((main, sub)), Some((want_main, want_sub))) = (parts(&self.essence), parts(pattern)) else {
            return false;
        };
        let fits = |want: &str, got: &str| match want.strip_prefix("*+") {
            Some(suffix) => got.rsplit_once('+').is_some_and(|(_, s)| s == suffix),
            None => want == "*" || want == got,
        };
        fits(&want_main, &main) && fits(&want_sub, &sub)
    }
}

/// A value, quoted (with backslash escapes, as in JSON) or plain up to the next `;`, and what follows it.
fn parameter_value(text: &str) -> (String, &str) {
    let Some(quoted) = text.strip_prefix('"') else {
        let end = text.find(';').unwrap_or(text.len());
        return (text[..end].trim_end().to_string(), &text[end..]);
    };
    let mut value = String::new();
    let mut chars = quoted.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => {
                let tail = &quoted[at + 1..];
                return (value, &tail[tail.find(';').unwrap_or(tail.len())..]);
            }
            '\\' => value.extend(chars.next().map(|(at, c)| unescape(c, &quoted[at..], &mut chars))),
            c => value.push(c),
        }
    }
    (value, "")
}

/// The character of an escape whose letter is `c`; `text` begins with that letter.
fn unescape(c: char, text: &str, chars: &mut std::str::CharIndices<'_>) -> char {
    match c {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => match text.get(1..5).and_then(|hex| u32::from_str_radix(hex, 16).ok()).and_then(char::from_u32) {
            Some(c) => {
                chars.nth(3);
                c
            }
            None => 'u',
        },
        other => other,
    }
}

impl fmt::Display for MediaType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.essence)?;
        for (name, value) in &self.parameters {
            let plain = !value.is_empty() && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.+".contains(&b));
            if plain {
                write!(f, "; {name}={value}")?;
            } else {
                write!(f, "; {name}=\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_parameters() {
        for (text, parameters) in [
            ("a/b", &[][..]),
            ("a/b;", &[]),
            (r#"a/b; separator=";"; header=false"#, &[("separator", ";"), ("header", "false")]),
            (r#"a/b;q="\"\\\t|";x"#, &[("q", "\"\\\t|"), ("x", "true")]),
            ("a/b ; charset = UTF-8 ", &[("charset", "UTF-8")]),
            (r#"a/b; s="open"#, &[("s", "open")]),
        ] {
            let media = MediaType::parse(text).unwrap();
            let got = media.parameters.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect::<Vec<_>>();
            assert_eq!((media.essence(), got.as_slice()), ("a/b", parameters), "{text}");
            assert_eq!(MediaType::parse(&media.to_string()).unwrap(), media);
        }
        for text in ["", "json", "a/", "/b", ";"] {
            assert!(MediaType::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn matches_patterns() {
        let matches = |text, pattern| MediaType::parse(text).unwrap().matches(pattern);
        for (text, pattern) in [
            ("Text/CSV", "*/csv"),
            ("application/vnd.shop+json", "*/*+json"),
            ("multipart/mixed", "multipart/*"),
            ("text/plain; charset=UTF-8", "text/plain"),
        ] {
            assert!(matches(text, pattern), "{text} {pattern}");
        }
        for (text, pattern) in [("text/csvx", "*/csv"), ("application/json", "*/*+json"), ("text/html", "text/plain")] {
            assert!(!matches(text, pattern), "{text} {pattern}");
        }
    }
}
