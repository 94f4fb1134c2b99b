//! `~=`: equal, or equal once one side is converted to the type of the other, inside arrays and objects as well.

use super::equal;
use super::equal::{all, pairwise};
use crate::diag::Fault;
use crate::value::{Array, Elements, Object, Range, Value, coerce, depth, temporal};

/// `a ~= b`. A conversion that fails makes the values differ.
///
/// # Errors
/// An item of a sequence that cannot be computed; data nested too deeply.
pub fn similar(a: &Value, b: &Value) -> Result<bool, Fault> {
    similar_at(a, b, 0)
}

fn similar_at(a: &Value, b: &Value, level: usize) -> Result<bool, Fault> {
    let sequence = |range: &Range| Array::lazy(Elements::range(range));
    match (a.bare(), b.bare()) {
        (Value::Array(a), Value::Array(b)) => arrays(a, b, level),
        (Value::Array(a), Value::Range(b)) => arrays(a, &sequence(b), level),
        (Value::Range(a), Value::Array(b)) => arrays(&sequence(a), b, level),
        (Value::Object(a), Value::Object(b)) => objects(a, b, level),
        (Value::Null, b) => Ok(matches!(b, Value::Null)),
        (_, Value::Null) => Ok(false),
        (a, b) if a.type_name() == b.type_name() && !matches!(a, Value::Temporal(_)) => equal(a, b),
        (a, b) => match temporal::similar(a, b) {
            Some(similar) => Ok(similar),
            None => Ok(as_numbers(a, b) || as_booleans(a, b) || as_texts(a, b)),
        },
    }
}

/// A number against text, a key or a byte.
fn as_numbers(a: &Value, b: &Value) -> bool {
    let numeric = a.as_number().is_some() || b.as_number().is_some();
    let boolean = matches!(a, Value::Boolean(_)) || matches!(b, Value::Boolean(_));
    numeric && !boolean && coerce::to_number(a).ok().zip(coerce::to_number(b).ok()).is_some_and(|(a, b)| a == b)
}

/// A Boolean against text or a key.
fn as_booleans(a: &Value, b: &Value) -> bool {
    let boolean = matches!(a, Value::Boolean(_)) || matches!(b, Value::Boolean(_));
    boolean && coerce::to_boolean(a).ok().zip(coerce::to_boolean(b).ok()).is_some_and(|(a, b)| a == b)
}

/// Text or a key against whatever has a text.
fn as_texts(a: &Value, b: &Value) -> bool {
    let text = |value: &Value| matches!(value, Value::String(_) | Value::Key(_));
    (text(a) || text(b)) && coerce::to_text(a).ok().zip(coerce::to_text(b).ok()).is_some_and(|(a, b)| a == b)
}

fn arrays(a: &Array, b: &Array, level: usize) -> Result<bool, Fault> {
    depth::check(level)?;
    depth::with_stack(|| pairwise(a, b, |a, b| similar_at(a, b, level + 1)))
}

fn objects(a: &Object, b: &Object, level: usize) -> Result<bool, Fault> {
    depth::check(level)?;
    if a.len() != b.len() {
        return Ok(false);
    }
    depth::with_stack(|| {
        all(a.iter().zip(b.iter()), |(a, b)| {
            let attributes = match (a.attributes, b.attributes) {
                (None, None) => true,
                (Some(a), Some(b)) => objects(a, b, level + 1)?,
                _ => false,
            };
            Ok(attributes && a.name == b.name && similar_at(a.value, b.value, level + 1)?)
        })
    })
}
