//! Functions on text: case, blanks, beginnings and ends, parts.

use crate::builtin::condition::{self, Texts};
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::units;
use crate::value::{Str, Value, limit};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::upper", body: |_, args| Ok(args.str(0)?.to_uppercase().into()) },
    Native { key: "core::lower", body: |_, args| Ok(args.str(0)?.to_lowercase().into()) },
    Native { key: "core::trim", body: |_, args| Ok(trimmed(args.text(0)?)) },
    Native { key: "core::isBlank", body: |_, args| Ok(is_blank(args.bare(0)).into()) },
    Native { key: "core::startsWith", body: |_, args| Ok(args.str(0)?.starts_with(args.str(1)?).into()) },
    Native { key: "core::endsWith", body: |_, args| Ok(args.str(0)?.ends_with(args.str(1)?).into()) },
    Native { key: "core::containsText", body: |_, args| Ok(args.str(0)?.contains(args.str(1)?).into()) },
    Native { key: "core::filterText", body: filter },
    Native { key: "core::concatTexts", body: concat },
    Native { key: "core::splitAtText", body: |_, args| Ok(Value::array(split(args.str(0)?, args.str(1)?))) },
];

/// Blanks and control characters, as Java's `String.trim` sees them.
fn is_trimmed(c: char) -> bool {
    c <= ' '
}

fn trimmed(text: &Str) -> Value {
    let part = text.trim_matches(is_trimmed);
    if part.len() == text.len() { Value::String(text.clone()) } else { part.into() }
}

fn is_blank(value: &Value) -> bool {
    value.as_str().is_none_or(|text| text.chars().all(is_trimmed))
}

fn filter(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (text, criteria) = (args.str(0)?, args.function(1)?);
    let mut kept = Vec::new();
    for (i, (unit, character)) in text.encode_utf16().zip(units::each_value(text)).enumerate() {
        let answer = criteria.call(&mut [character, Value::count(i)])?;
        if condition::holds(&answer, Texts::AnyCase, "filter")? {
            kept.push(unit);
        }
    }
    Ok(units::text(kept).into())
}

/// In place where nobody else holds the first text: collecting in a loop stays linear.
fn concat(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let first = args.take(0).into_bare();
    let second = args.str(1)?;
    match first {
        Value::String(mut text) => {
            limit::text(text.len() + second.len())?;
            text.push_str(second);
            Ok(Value::String(text))
        }
        other => Err(Fault::internal(format!("texts are joined with texts only, not {}", other.type_name()))),
    }
}

/// The parts between the separators, without the empty ones at the end. An empty separator splits into characters.
fn split(text: &str, separator: &str) -> Vec<Value> {
    if text.is_empty() {
        return vec![text.into()];
    }
    if separator.is_empty() {
        return units::each_value(text).collect();
    }
    let mut parts: Vec<Value> = text.split(separator).map(Value::from).collect();
    drop_empty_end(&mut parts);
    parts
}

/// Takes the empty texts at the end away, as Java's `String.split` does.
pub fn drop_empty_end(parts: &mut Vec<Value>) {
    while parts.last().and_then(Value::as_str).is_some_and(str::is_empty) {
        parts.pop();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_as_java_does() {
        let cases: [(&str, &str, &[&str]); 7] = [
            ("a-b", "-", &["a", "b"]),
            (",a,,b,,", ",", &["", "a", "", "b"]),
            (",,,", ",", &[]),
            ("", ",", &[""]),
            ("", "", &[""]),
            ("abc", "", &["a", "b", "c"]),
            ("a.b", "|", &["a.b"]),
        ];
        for (text, separator, expected) in cases {
            let parts = split(text, separator);
            let parts: Vec<_> = parts.iter().filter_map(Value::as_str).collect();
            assert_eq!(parts, expected, "{text} by {separator}");
        }
    }

    #[test]
    fn only_low_characters_are_blank() {
        for (text, blank) in [("", true), (" \t\u{1}", true), ("\u{a0}", false), ("\u{2003}", false), (" x ", false)] {
            assert_eq!(is_blank(&text.into()), blank, "{text:?}");
        }
        assert!(is_blank(&Value::Null));
    }
}
