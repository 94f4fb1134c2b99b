//! `<<` and `>>`: an item at the end or at the start of an array; a moment in another zone.

use super::fault::no_operator;
use crate::diag::Fault;
use crate::value::{Array, Elements, Value, temporal};

/// `array << item`; in place where nobody else holds the array.
pub fn append(left: Value, right: Value) -> Result<Value, Fault> {
    match left.into_bare() {
        Value::Array(items) => Ok(Value::Array(items.push(right)?)),
        Value::Range(range) => {
            let items = Array::lazy(Elements::range(&range));
            Ok(Value::Array(items.push(right)?))
        }
        other => Err(no_operator("<<", &other, &right)),
    }
}

/// `item >> array`, or `moment >> zone`.
pub fn prepend(left: &Value, right: &Value) -> Result<Value, Fault> {
    match right.elements() {
        Some(items) => {
            let items = std::iter::once(Ok(left.clone())).chain(items);
            Ok(Value::array(items.collect::<Result<_, _>>()?))
        }
        None => temporal::shift_zone(left, right).unwrap_or_else(|| Err(no_operator(">>", left, right))),
    }
}
