//! Writes YAML in block style while the value is pulled: a sequence that nobody else holds is never in memory as a whole.

use super::schema;
use crate::diag::{Code, Fault};
use crate::format::held::{Held, Member, members, own_members};
use crate::format::{Options, Sink, scalar};
use crate::value::{Elements, Value, depth};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use std::io::Write;

/// Writes the value as one document.
pub fn write(value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
    let skip_null = options.text("skipNullOn");
    let mut writer = Writer {
        sink: Sink::new(out, options.charset()?),
        skip_null_members: matches!(skip_null, "objects" | "everywhere"),
        skip_null_items: matches!(skip_null, "arrays" | "everywhere"),
    };
    if options.flag("writeDeclaration") {
        writer.sink.text("%YAML 1.2\n---\n")?;
    }
    writer.value(Held::Own(value), 0, Place::Document)?;
    writer.sink.finish()
}

struct Writer<'a> {
    sink: Sink<'a>,
    skip_null_members: bool,
    skip_null_items: bool,
}

/// What stands in front of a value on its line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Nothing.
    Document,
    /// A dash: a mapping or list may begin on the same line.
    Item,
    /// A key: a mapping or list begins on the next line.
    Member,
}

impl Writer<'_> {
    /// Writes a value and the line break after it; lines of its own are indented by `level` steps.
    fn value(&mut self, value: Held<'_>, level: usize, place: Place) -> Result<(), Fault> {
        depth::check(level)?;
        depth::with_stack(|| self.dispatch(value, level, place))
    }

    fn dispatch(&mut self, value: Held<'_>, level: usize, place: Place) -> Result<(), Fault> {
        match value {
            Held::Own(value) => match value {
                Value::Object(object) if !object.is_shared() => {
                    let (shape, attributes, values) = object.into_parts();
                    self.object(own_members(&shape, &attributes, values), level, place)
                }
                Value::Array(array) if !array.is_shared() => self.list(array.into_elements(), level, place),
                Value::Tagged(_) if matches!(value.bare(), Value::Object(_) | Value::Array(_)) => {
                    self.dispatch(Held::Own(value.into_bare()), level, place)
                }
                shared => self.dispatch(Held::Shared(&shared), level, place),
            },
            Held::Shared(value) => match value.bare() {
                Value::Object(object) => self.object(members(object), level, place),
                Value::Array(array) => self.list(array.iter(), level, place),
                Value::Range(range) => self.list(Elements::range(range), level, place),
                _ => self.scalar(value, level, place),
            },
        }
    }

    fn list(&mut self, items: Elements<'_>, level: usize, place: Place) -> Result<(), Fault> {
        let mut first = true;
        for item in items {
            let item = item?;
            if self.skip_null_items && item.is_null() {
                continue;
            }
            self.begin(std::mem::take(&mut first), level, place)?;
            self.sink.text("-")?;
            self.value(Held::Own(item), level + 1, Place::Item)?;
        }
        self.end(first, "[]", place)
    }

    fn object<'v>(
        &mut self,
        members: impl Iterator<Item = Member<'v>>,
        level: usize,
        place: Place,
    ) -> Result<(), Fault> {
        let mut first = true;
        for member in members {
            if self.skip_null_members && member.value.is_null() {
                continue;
            }
            self.begin(std::mem::take(&mut first), level, place)?;
            self.key(&member.name.local, level)?;
            self.value(member.value, level + 1, Place::Member)?;
        }
        self.end(first, "{}", place)
    }

    /// Goes to where the next item or member stands.
    fn begin(&mut self, first: bool, level: usize, place: Place) -> Result<(), Fault> {
        match place {
            Place::Item if first => return self.sink.text(" "),
            Place::Member if first => self.sink.text("\n")?,
            _ => {}
        }
        self.indent(level)
    }

    fn end(&mut self, empty: bool, text: &str, place: Place) -> Result<(), Fault> {
        if empty {
            self.space(place)?;
            self.sink.text(text)?;
            self.sink.text("\n")?;
        }
        Ok(())
    }

    /// Writes a key with its colon. A long one needs a question mark in front.
    fn key(&mut self, name: &str, level: usize) -> Result<(), Fault> {
        const LONGEST: usize = 1000;
        let text = if is_plain(name) { name.to_string() } else { quoted(name) };
        if text.len() > LONGEST {
            self.sink.text(&format!("? {text}\n"))?;
            self.indent(level)?;
            return self.sink.text(":");
        }
        self.sink.text(&text)?;
        self.sink.text(":")
    }

    fn indent(&mut self, level: usize) -> Result<(), Fault> {
        let buffer = self.sink.buffer();
        buffer.resize(buffer.len() + 2 * level, b' ');
        self.sink.relieve()
    }

    fn space(&mut self, place: Place) -> Result<(), Fault> {
        if place == Place::Document { Ok(()) } else { self.sink.text(" ") }
    }

    fn scalar(&mut self, value: &Value, level: usize, place: Place) -> Result<(), Fault> {
        self.space(place)?;
        match value.bare() {
            Value::Null => self.sink.text("null")?,
            Value::Boolean(_) => self.sink.text(&scalar::text(value).unwrap_or_default())?,
            Value::Int(_) | Value::Decimal(_) | Value::BigNumber(_) => {
                scalar::write_number(value, self.sink.buffer());
            }
            Value::Binary(bytes) => self.sink.text(&format!("!!binary \"{}\"", BASE64_STANDARD.encode(&**bytes)))?,
            _ => {
                let text = scalar::text(value).ok_or_else(|| {
                    Fault::new(Code::Write, format!("a value of type {} cannot be written as YAML", value.type_name()))
                })?;
                return self.text(&text, level);
            }
        }
        self.sink.text("\n")
    }

    /// Writes text in the first style that can hold it: plain, as lines, in quotes.
    fn text(&mut self, text: &str, level: usize) -> Result<(), Fault> {
        if is_plain(text) {
            self.sink.text(text)?;
        } else if is_lines(text) {
            let (body, mark) = match text.strip_suffix('\n') {
                None => (text, "|-"),
                Some(body) if body.ends_with('\n') => (body, "|+"),
                Some(body) => (body, "|"),
            };
            self.sink.text(mark)?;
            for line in body.split('\n') {
                self.sink.text("\n")?;
                if !line.is_empty() {
                    self.indent(level.max(1))?;
                    self.sink.text(line)?;
                }
            }
        } else {
            self.sink.text(&quoted(text))?;
        }
        self.sink.text("\n")
    }
}

/// Whether a text can stand without quotes and is read back as that text, by readers of YAML 1.1 too.
fn is_plain(text: &str) -> bool {
    const OLD_BOOLEANS: [&str; 8] = ["y", "n", "yes", "no", "on", "off", "<<", "="];
    let is_special_start = text.starts_with(|c: char| ",[]{}#&*!|>'\"%@`".contains(c))
        || ["-", "?", ":"].iter().any(|mark| text == *mark || text.starts_with(&format!("{mark} ")))
        || text.starts_with("---")
        || text.starts_with("...");
    matches!(schema::plain(text), Value::String(_))
        && !is_special_start
        && !OLD_BOOLEANS.contains(&text.to_ascii_lowercase().as_str())
        && !text.starts_with(['+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9'])
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && text.trim_matches(' ').len() == text.len()
        && text.chars().all(is_printable)
}

/// Whether a text of several lines can be written line by line.
fn is_lines(text: &str) -> bool {
    let body = text.trim_end_matches('\n');
    body.contains('\n')
        && !body.starts_with([' ', '\n'])
        && body.split('\n').all(|line| !line.ends_with(' ') && line.chars().all(is_printable))
}

fn is_printable(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{fefe}' | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
}

/// The text in double quotes.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) => out.push(c),
            c => out.push_str(&format!("\\u{:04x}", u32::from(c))),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::testing::{list, object, options};
    use crate::format::yaml::Yaml;
    use crate::format::{Format, Input};
    use crate::value::ObjectBuilder;
    use proptest::prelude::*;

    fn written(value: Value, given: &[(&str, &str)]) -> String {
        let mut out = Vec::new();
        match write(value, &mut out, &options(Yaml.writer_properties(), given).unwrap()) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn writes_blocks() {
        let rows = list(&[
            object(&[("a", 1.into()), ("b", list(&["x".into(), Value::Null]))]),
            list(&[true.into(), list(&[])]),
        ]);
        let value = object(&[("rows", rows), ("none", Value::empty_object()), ("text", "l1\n\n l2\n".into())]);
        assert_eq!(
            written(value, &[]),
            "%YAML 1.2\n---\nrows:\n  - a: 1\n    b:\n      - x\n      - null\n  - - true\n    - []\nnone: {}\ntext: |\n  l1\n\n   l2\n"
        );
        let nulls = object(&[("a", Value::Null), ("b", list(&[Value::Null, 1.into()]))]);
        for (skip, want) in [("objects", "b:\n  - null\n  - 1\n"), ("everywhere", "b:\n  - 1\n")] {
            assert_eq!(written(nulls.clone(), &[("skipNullOn", skip), ("writeDeclaration", "false")]), want);
        }
    }

    #[test]
    fn quotes_what_would_be_read_as_something_else() {
        for (text, want) in [
            ("plain text, isn't it? http://x:80/#a", "plain text, isn't it? http://x:80/#a"),
            ("", "\"\""),
            ("yes", "\"yes\""),
            ("007", "\"007\""),
            ("- x", "\"- x\""),
            ("a: b", "\"a: b\""),
            ("a #b", "\"a #b\""),
            (" a", "\" a\""),
            ("a\tb\u{7}\"\\", "\"a\\tb\\u0007\\\"\\\\\""),
            ("a\nb", "|-\n  a\n  b"),
            ("a\n\n\n", "\"a\\n\\n\\n\""),
            ("ünï 🛶", "ünï 🛶"),
        ] {
            assert_eq!(written(text.into(), &[("writeDeclaration", "false")]), format!("{want}\n"), "{text:?}");
        }
    }

    fn tree() -> impl Strategy<Value = Value> {
        let text = prop_oneof!["[-:?,&*!|>'\"%@`{}#<~ \n\ta-c0-2.e+]{0,8}", "\\PC{0,6}", any::<String>()];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            text.prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::array),
                proptest::collection::vec(("[-:#a-c0-2 \"\\n]{0,4}", inner), 0..5).prop_map(|pairs| {
                    let mut object = ObjectBuilder::default();
                    for (name, value) in pairs {
                        object.field(name, value);
                    }
                    object.value()
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(value in tree()) {
            let text = written(value.clone(), &[]);
            let options = options(Yaml.reader_properties(), &[]).unwrap();
            let back = Yaml.read(Input::memory("in", text.as_bytes()), &options, &crate::format::scripts::NoScripts);
            prop_assert!(back.is_ok(), "{:?}\n{}", back, text);
            prop_assert_eq!(format!("{:?}", back.unwrap()), format!("{value:?}"), "{}", text);
        }
    }
}
