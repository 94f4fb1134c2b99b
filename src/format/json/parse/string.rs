//! Strings: plain ones are a slice of the text, others are put together.

use super::Parser;
use super::trouble::Parsed;
use crate::format::json::scan::{BadEscape, escape, plain_end};
use crate::value::Str;

impl<'a> Parser<'a> {
    #[inline]
    pub(super) fn string(&mut self) -> Parsed<Str> {
        Ok(match self.raw_string()? {
            Some(text) => Str::from(text),
            None => Str::from(self.memory.unescaped.as_str()),
        })
    }

    /// The string that begins here; `None` if it had escapes and is now in `memory.unescaped`.
    #[inline]
    pub(super) fn raw_string(&mut self) -> Parsed<Option<&'a str>> {
        let start = self.at + 1;
        let end = plain_end(self.bytes, start);
        if self.bytes.get(end) == Some(&b'"') {
            self.at = end + 1;
            return Ok(Some(&self.text[start..end]));
        }
        self.escaped_string(start, end).map(|()| None)
    }

    /// A string that is not plain: up to `end` it is.
    #[cold]
    fn escaped_string(&mut self, start: usize, end: usize) -> Parsed<()> {
        self.memory.unescaped.clear();
        let (mut from, mut at) = (start, end);
        loop {
            self.memory.unescaped.push_str(&self.text[from..at]);
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => match escape(&self.bytes[at..]) {
                    Ok((c, length)) => {
                        self.memory.unescaped.push(c);
                        from = at + length;
                    }
                    Err(BadEscape::Short) => return self.short(at, "within a string"),
                    Err(BadEscape::Unknown) => return self.bad_escape(at),
                },
                Some(control) => {
                    let message = format!("a control character in a string must be written as `\\u{control:04x}`");
                    return self.fail(at, message);
                }
                None => return self.short(at, "within a string"),
            }
            at = plain_end(self.bytes, from);
        }
        self.at = at + 1;
        Ok(())
    }

    #[cold]
    fn bad_escape<T>(&self, at: usize) -> Parsed<T> {
        let letter = self.text[at + 1..].chars().next().unwrap_or_default();
        let message = match letter {
            'u' => "`\\u` takes four hexadecimal digits".to_string(),
            letter => format!("`\\{letter}` is no escape"),
        };
        self.fail(at, message)
    }
}
