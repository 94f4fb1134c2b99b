//! The order of values: of `<` and its kin with conversions, of `orderBy` without.

use super::fault::no_order;
use crate::diag::Fault;
use crate::value::{Value, coerce, temporal, units};
use std::cmp::Ordering;

/// The order for `<`, `<=`, `>`, `>=`, `min` and `max`: text is read as the type of the other side, dates are widened.
///
/// # Errors
/// The two have no common order (`default` does not replace it); text that does not convert (it does).
#[inline]
pub fn compare(a: &Value, b: &Value) -> Result<Ordering, Fault> {
    if let (Value::Int(a), Value::Int(b)) = (a, b) {
        return Ok(a.cmp(b));
    }
    if let Some(order) = alike(a.bare(), b.bare()) {
        return Ok(order);
    }
    match (a.bare(), b.bare()) {
        (Value::String(x), Value::Key(y)) => Ok(units::compare(x, &y.name.local)),
        (Value::Key(x), Value::String(y)) => Ok(units::compare(&x.name.local, y)),
        (Value::String(_), Value::Boolean(b)) => Ok(coerce::to_boolean(a)?.cmp(b)),
        (Value::Boolean(a), Value::String(_)) => Ok(a.cmp(&coerce::to_boolean(b)?)),
        (Value::String(_), other) if other.as_number().is_some() => with_number(a, b),
        (other, Value::String(_)) if other.as_number().is_some() => with_number(a, b),
        _ => temporal::compare(a, b).unwrap_or_else(|| Err(unlike(a, b))),
    }
}

/// Two of types without a common order. Text would have to become the other's type, and `default` replaces conversions
/// that fail: `payload.since > "2020" default true`.
fn unlike(a: &Value, b: &Value) -> Fault {
    let fault = no_order(a, b);
    match (a.bare(), b.bare()) {
        (Value::String(_), Value::Regex(_) | Value::Binary(_))
        | (Value::Regex(_) | Value::Binary(_), Value::String(_)) => fault,
        (Value::String(_), _) | (_, Value::String(_)) => fault.rescuable(),
        _ => fault,
    }
}

fn with_number(a: &Value, b: &Value) -> Result<Ordering, Fault> {
    Ok(coerce::to_number(a)?.cmp(&coerce::to_number(b)?))
}

/// The order for `orderBy`: within one type only, nothing is converted.
///
/// # Errors
/// The two are of different types, or of a type without order.
#[inline]
pub fn order(a: &Value, b: &Value) -> Result<Ordering, Fault> {
    alike(a.bare(), b.bare()).ok_or_else(|| no_order(a, b))
}

/// The order of two values of one type.
#[inline]
fn alike(a: &Value, b: &Value) -> Option<Ordering> {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::String(a), Value::String(b)) => Some(units::compare(a, b)),
        (Value::Boolean(a), Value::Boolean(b)) => Some(a.cmp(b)),
        (Value::Key(a), Value::Key(b)) => Some(units::compare(&a.name.local, &b.name.local)),
        (Value::Temporal(a), Value::Temporal(b)) => a.partial_cmp(b),
        _ => a.as_number().zip(b.as_number()).map(|(a, b)| a.cmp(&b)),
    }
}
