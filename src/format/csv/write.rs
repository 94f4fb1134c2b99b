//! Writes CSV: rows by position, under the names of the first row.

use super::{BODY_START, Dialect, ESCAPE, HEADER, HEADER_LINE, IGNORE_EMPTY, QUOTE, SEPARATOR};
use crate::diag::{Code, Fault};
use crate::format::{Options, Property, Sink, scalar};
use crate::value::{Object, Value};
use std::borrow::Cow;
use std::io::Write;

/// The writer's properties. Three of them have no effect, as in the reference.
pub const PROPERTIES: &[Property] = &[
    SEPARATOR,
    QUOTE,
    ESCAPE,
    HEADER,
    Property::flag("quoteHeader", false, "Whether the names in the header are put in double quotes."),
    Property::flag("quoteValues", false, "Whether every value is quoted; else special characters are escaped."),
    Property::text("lineSeparator", "\n", "What each line ends with."),
    Property::ENCODING,
    Property::BUFFER_SIZE,
    Property::DEFERRED,
    BODY_START,
    HEADER_LINE,
    IGNORE_EMPTY,
];

/// Writes an array of objects, or one object as a single row.
pub fn write(value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
    let mut sheet = Sheet::new(out, options)?;
    match value.into_bare() {
        Value::Object(row) => sheet.row(&row)?,
        Value::Array(rows) => {
            for row in rows.into_elements() {
                match row?.into_bare() {
                    Value::Object(row) => sheet.row(&row)?,
                    other => return Err(not_rows("a row", &other)),
                }
            }
        }
        other => return Err(not_rows("the value", &other)),
    }
    sheet.out.finish()
}

fn not_rows(what: &str, value: &Value) -> Fault {
    let fault = Fault::new(Code::Write, format!("cannot write {what} as CSV: it is of type {}", value.type_name()));
    fault.help("CSV takes an array of objects, or one object")
}

struct Sheet<'a> {
    out: Sink<'a>,
    dialect: Dialect,
    line_end: String,
    quote_header: bool,
    quote_values: bool,
    /// Whether the next row gives the header.
    wants_header: bool,
    /// What an escape goes in front of.
    special: Vec<char>,
    /// The bytes that such a character may begin with.
    suspicious: [bool; 256],
    line: String,
}

impl<'a> Sheet<'a> {
    fn new(out: &'a mut dyn Write, options: &Options) -> Result<Self, Fault> {
        let dialect = Dialect::new(options)?;
        let quote_values = options.flag("quoteValues") && !dialect.quote.is_empty();
        let mut special: Vec<char> = dialect.quote.chars().chain(dialect.escape.chars()).collect();
        if !quote_values {
            special.extend(dialect.separator.chars().chain(['\r', '\n']));
        }
        let mut suspicious = [false; 256];
        special.iter().for_each(|c| suspicious[usize::from(c.encode_utf8(&mut [0; 4]).as_bytes()[0])] = true);
        Ok(Self {
            out: Sink::new(out, options.charset()?),
            dialect,
            line_end: options.text("lineSeparator").to_string(),
            quote_header: options.flag("quoteHeader"),
            quote_values,
            wants_header: options.flag("header"),
            special,
            suspicious,
            line: String::new(),
        })
    }

    fn row(&mut self, row: &Object) -> Result<(), Fault> {
        if std::mem::take(&mut self.wants_header) {
            self.header(row)?;
        }
        for (i, value) in row.values().iter().enumerate() {
            self.separate(i);
            self.value(value)?;
        }
        self.end_line()
    }

    /// The names of the first row. They are never escaped, and always quoted with `"`, as in the reference.
    fn header(&mut self, row: &Object) -> Result<(), Fault> {
        let quote = if self.quote_header { "\"" } else { "" };
        for (i, name) in row.shape().names().iter().enumerate() {
            self.separate(i);
            self.line.extend([quote, &name.local, quote]);
        }
        self.end_line()
    }

    fn separate(&mut self, position: usize) {
        if position > 0 {
            self.line.push_str(&self.dialect.separator);
        }
    }

    fn value(&mut self, value: &Value) -> Result<(), Fault> {
        let quote = if self.quote_values { self.dialect.quote.as_str() } else { "" };
        self.line.push_str(quote);
        let mut digits = itoa::Buffer::new();
        let text = match value {
            Value::Int(n) => Cow::Borrowed(digits.format(*n)),
            other => text_of(other)?,
        };
        let mut rest = &*text;
        let is_plain = !text.bytes().any(|byte| self.suspicious[usize::from(byte)]);
        if !self.dialect.escape.is_empty() && !is_plain {
            while let Some(at) = rest.find(&self.special[..]) {
                let special = rest[at..].chars().next().map_or(0, char::len_utf8);
                self.line.extend([&rest[..at], &self.dialect.escape, &rest[at..at + special]]);
                rest = &rest[at + special..];
            }
        }
        self.line.extend([rest, quote]);
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), Fault> {
        self.line.push_str(&self.line_end);
        self.out.text(&self.line)?;
        self.line.clear();
        Ok(())
    }
}

/// The text of a simple value, its format honoured; null has none.
fn text_of(value: &Value) -> Result<Cow<'_, str>, Fault> {
    match scalar::formatted(value)? {
        Some(text) => Ok(text),
        None if value.is_null() => Ok(Cow::Borrowed("")),
        None => {
            let message = format!("cannot write a value of type {} as a field of CSV", value.type_name());
            Err(Fault::new(Code::Coercion, message).help("fields are simple values: join or `write` it to a String"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::format::csv::Csv;
    use crate::format::testing::{object as row, options};

    fn written(value: Value, given: &[(&str, &str)]) -> String {
        let options = options(Csv.writer_properties(), given).unwrap();
        let mut out = Vec::new();
        match write(value, &mut out, &options) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn writes_values_in_each_dialect() {
        let value = || row(&[("a", "x,y".into()), ("b", "q\"b\\".into()), ("c", "l\nm".into()), ("d", Value::Null)]);
        for (given, want) in [
            (&[][..], "a,b,c,d\nx\\,y,q\\\"b\\\\,l\\\nm,\n"),
            (&[("quoteValues", "true")], "a,b,c,d\n\"x,y\",\"q\\\"b\\\\\",\"l\nm\",\"\"\n"),
            (&[("escape", "\""), ("header", "false")], "x\",y,q\"\"b\\,l\"\nm,\n"),
            (&[("escape", ""), ("separator", ";")], "a;b;c;d\nx,y;q\"b\\;l\nm;\n"),
            (&[("quote", "'"), ("quoteHeader", "true")], "\"a\",\"b\",\"c\",\"d\"\nx\\,y,q\"b\\\\,l\\\nm,\n"),
            (&[("lineSeparator", "\r\n"), ("escape", "^")], "a,b,c,d\r\nx^,y,q^\"b\\,l^\nm,\r\n"),
        ] {
            assert_eq!(written(value(), given), want, "{given:?}");
        }
    }

    #[test]
    fn writes_rows_by_position_and_refuses_the_rest() {
        let (one, two) = (row(&[("a", Value::Int(1))]), row(&[("b", true.into()), ("c", "".into())]));
        for (value, want) in [
            (Value::array(vec![one.clone(), two]), "a\n1\ntrue,\n"),
            (Value::array(vec![]), ""),
            (row(&[]), "\n\n"),
            (Value::array(vec![one, Value::Null]), "cannot write a row as CSV: it is of type Null"),
            ("a".into(), "cannot write the value as CSV: it is of type String"),
            (row(&[("a", Value::empty_object())]), "cannot write a value of type Object as a field of CSV"),
        ] {
            assert_eq!(written(value.clone(), &[]), want, "{value:?}");
        }
    }
}
