//! The parser of RFC 8259, over a piece of text that may be cut anywhere. In the inputs of scripts, a comma may follow the
//! last item or field, as in the reference engine: nothing is lost by it.

mod string;
mod trouble;

use super::keys::{Keys, Path};
use super::number;
use crate::value::depth::{MAX_DEPTH, with_stack};
use crate::value::{Array, Object, Value};
use trouble::Parsed;

pub use trouble::Trouble;

/// What outlives a parser: it is handed from one item of a sequence to the next.
pub struct Memory {
    keys: Keys,
    /// The values of the containers that are being read, inner ones last.
    values: Vec<Value>,
    /// The text of a string with escapes.
    unescaped: String,
    /// Whether a comma may stand before a closing bracket.
    trailing_comma: bool,
}

impl Memory {
    /// Nothing was read yet.
    pub fn new(trailing_comma: bool) -> Self {
        Self { keys: Keys::new(), values: Vec::new(), unescaped: String::new(), trailing_comma }
    }
}

/// Reads one value or item from a piece of text.
pub struct Parser<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Whether nothing follows after the piece.
    complete: bool,
    depth: usize,
    memory: &'a mut Memory,
}

impl<'a> Parser<'a> {
    /// A parser at the start of `text`.
    pub fn new(text: &'a str, complete: bool, memory: &'a mut Memory) -> Self {
        memory.values.clear();
        // Keeps `split_off` from giving the whole buffer away.
        memory.values.push(Value::Null);
        memory.keys.tidy();
        Self { text, bytes: text.as_bytes(), at: 0, complete, depth: 0, memory }
    }

    /// How much has been read.
    pub fn position(&self) -> usize {
        self.at
    }

    /// The value of a complete text, with nothing but white space around it.
    pub fn document(&mut self) -> Parsed<Value> {
        self.skip_space();
        if self.at == self.bytes.len() {
            return self.fail(self.at, "the text is empty".into());
        }
        let value = self.value()?;
        self.end()?;
        Ok(value)
    }

    /// The next item of an array, after its bracket (`first`) or after an item; `None` at the end of the array, which
    /// is the end of the text.
    pub fn item(&mut self, first: bool) -> Parsed<Option<Value>> {
        self.skip_space();
        match self.peek("within an array")? {
            b']' => {
                self.at += 1;
                return self.end().map(|()| None);
            }
            b',' if !first => {
                self.at += 1;
                self.skip_space();
                if self.ends_after_comma(b']') {
                    self.at += 1;
                    return self.end().map(|()| None);
                }
            }
            _ if !first => return self.fail_expecting("`,` or `]`"),
            _ => {}
        }
        self.value().map(Some)
    }

    #[inline]
    fn value(&mut self) -> Parsed<Value> {
        match self.peek("before a value")? {
            b'"' => self.string().map(Value::String),
            b'-' | b'0'..=b'9' => self.number(),
            b'{' => self.nested(Self::object),
            b'[' => self.nested(Self::array),
            b't' => self.literal("true", Value::Boolean(true)),
            b'f' => self.literal("false", Value::Boolean(false)),
            b'n' => self.literal("null", Value::Null),
            _ => self.fail_expecting("a value"),
        }
    }

    fn nested(&mut self, read: fn(&mut Self) -> Parsed<Value>) -> Parsed<Value> {
        const STACK_CHECK: usize = 16;
        if self.depth >= MAX_DEPTH {
            return self.fail(self.at, format!("data is nested more than {MAX_DEPTH} levels deep"));
        }
        self.at += 1;
        self.depth += 1;
        let value = if self.depth.is_multiple_of(STACK_CHECK) { with_stack(|| read(self)) } else { read(self) };
        self.depth -= 1;
        value
    }

    fn array(&mut self) -> Parsed<Value> {
        let base = self.memory.values.len();
        self.skip_space();
        if self.peek("within an array")? == b']' {
            self.at += 1;
            return Ok(Value::Array(Array::default()));
        }
        loop {
            let value = self.value()?;
            self.memory.values.push(value);
            self.skip_space();
            match self.peek("within an array")? {
                b',' => self.at += 1,
                b']' => break,
                _ => return self.fail_expecting("`,` or `]`"),
            }
            self.skip_space();
            if self.ends_after_comma(b']') {
                break;
            }
        }
        self.at += 1;
        Ok(Value::array(self.memory.values.split_off(base)))
    }

    fn object(&mut self) -> Parsed<Value> {
        let base = self.memory.values.len();
        let mut path = Path::START;
        self.skip_space();
        if self.peek("within an object")? == b'}' {
            self.at += 1;
            return Ok(Value::Object(Object::default()));
        }
        loop {
            match self.memory.keys.guess(&mut path, &self.bytes[self.at..]) {
                Some(length) => self.at += length,
                None if self.ends_after_comma(b'}') && self.memory.values.len() > base => break,
                None => self.key(&mut path)?,
            }
            self.skip_space();
            let value = self.value()?;
            self.memory.values.push(value);
            self.skip_space();
            match self.peek("within an object")? {
                b',' => self.at += 1,
                b'}' => break,
                _ => return self.fail_expecting("`,` or `}`"),
            }
            self.skip_space();
        }
        self.at += 1;
        let values = self.memory.values.split_off(base);
        Ok(Value::Object(Object::of_shape(self.memory.keys.shape(path), values)))
    }

    /// Whether the bracket that comes makes an end where an item or field was due.
    #[inline]
    fn ends_after_comma(&self, bracket: u8) -> bool {
        self.bytes.get(self.at) == Some(&bracket) && self.memory.trailing_comma
    }

    /// A key that was not expected, and its colon.
    #[cold]
    fn key(&mut self, path: &mut Path) -> Parsed<()> {
        if self.peek("within an object")? != b'"' {
            return self.fail_expecting("a key in double quotes");
        }
        match self.raw_string()? {
            Some(name) => self.memory.keys.step(path, name),
            None => self.memory.keys.step(path, &self.memory.unescaped),
        }
        self.skip_space();
        if self.peek("within an object")? != b':' {
            return self.fail_expecting("`:`");
        }
        self.at += 1;
        Ok(())
    }

    #[inline]
    fn number(&mut self) -> Parsed<Value> {
        match number::read(self.text, self.at, self.complete) {
            Ok((value, end)) => {
                self.at = end;
                Ok(value)
            }
            Err(stop) => self.no_number(stop),
        }
    }

    fn literal(&mut self, word: &str, value: Value) -> Parsed<Value> {
        let rest = &self.bytes[self.at..];
        if rest.starts_with(word.as_bytes()) {
            self.at += word.len();
            return Ok(value);
        }
        if !self.complete && word.as_bytes().starts_with(rest) {
            return Err(Box::new(Trouble::Short));
        }
        self.fail_expecting("a value")
    }

    #[inline]
    fn skip_space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.bytes.get(self.at) {
            self.at += 1;
        }
    }

    /// The next byte; `place` says where the text would end otherwise.
    #[inline]
    fn peek(&self, place: &str) -> Parsed<u8> {
        match self.bytes.get(self.at) {
            Some(byte) => Ok(*byte),
            None => self.short(self.at, place),
        }
    }

    /// Nothing but white space may follow.
    fn end(&mut self) -> Parsed<()> {
        self.skip_space();
        match self.bytes.get(self.at) {
            Some(_) => self.fail_expecting("the end of the text"),
            None if self.complete => Ok(()),
            None => Err(Box::new(Trouble::Short)),
        }
    }
}
