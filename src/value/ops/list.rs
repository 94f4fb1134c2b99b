//! `<<` and `>>`: one more item at an end of an array. `>>` also moves a moment to another clock.

use super::fault::no_overload;
use crate::diag::Fault;
use crate::value::{Array, Elements, Value, temporal};

/// `list << item`; in place where nobody else holds the list, as it is computed where it is a sequence.
///
/// # Errors
/// The left side is neither Array nor Range.
pub fn append(list: Value, item: Value) -> Result<Value, Fault> {
    match list.into_bare() {
        Value::Array(array) if array.known().is_some() => array.push(item).map(Value::Array),
        Value::Array(array) => Ok(Value::Array(array.derive(|items| items.chain(std::iter::once(Ok(item)))))),
        Value::Range(range) => Ok(Value::Array(Array::lazy(Elements::range(&range).chain(std::iter::once(Ok(item)))))),
        other => Err(no_overload("<<", &[&other, &item])),
    }
}

/// `item >> list`, or `moment >> zone`.
///
/// # Errors
/// The right side is neither Array nor Range, nor a zone for the moment on the left.
pub fn prepend(item: &Value, list: &Value) -> Result<Value, Fault> {
    let first = std::iter::once(Ok(item.clone()));
    match list.bare() {
        Value::Array(array) => match array.known() {
            Some(items) => Ok(Value::array(std::iter::once(item).chain(items).cloned().collect())),
            None => Ok(Value::Array(array.clone().derive(|items| first.chain(items)))),
        },
        Value::Range(range) => Ok(Value::Array(Array::lazy(first.chain(Elements::range(range))))),
        other => temporal::shift_zone(item, other).unwrap_or_else(|| Err(no_overload(">>", &[item, list]))),
    }
}
