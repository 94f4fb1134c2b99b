//! Values as scripts write them, for the tests of this folder.

use crate::diag::Fault;
use crate::value::{Number, Value};

/// `|…|`, `"…"` or a number.
pub fn value(script: &str) -> Value {
    let inside = |mark: char| script.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    match (inside('|'), inside('"')) {
        (Some(literal), _) => super::parse_literal(literal).unwrap().into(),
        (_, Some(text)) => Value::string(text),
        _ => Number::parse(script).unwrap().into(),
    }
}

/// The inverse of [`value`].
pub fn show(value: &Value) -> String {
    match value.bare() {
        Value::Null => "null".to_string(),
        Value::Temporal(t) => format!("|{t}|"),
        Value::String(text) => format!("\"{text}\""),
        number => number.as_number().unwrap().to_string(),
    }
}

/// What `a operator b` gives: a value, `none` or `fault`.
pub fn applied(script: &str, operator: impl Fn(&str, &Value, &Value) -> Option<Result<Value, Fault>>) -> String {
    let [a, op, b] = script.split_whitespace().collect::<Vec<_>>().try_into().unwrap();
    let result = operator(op, &value(a), &value(b));
    result.map_or("none".to_string(), |r| r.map_or_else(|_| "fault".to_string(), |v| show(&v)))
}
