//! `==`, which converts nothing, and `~=`, which converts one side to the other.

use crate::diag::Fault;
use crate::value::coerce::{to_boolean, to_text};
use crate::value::depth;
use crate::value::{Number, Object, QName, Value, temporal};

/// How two values that are no containers are compared.
#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Exact,
    Converting,
}

/// `left == right`: numbers by value, moments by instant, containers item by item with attributes and namespaces.
/// Metadata does not count.
///
/// # Errors
/// An item of a lazy sequence that fails; data nested too deep.
pub fn equal(left: &Value, right: &Value) -> Result<bool, Fault> {
    same(left, right, Mode::Exact, 0)
}

/// `left ~= right`: equal once one side is converted to the other's type, in containers, too. What cannot be
/// converted is not similar.
///
/// # Errors
/// As for [`equal`].
pub fn similar(left: &Value, right: &Value) -> Result<bool, Fault> {
    same(left, right, Mode::Converting, 0)
}

fn same(left: &Value, right: &Value, mode: Mode, depth: usize) -> Result<bool, Fault> {
    depth::check(depth)?;
    match (left.bare(), right.bare()) {
        (Value::Array(_), Value::Array(_)) => same_items(left, right, mode, depth),
        (Value::Range(a), Value::Range(b)) if mode == Mode::Exact => Ok(a.start() == b.start() && a.end() == b.end()),
        (Value::Array(_) | Value::Range(_), Value::Array(_) | Value::Range(_)) if mode == Mode::Converting => {
            same_items(left, right, mode, depth)
        }
        (Value::Object(a), Value::Object(b)) => depth::with_stack(|| same_pairs(a, b, mode, depth)),
        (a, b) => Ok(match mode {
            Mode::Exact => same_scalar(a, b),
            Mode::Converting => same_scalar(a, b) || alike(a, b),
        }),
    }
}

fn same_items(left: &Value, right: &Value, mode: Mode, depth: usize) -> Result<bool, Fault> {
    let (Some(mut left), Some(mut right)) = (left.elements(), right.elements()) else { return Ok(false) };
    loop {
        match (left.next().transpose()?, right.next().transpose()?) {
            (None, None) => return Ok(true),
            (Some(a), Some(b)) if depth::with_stack(|| same(&a, &b, mode, depth + 1))? => {}
            _ => return Ok(false),
        }
    }
}

fn same_pairs(left: &Object, right: &Object, mode: Mode, depth: usize) -> Result<bool, Fault> {
    if left.len() != right.len() {
        return Ok(false);
    }
    for (a, b) in left.iter().zip(right.iter()) {
        let attributes = match (a.attributes, b.attributes) {
            (None, None) => true,
            (Some(a), Some(b)) => same_pairs(a, b, mode, depth + 1)?,
            _ => false,
        };
        if !attributes || a.name != b.name || !same(a.value, b.value, mode, depth + 1)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Functions and regular expressions are equal to nothing.
fn same_scalar(left: &Value, right: &Value) -> bool {
    match (left, right) {
        (Value::Null, Value::Null) => true,
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Binary(a), Value::Binary(b)) => a == b,
        (Value::Type(a), Value::Type(b)) => a.to_string() == b.to_string(),
        (Value::Namespace(a), Value::Namespace(b)) => a == b,
        (Value::Uri(a), Value::Uri(b)) => a == b,
        (Value::Temporal(a), Value::Temporal(b)) => a == b,
        (Value::Key(a), Value::Key(b)) => a.name == b.name,
        (a, b) => a.as_number().zip(b.as_number()).is_some_and(|(a, b)| a == b),
    }
}

/// Whether one side, converted, is the other.
fn alike(left: &Value, right: &Value) -> bool {
    if let Some(similar) = temporal::similar(left, right) {
        return similar;
    }
    match (left, right) {
        (Value::Key(key), other) | (other, Value::Key(key)) => key_alike(&key.name, other),
        (Value::String(text), other) | (other, Value::String(text)) => text_alike(text, other),
        _ => false,
    }
}

fn key_alike(name: &QName, other: &Value) -> bool {
    match other {
        Value::Key(other) => name.local == other.name.local,
        other => text_alike(&name.local, other) || matches!(other, Value::String(text) if *text == name.local),
    }
}

fn text_alike(text: &str, other: &Value) -> bool {
    match other {
        Value::Null | Value::Array(_) | Value::Object(_) | Value::Range(_) | Value::Function(_) => false,
        Value::Boolean(b) => to_boolean(&Value::string(text)).is_ok_and(|read| read == *b),
        other => match other.as_number() {
            Some(number) => Number::parse(text) == Some(number),
            None => to_text(other).is_ok_and(|converted| converted == text),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Range;
    use std::sync::Arc;

    #[test]
    fn exact_and_converting() {
        let range = Value::Range(Arc::new(Range::new(Number::Int(1), Number::Int(2)).unwrap()));
        let list = Value::array(vec![Value::Int(1), Value::Int(2)]);
        let texts = Value::array(vec![Value::string("1"), Value::string("2")]);
        for (a, b, exact, converting) in [
            (Value::Int(1), Value::string("1"), false, true),
            (Value::Int(1), Value::string("01.0"), false, true),
            (Value::Boolean(true), Value::string("TRUE"), false, true),
            (Value::Boolean(true), Value::Int(1), false, false),
            (Value::Null, Value::string(""), false, false),
            (Value::Null, Value::Null, true, true),
            (range, list.clone(), false, true),
            (list, texts, false, true),
        ] {
            assert_eq!(equal(&a, &b).unwrap(), exact, "{a:?} == {b:?}");
            assert_eq!(similar(&a, &b).unwrap(), converting, "{a:?} ~= {b:?}");
            assert_eq!(similar(&b, &a).unwrap(), converting, "{b:?} ~= {a:?}");
        }
    }
}
