//! Writes JSON while the value is pulled: a sequence that nobody else holds is never in memory as a whole.

mod object;

use super::escape::write_quoted;
use crate::diag::{Code, Fault};
use crate::format::held::{Held, members};
use crate::format::{Options, Sink, scalar};
use crate::value::{Array, Elements, Value, depth};
use std::io::Write;

/// Writes the value.
pub fn write(value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
    let mut writer = Writer::new(out, options)?;
    writer.value(Held::Own(value), 0)?;
    writer.sink.finish()
}

/// Writes each item of a list on a line of its own; any other value on one line.
pub fn lines(value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
    let mut writer = Writer::new(out, options)?;
    let items = match value.into_bare() {
        Value::Array(items) => items.into_elements(),
        Value::Range(range) => Elements::range(&range),
        other => Array::from(vec![other]).into_elements(),
    };
    for item in items {
        let item = item?;
        if writer.skip_null_items && item.is_null() {
            continue;
        }
        writer.value(Held::Own(item), 0)?;
        writer.sink.char('\n')?;
    }
    writer.sink.finish()
}

struct Writer<'a> {
    sink: Sink<'a>,
    indent: bool,
    skip_null_members: bool,
    skip_null_items: bool,
    attributes: bool,
    merge: bool,
}

impl<'a> Writer<'a> {
    fn new(out: &'a mut dyn Write, options: &Options) -> Result<Self, Fault> {
        let skip_null = options.text("skipNullOn");
        Ok(Self {
            sink: Sink::new(out, options.charset()?),
            indent: options.flag("indent"),
            skip_null_members: matches!(skip_null, "objects" | "everywhere"),
            skip_null_items: matches!(skip_null, "arrays" | "everywhere"),
            attributes: options.flag("writeAttributes"),
            merge: options.flag("duplicateKeyAsArray"),
        })
    }

    fn value(&mut self, value: Held<'_>, level: usize) -> Result<(), Fault> {
        const STACK_CHECK: usize = 16;
        depth::check(level)?;
        if level % STACK_CHECK == STACK_CHECK - 1 {
            return depth::with_stack(|| self.dispatch(value, level));
        }
        self.dispatch(value, level)
    }

    fn dispatch(&mut self, value: Held<'_>, level: usize) -> Result<(), Fault> {
        match value {
            Held::Shared(value) => match value.bare() {
                Value::Object(object) => self.object(None, members(object), level),
                Value::Array(array) => match array.known() {
                    Some(items) => self.items(items.iter().map(|item| Ok(Held::Shared(item))), level),
                    None => self.sequence(array.iter(), level),
                },
                Value::Range(range) => self.sequence(Elements::range(range), level),
                _ => self.scalar(value),
            },
            Held::Own(value) => match value {
                Value::Object(object) if !object.is_shared() => self.own_object(None, object, level),
                Value::Array(array) if !array.is_shared() => self.sequence(array.into_elements(), level),
                Value::Tagged(_) if matches!(value.bare(), Value::Object(_) | Value::Array(_)) => {
                    self.dispatch(Held::Own(value.into_bare()), level)
                }
                shared => self.dispatch(Held::Shared(&shared), level),
            },
        }
    }

    fn sequence(&mut self, items: Elements<'_>, level: usize) -> Result<(), Fault> {
        self.items(items.map(|item| item.map(Held::Own)), level)
    }

    fn items<'v>(&mut self, items: impl Iterator<Item = Result<Held<'v>, Fault>>, level: usize) -> Result<(), Fault> {
        self.sink.buffer().push(b'[');
        let mut first = true;
        for item in items {
            let item = item?;
            if self.skip_null_items && item.is_null() {
                continue;
            }
            self.separate(&mut first, level + 1);
            self.value(item, level + 1)?;
            self.sink.relieve()?;
        }
        self.close(b']', first, level);
        Ok(())
    }

    /// Goes to the place of the next item or member.
    fn separate(&mut self, first: &mut bool, level: usize) {
        if !std::mem::take(first) {
            self.sink.buffer().push(b',');
        }
        self.new_line(level);
    }

    /// An empty container has an empty line in it, as in the reference.
    fn close(&mut self, bracket: u8, empty: bool, level: usize) {
        if empty {
            self.new_line(level + 1);
        }
        self.new_line(level);
        self.sink.buffer().push(bracket);
    }

    fn new_line(&mut self, level: usize) {
        const LINE: &[u8; 33] = b"\n                                ";
        if self.indent {
            let buffer = self.sink.buffer();
            let blanks = 2 * level;
            buffer.extend_from_slice(&LINE[..=blanks.min(LINE.len() - 1)]);
            buffer.resize(buffer.len() + blanks.saturating_sub(LINE.len() - 1), b' ');
        }
    }

    fn scalar(&mut self, value: &Value) -> Result<(), Fault> {
        let out = self.sink.buffer();
        match value.bare() {
            Value::Null => out.extend_from_slice(b"null"),
            Value::Boolean(true) => out.extend_from_slice(b"true"),
            Value::Boolean(false) => out.extend_from_slice(b"false"),
            Value::String(text) => write_quoted(text, false, out),
            Value::Int(_) | Value::Decimal(_) | Value::BigNumber(_) => scalar::write_number(value.bare(), out),
            Value::Temporal(_) => {
                let text = scalar::formatted(value)?;
                write_quoted(&text.unwrap_or_default(), false, out);
            }
            _ => write_quoted(&scalar::text(value).ok_or_else(|| not_json(value))?, false, out),
        }
        Ok(())
    }
}

fn not_json(value: &Value) -> Fault {
    Fault::new(Code::Write, format!("a {} cannot be written as JSON", value.type_name()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::Format;
    use crate::format::json::Json;
    use crate::format::testing::{list, object, options};
    use crate::value::Schema;
    use crate::value::temporal::parse_literal;

    pub(super) fn written(value: Value, given: &[(&str, &str)]) -> String {
        let options = options(Json.writer_properties(), given).unwrap();
        let mut out = Vec::new();
        match write(value, &mut out, &options) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(fault) => fault.to_string(),
        }
    }

    pub(super) const COMPACT: (&str, &str) = ("indent", "false");

    #[test]
    fn lays_out_as_the_reference_does() {
        let nested =
            object(&[("hull", object(&[("decks", list(&["A".into(), "B".into()]))])), ("afloat", true.into())]);
        let empty = object(&[("log", list(&[list(&[]), object(&[])]))]);
        for (value, want) in [
            (
                nested.clone(),
                "{\n  \"hull\": {\n    \"decks\": [\n      \"A\",\n      \"B\"\n    ]\n  },\n  \"afloat\": true\n}",
            ),
            (empty.clone(), "{\n  \"log\": [\n    [\n      \n    ],\n    {\n      \n    }\n  ]\n}"),
            (list(&[]), "[\n  \n]"),
        ] {
            assert_eq!(written(value, &[]), want);
        }
        for (value, want) in
            [(nested, r#"{"hull": {"decks": ["A","B"]},"afloat": true}"#), (empty, r#"{"log": [[],{}]}"#)]
        {
            assert_eq!(written(value, &[COMPACT]), want);
        }
    }

    #[test]
    fn faults_do_not_crash() {
        let mut deep = Value::Null;
        for _ in 0..100_000 {
            deep = list(&[deep]);
        }
        assert!(written(deep, &[]).contains("nested more than"));
        let items = [Ok(1.into()), Err(Fault::new(Code::User, "midway"))];
        assert_eq!(written(Value::Array(Array::lazy(items.into_iter())), &[]), "midway");
    }

    #[test]
    fn pulls_a_nested_sequence_without_keeping_it() {
        let lazy = Array::lazy((0..1000).map(|n| Ok(n.into())));
        let text = written(object(&[("n", Value::Array(lazy))]), &[COMPACT]);
        assert!(text.starts_with("{\"n\": [0,1,2,") && text.ends_with(",998,999]}"));
    }

    #[test]
    fn dates_honour_their_format_and_numbers_do_not() {
        let format = |value: Value, text: &str| value.with_schema(Schema(vec![("format".into(), text.into())]));
        let date = Value::from(parse_literal("2031-07-04").unwrap());
        assert_eq!(written(format(date.clone(), "dd.MM"), &[]), "\"04.07\"");
        assert_eq!(written(date, &[]), "\"2031-07-04\"");
        assert_eq!(written(format(5.into(), "0.00"), &[]), "5");
    }

    #[test]
    fn encodes() {
        let value = object(&[("ü", "é€".into())]);
        assert_eq!(written(value.clone(), &[COMPACT, ("encoding", "US-ASCII")]), r#"{"?": "??"}"#);
        assert_eq!(written(value, &[("encoding", "EBCDIC-X")]), "unknown character set `EBCDIC-X`");
    }
}
