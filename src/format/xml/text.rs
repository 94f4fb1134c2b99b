//! A run of text between two tags: character data and CDATA sections, joined.

use super::grammar::is_blank;
use crate::value::{Schema, Value};

/// Which text is read as null: the property `nullValueOn`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NullOn {
    /// White space, and nothing at all; white space between elements and CDATA sections is no text then.
    Blank,
    /// Nothing at all.
    Empty,
    /// None.
    Never,
}

/// The text since the last tag.
pub struct Run {
    null_on: NullOn,
    text: String,
    /// Where the character data since the last CDATA section starts.
    piece: usize,
    /// Whether there is any text that counts.
    kept: bool,
    cdata: bool,
}

impl Run {
    /// No text yet.
    pub fn new(null_on: NullOn) -> Self {
        Self { null_on, text: String::new(), piece: 0, kept: false, cdata: false }
    }

    /// Adds character data; line breaks become line feeds.
    pub fn push(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = memchr::memchr(b'\r', rest.as_bytes()) {
            self.text.push_str(&rest[..at]);
            self.text.push('\n');
            rest = rest[at + 1..].strip_prefix('\n').unwrap_or(&rest[at + 1..]);
        }
        self.text.push_str(rest);
    }

    /// Adds a character that a reference stands for.
    pub fn push_char(&mut self, c: char) {
        self.text.push(c);
    }

    /// Adds a CDATA section.
    pub fn push_cdata(&mut self, text: &str) {
        self.end_piece();
        self.push(text);
        self.piece = self.text.len();
        (self.kept, self.cdata) = (true, true);
    }

    fn end_piece(&mut self) {
        if self.null_on == NullOn::Blank && is_blank(&self.text[self.piece..]) {
            self.text.truncate(self.piece);
        }
        self.kept |= self.piece < self.text.len();
        self.piece = self.text.len();
    }

    /// Ends the run beside an element: its value, if there is any text in it.
    pub fn end_beside_element(&mut self) -> Option<Value> {
        self.end_piece();
        if self.kept {
            return Some(self.take());
        }
        self.text.clear();
        self.piece = 0;
        None
    }

    /// Ends the run of an element that holds nothing else.
    pub fn end_alone(&mut self) -> Value {
        self.end_piece();
        self.take()
    }

    fn take(&mut self) -> Value {
        let is_null = match self.null_on {
            NullOn::Blank => is_blank(&self.text),
            NullOn::Empty => self.text.is_empty(),
            NullOn::Never => false,
        };
        let value = match is_null {
            true => Value::Null,
            false if self.cdata => {
                Value::string(&self.text).with_schema(Schema(vec![("cdata".into(), Value::Boolean(true))]))
            }
            false => Value::string(&self.text),
        };
        self.text.clear();
        (self.piece, self.kept, self.cdata) = (0, false, false);
        value
    }
}
