//! Finds the fields of one record: a state machine over bytes. csv-core cannot express DataWeave's dialect: an escape
//! outside of quotes, blanks around quotes, special characters beyond ASCII, and errors instead of guesses.

use super::Dialect;
use crate::value::{Str, Value};
use memchr::memchr2;

/// Splits text into records and fields.
pub struct Scanner {
    dialect: Dialect,
    /// The bytes that an unquoted field may end or change at.
    special: [bool; 256],
}

/// Why there is no record.
#[derive(Debug, PartialEq)]
pub enum Trouble {
    /// It may go on after this text.
    Short,
    /// It breaks the rules at this offset.
    Bad(usize, &'static str),
}

/// What follows after a field, and where.
enum End {
    Field(usize),
    Record(usize),
}

impl Scanner {
    /// A scanner for this dialect.
    pub fn new(dialect: Dialect) -> Self {
        let mut special = [false; 256];
        let escape = if dialect.escape == dialect.quote { "" } else { &dialect.escape };
        for byte in [dialect.separator.as_str(), escape].iter().filter_map(|s| s.bytes().next()).chain(*b"\r\n") {
            special[usize::from(byte)] = true;
        }
        Self { dialect, special }
    }

    /// Adds the fields of the record that `text` starts with; gives its length with the line end. `complete` says that
    /// nothing follows after `text`.
    pub fn record(&self, text: &str, complete: bool, fields: &mut Vec<Value>) -> Result<usize, Trouble> {
        let mut at = 0;
        loop {
            let (field, end) = self.field(text, at, complete)?;
            fields.push(Value::String(field));
            match end {
                End::Field(next) => at = next,
                End::Record(next) => return Ok(next),
            }
        }
    }

    /// A field is quoted if a quote is the first thing in it that is not blank.
    fn field(&self, text: &str, start: usize, complete: bool) -> Result<(Str, End), Trouble> {
        let at = self.skip_blanks(text, start);
        let quote = &self.dialect.quote;
        if !quote.is_empty() && text.as_bytes()[at..].starts_with(quote.as_bytes()) {
            return self.quoted(text, at, complete);
        }
        self.plain(text, start, complete)
    }

    fn skip_blanks(&self, text: &str, start: usize) -> usize {
        let separator = self.dialect.separator.as_bytes()[0];
        let blank = |b: &&u8| matches!(b, b' ' | b'\t') && **b != separator;
        start + text.as_bytes()[start..].iter().take_while(blank).count()
    }

    fn plain(&self, text: &str, start: usize, complete: bool) -> Result<(Str, End), Trouble> {
        let bytes = text.as_bytes();
        let mut field = Pieces { text, done: String::new(), from: start };
        let mut at = start;
        loop {
            at = bytes[at..].iter().position(|b| self.special[usize::from(*b)]).map_or(bytes.len(), |n| at + n);
            if let Some(end) = self.end(bytes, at, complete)? {
                return Ok((field.upto(at), end));
            }
            let breaks = |c: &str| matches!(c, "\n" | "\r") || c == self.dialect.separator;
            match self.escaped(text, at, complete, breaks)? {
                Some((from, to)) => at = field.skip(at, from, to),
                None => at += 1,
            }
        }
    }

    fn quoted(&self, text: &str, open: usize, complete: bool) -> Result<(Str, End), Trouble> {
        const UNCLOSED: &str = "the quote that opens this field is never closed";
        let (bytes, quote) = (text.as_bytes(), self.dialect.quote.as_bytes());
        let escape = self.dialect.escape.bytes().next().unwrap_or(quote[0]);
        let start = open + quote.len();
        let mut field = Pieces { text, done: String::new(), from: start };
        let mut at = start;
        loop {
            match memchr2(quote[0], escape, &bytes[at..]) {
                Some(n) => at += n,
                None if complete => return Err(Trouble::Bad(open, UNCLOSED)),
                None => return Err(Trouble::Short),
            }
            let after = at + quote.len();
            if !bytes[at..].starts_with(quote) {
                match self.escaped(text, at, complete, |_| false)? {
                    Some((from, to)) => at = field.skip(at, from, to),
                    None => at += 1,
                }
            } else if bytes[after..].starts_with(quote) {
                at = field.skip(at, after, after + quote.len());
            } else {
                return Ok((field.upto(at), self.after_quote(text, after, complete)?));
            }
        }
    }

    /// Behind a closing quote only blanks may stand. (The reference drops everything else, with a warning in its log.)
    fn after_quote(&self, text: &str, after: usize, complete: bool) -> Result<End, Trouble> {
        const SURPLUS: &str = "text follows after the closing quote of a field";
        let at = self.skip_blanks(text, after);
        self.end(text.as_bytes(), at, complete)?.ok_or(Trouble::Bad(at, SURPLUS))
    }

    /// What ends the field here, if anything does.
    fn end(&self, bytes: &[u8], at: usize, complete: bool) -> Result<Option<End>, Trouble> {
        let separator = self.dialect.separator.as_bytes();
        Ok(match (bytes.get(at), bytes.get(at + 1)) {
            (None, _) if complete => Some(End::Record(at)),
            (None, _) => return Err(Trouble::Short),
            (Some(b'\n'), _) => Some(End::Record(at + 1)),
            (Some(b'\r'), Some(b'\n')) => Some(End::Record(at + 2)),
            (Some(b'\r'), None) if !complete => return Err(Trouble::Short),
            (Some(b'\r'), _) => Some(End::Record(at + 1)),
            _ => bytes[at..].starts_with(separator).then_some(End::Field(at + separator.len())),
        })
    }

    /// The bounds of the character that the escape at `at` protects: the quote, the escape, or one that `also` names.
    /// Before any other character, and at the end, the escape is an ordinary one.
    fn escaped(
        &self,
        text: &str,
        at: usize,
        complete: bool,
        also: impl Fn(&str) -> bool,
    ) -> Result<Option<(usize, usize)>, Trouble> {
        let Dialect { quote, escape, .. } = &self.dialect;
        if escape.is_empty() || !text.as_bytes()[at..].starts_with(escape.as_bytes()) {
            return Ok(None);
        }
        let from = at + escape.len();
        match text[from..].chars().next() {
            None if !complete => Err(Trouble::Short),
            None => Ok(None),
            Some(c) => {
                let to = from + c.len_utf8();
                let next = &text[from..to];
                Ok((next == quote || next == escape || also(next)).then_some((from, to)))
            }
        }
    }
}

/// A field's text: a slice, as long as nothing in it is escaped.
struct Pieces<'a> {
    text: &'a str,
    done: String,
    from: usize,
}

impl Pieces<'_> {
    /// Leaves out what stands between `at` and `from`, and goes on behind the character that ends at `to`.
    fn skip(&mut self, at: usize, from: usize, to: usize) -> usize {
        self.done.push_str(&self.text[self.from..at]);
        self.from = from;
        to
    }

    fn upto(mut self, at: usize) -> Str {
        let last = &self.text[self.from..at];
        if self.done.is_empty() {
            return Str::from(last);
        }
        self.done.push_str(last);
        Str::from(self.done)
    }
}
