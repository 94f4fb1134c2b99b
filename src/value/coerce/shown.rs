//! A value in one line, as messages about failed conversions show it.

use crate::value::ty::Simple;
use crate::value::{Array, Elements, Type, Value};

/// Longer texts are cut.
const LONGEST: usize = 60;

/// The value in parentheses behind a blank, or nothing if there is nothing to see. Text that should have been parsed
/// stands as it is, any other in quotes.
pub(super) fn shown(value: &Value, to: &Type) -> String {
    let text = match (value.bare(), to) {
        (Value::Null, Type::Simple(Simple::String)) => return String::new(),
        (Value::String(text), Type::Simple(to)) if is_parsed(*to) => text.to_string(),
        (Value::Key(key), Type::Simple(to)) if is_parsed(*to) => key.name.local.to_string(),
        (bare, _) => {
            let mut line = String::new();
            write(bare, &mut line);
            line
        }
    };
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!(" ({}…)", &text[..end]),
        None if text.is_empty() => String::new(),
        None => format!(" ({text})"),
    }
}

fn is_parsed(to: Simple) -> bool {
    use Simple::{Boolean, Date, DateTime, LocalDateTime, LocalTime, Number, Time};
    matches!(to, Boolean | Number | Date | DateTime | LocalDateTime | LocalTime | Time)
}

/// Appends the value; what would be cut off anyhow is left out.
fn write(value: &Value, line: &mut String) {
    match value.bare() {
        Value::Null => line.push_str("null"),
        Value::Boolean(truth) => line.push_str(if *truth { "true" } else { "false" }),
        Value::String(text) => line.push_str(&format!("{text:?}")),
        Value::Key(key) => line.push_str(&format!("{:?}", key.name.local)),
        Value::Type(ty) => line.push_str(&format!("\"{ty}\"")),
        Value::Regex(regex) => line.push_str(&format!("/{}/", regex.source())),
        Value::Temporal(temporal) => line.push_str(&format!("|{temporal}|")),
        Value::Array(items) => match items.known() {
            Some(items) => list(items.iter().cloned(), line),
            None => line.push_str("[…]"),
        },
        Value::Range(range) => list(Array::lazy(Elements::range(range)).iter().flatten(), line),
        Value::Object(object) => {
            let pairs = object.iter().map(|pair| (pair.name.local.clone(), pair.value.clone()));
            joined(pairs, ["{", ",", "}"], line, |(name, value), line| {
                line.push_str(&format!("{name}: "));
                write(&value, line);
            });
        }
        bare => line.extend(bare.as_number().map(|number| number.to_string())),
    }
}

fn list(items: impl Iterator<Item = Value>, line: &mut String) {
    joined(items, ["[", ", ", "]"], line, |item, line| write(&item, line));
}

fn joined<T>(
    parts: impl Iterator<Item = T>,
    [open, between, close]: [&str; 3],
    line: &mut String,
    mut write: impl FnMut(T, &mut String),
) {
    line.push_str(open);
    for (position, part) in parts.enumerate() {
        if line.len() > 4 * LONGEST {
            return;
        }
        if position > 0 {
            line.push_str(between);
        }
        write(part, line);
    }
    line.push_str(close);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_one_short_line() {
        let number = Type::Simple(Simple::Number);
        let list = |items: &[&str]| Value::array(items.iter().map(|i| Value::string(*i)).collect());
        let deep = (0..5000).fold(Value::Null, |inner, _| Value::array(vec![inner]));
        for (value, to, want) in [
            (Value::string("x"), &number, " (x)".to_string()),
            (Value::string("x"), &Type::Simple(Simple::Period), " (\"x\")".to_string()),
            (Value::Null, &Type::Simple(Simple::String), String::new()),
            (Value::Null, &number, " (null)".to_string()),
            (Value::string(""), &number, String::new()),
            (list(&["a", "b"]), &number, " ([\"a\", \"b\"])".to_string()),
            (Value::string("ü".repeat(100)), &number, format!(" ({}…)", "ü".repeat(60))),
            (deep, &number, format!(" ({}…)", "[".repeat(60))),
        ] {
            assert_eq!(shown(&value, to), want);
        }
    }
}
