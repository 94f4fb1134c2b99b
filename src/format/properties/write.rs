//! Writes properties as `java.util.Properties` does: a comment with the present time, then the entries sorted by key.

use crate::diag::{Code, Fault};
use crate::format::{Sink, scalar};
use crate::value::{Charset, Value};
use std::collections::BTreeMap;
use std::io::Write;

/// Writes an object of simple values; null is none.
pub fn write(value: Value, out: &mut dyn Write, charset: Charset) -> Result<(), Fault> {
    let Value::Object(object) = value.bare() else { return Err(no_entry("the value", value.bare())) };
    let mut sink = Sink::new(out, charset);
    sink.text(&jiff::Zoned::now().strftime("#%a %b %d %H:%M:%S %Z %Y\n").to_string())?;
    // Java sorts by UTF-16 units; of entries with the same key the last one counts.
    let mut entries = BTreeMap::new();
    for pair in object.iter() {
        let name = &pair.name.local;
        let text = scalar::text(pair.value).ok_or_else(|| no_entry(&format!("`{name}`"), pair.value.bare()))?;
        entries.insert(name.encode_utf16().collect::<Vec<_>>(), (name, text));
    }
    for (name, text) in entries.values() {
        sink.text(&escaped(name, true))?;
        sink.char('=')?;
        sink.text(&escaped(text, false))?;
        sink.char('\n')?;
    }
    sink.finish()
}

/// Every blank of a key is escaped, and the first of a value, where it leads.
fn escaped(text: &str, is_key: bool) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let letter = match c {
            ' ' if is_key || at == 0 => ' ',
            '\\' | '=' | ':' | '#' | '!' => c,
            '\t' => 't',
            '\n' => 'n',
            '\r' => 'r',
            '\x0c' => 'f',
            _ => {
                escaped.push(c);
                continue;
            }
        };
        escaped.extend(['\\', letter]);
    }
    escaped
}

fn no_entry(what: &str, value: &Value) -> Fault {
    let message = format!("{what} cannot be written as properties: it is of type {}", value.type_name());
    Fault::new(Code::Write, message).help("properties are an object of simple values that are not null")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::ObjectBuilder;

    fn written(pairs: &[(&str, Value)]) -> String {
        let mut object = ObjectBuilder::default();
        for (name, value) in pairs {
            object.field(name, value.clone());
        }
        let mut out = Vec::new();
        match write(object.value(), &mut out, Charset::UTF_8) {
            Ok(()) => String::from_utf8(out).unwrap(),
            Err(fault) => fault.to_string(),
        }
    }

    #[test]
    fn writes_sorted_and_escaped() {
        let text = written(&[("b c", "  x = #!\\ y".into()), ("a", 1.into()), ("é", "ü\n".into()), ("a", true.into())]);
        let (comment, entries) = text.split_once('\n').unwrap();
        assert!(comment.starts_with('#'));
        assert_eq!(entries, "a=true\nb\\ c=\\  x \\= \\#\\!\\\\ y\né=ü\\n\n");
        assert_eq!(written(&[("n", Value::Null)]), "`n` cannot be written as properties: it is of type Null");
    }
}
