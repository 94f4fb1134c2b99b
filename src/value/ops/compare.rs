//! Order: `<` and its kin convert between text, numbers, Booleans and dates; sorting converts nothing.

use super::fault::no_order;
use crate::diag::Fault;
use crate::value::coerce::{to_boolean, to_number};
use crate::value::{Value, temporal};
use std::cmp::Ordering;

/// The order that `<`, `<=`, `>`, `>=`, `min` and `max` see.
///
/// # Errors
/// Null, lists, objects, periods and the like have no order; text next to a number must be one.
pub fn compare(left: &Value, right: &Value) -> Result<Ordering, Fault> {
    if let Some(order) = temporal::compare(left, right) {
        return order;
    }
    if let Some(order) = same_kind(left, right) {
        return Ok(order);
    }
    match (left.bare(), right.bare()) {
        (Value::Boolean(a), Value::String(_) | Value::Key(_)) => Ok(a.cmp(&to_boolean(right)?)),
        (Value::String(_) | Value::Key(_), Value::Boolean(b)) => Ok(to_boolean(left)?.cmp(b)),
        (a, b) if is_text(a) && b.as_number().is_some() || a.as_number().is_some() && is_text(b) => {
            Ok(to_number(left)?.cmp(&to_number(right)?))
        }
        _ => Err(no_order(left, right)),
    }
}

/// The order of two values of one kind, as sorting wants it.
///
/// # Errors
/// Values of two kinds, and kinds without order, null among them.
pub fn order(left: &Value, right: &Value) -> Result<Ordering, Fault> {
    if let Some(order) = same_kind(left, right) {
        return Ok(order);
    }
    match (left.bare(), right.bare()) {
        (Value::Temporal(a), Value::Temporal(b)) => a.partial_cmp(b).ok_or_else(|| no_order(left, right)),
        _ => Err(no_order(left, right)),
    }
}

fn is_text(value: &Value) -> bool {
    matches!(value, Value::String(_) | Value::Key(_))
}

fn same_kind(left: &Value, right: &Value) -> Option<Ordering> {
    match (left.bare(), right.bare()) {
        (Value::Int(a), Value::Int(b)) => Some(a.cmp(b)),
        (Value::String(a), Value::String(b)) => Some(text_order(a, b)),
        (Value::Boolean(a), Value::Boolean(b)) => Some(a.cmp(b)),
        (Value::Key(a), Value::Key(b)) => Some(text_order(&a.name.local, &b.name.local)),
        (Value::Key(a), Value::String(b)) => Some(text_order(&a.name.local, b)),
        (Value::String(a), Value::Key(b)) => Some(text_order(a, &b.name.local)),
        (a, b) => Some(a.as_number()?.cmp(&b.as_number()?)),
    }
}

/// The order of texts by UTF-16 code units. It differs from that of UTF-8 bytes only beyond U+D800.
pub fn text_order(a: &str, b: &str) -> Ordering {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    let beyond = |text: &str| text.as_bytes().get(same).is_some_and(|byte| *byte >= 0x80);
    if beyond(a) && beyond(b) { a.encode_utf16().cmp(b.encode_utf16()) } else { a.cmp(b) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_by_utf16_units() {
        assert_eq!(text_order("a", "b"), Ordering::Less);
        assert_eq!(text_order("", "a"), Ordering::Less);
        assert_eq!(text_order("\u{FF5E}", "\u{1F600}"), Ordering::Greater);
        assert_eq!(text_order("é", "z"), Ordering::Greater);
    }

    #[test]
    fn converts_text_next_to_numbers_only_for_operators() {
        let (text, number) = (Value::string("10"), Value::Int(9));
        assert_eq!(compare(&text, &number).unwrap(), Ordering::Greater);
        assert!(order(&text, &number).is_err());
        assert!(compare(&Value::Null, &number).is_err());
        assert!(compare(&Value::Boolean(true), &number).is_err());
    }
}
