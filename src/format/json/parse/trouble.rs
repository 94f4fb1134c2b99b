//! What keeps a text from being read, and the words for it.

use super::Parser;
use crate::format::json::number::Stop;

/// Why there is no value.
#[derive(Debug)]
pub enum Trouble {
    /// The piece ends too early and more text may come.
    Short,
    /// The text breaks a rule at this byte.
    Bad {
        /// Offset into the piece.
        at: usize,
        /// What is wrong.
        message: String,
        /// What to do about it, where known.
        help: Option<&'static str>,
    },
}

/// What a part of the parser gives.
pub type Parsed<T> = Result<T, Box<Trouble>>;

impl Parser<'_> {
    #[cold]
    pub(super) fn no_number<T>(&mut self, stop: Stop) -> Parsed<T> {
        match stop {
            Stop::Short => Err(Box::new(Trouble::Short)),
            Stop::LeadingZero(at) => self.fail(at, "a number must not begin with a zero".into()),
            Stop::TooLong => self.fail(self.at, "this number is too long, or its exponent too large".into()),
            Stop::NoDigit(at) => {
                self.at = at;
                self.peek("within a number")?;
                self.fail_expecting("a digit")
            }
        }
    }

    #[cold]
    pub(super) fn short<T>(&self, at: usize, place: &str) -> Parsed<T> {
        if !self.complete {
            return Err(Box::new(Trouble::Short));
        }
        self.fail(at, format!("the text ends {place}"))
    }

    #[cold]
    pub(super) fn fail<T>(&self, at: usize, message: String) -> Parsed<T> {
        Err(Box::new(Trouble::Bad { at, message, help: None }))
    }

    /// Something else stands where `wanted` is due.
    #[cold]
    pub(super) fn fail_expecting<T>(&self, wanted: &str) -> Parsed<T> {
        let rest = &self.text[self.at..];
        let word = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
        let found: String = match word {
            0 => rest.chars().take(1).collect(),
            _ => rest[..word].chars().take(20).collect(),
        };
        // A word at the end of the piece may be cut, which matters for the message only.
        let help = match found.as_str() {
            "'" => Some("strings and keys stand in double quotes"),
            "/" | "#" => Some("JSON has no comments"),
            "}" | "]" if wanted.starts_with("a ") => Some("is there a comma too much?"),
            "\"" | "{" | "[" if wanted.starts_with("`,`") => Some("is a comma missing?"),
            "NaN" | "Infinity" => Some("JSON has no such number; use `null`"),
            "True" | "False" | "None" | "NULL" | "Null" => Some("the literals are `true`, `false` and `null`"),
            _ => None,
        };
        Err(Box::new(Trouble::Bad { at: self.at, message: format!("expected {wanted} but found `{found}`"), help }))
    }
}
