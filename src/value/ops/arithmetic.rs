//! `+ - * /` and unary minus.

use super::fault::no_overload;
use super::{append, remove};
use crate::diag::Fault;
use crate::value::select::namespace_object;
use crate::value::{Array, Elements, Number, Value, coerce, temporal};

/// `left + right`: numbers (and what converts to them), a point in time and a Period, or one more item in an array.
///
/// # Errors
/// No overload takes the operands; a result too long or outside of the calendar.
#[inline]
pub fn add(left: &Value, right: &Value) -> Result<Value, Fault> {
    if let (Value::Int(a), Value::Int(b)) = (left, right)
        && let Some(sum) = a.checked_add(*b)
    {
        return Ok(Value::Int(sum));
    }
    if let Some((a, b)) = numbers(left, right) {
        return a.add(&b).map(Value::from);
    }
    if matches!(left.bare(), Value::Array(_) | Value::Range(_)) {
        return append(left.clone(), right.clone());
    }
    temporal::add(left, right).unwrap_or_else(|| converted("+", left, right, Number::add))
}

/// `left - right`: numbers, points in time and Periods; an array without the items equal to `right`; an object without
/// the pairs of the name `right`.
///
/// # Errors
/// As for [`add`].
#[inline]
pub fn subtract(left: &Value, right: &Value) -> Result<Value, Fault> {
    if let (Value::Int(a), Value::Int(b)) = (left, right)
        && let Some(difference) = a.checked_sub(*b)
    {
        return Ok(Value::Int(difference));
    }
    if let Some((a, b)) = numbers(left, right) {
        return a.subtract(&b).map(Value::from);
    }
    match left.bare() {
        Value::Array(array) => remove::item(array, right),
        Value::Range(range) => remove::item(&Array::lazy(Elements::range(range)), right),
        Value::Object(object) => remove::name(object, left, right),
        Value::Namespace(namespace) => remove::name(&namespace_object(namespace), left, right),
        _ => temporal::subtract(left, right).unwrap_or_else(|| converted("-", left, right, Number::subtract)),
    }
}

/// `left * right`
///
/// # Errors
/// As for [`add`].
#[inline]
pub fn multiply(left: &Value, right: &Value) -> Result<Value, Fault> {
    converted("*", left, right, Number::multiply)
}

/// `left / right`
///
/// # Errors
/// As for [`add`], and division by zero.
#[inline]
pub fn divide(left: &Value, right: &Value) -> Result<Value, Fault> {
    converted("/", left, right, Number::divide)
}

/// `-operand`
///
/// # Errors
/// The operand is no number and does not convert to one.
pub fn negate(operand: &Value) -> Result<Value, Fault> {
    let number = number(operand).ok_or_else(|| no_overload("-", &[operand]))?;
    Ok(number.negate().into())
}

/// Both operands, if they are Numbers already.
#[inline]
fn numbers(left: &Value, right: &Value) -> Option<(Number, Number)> {
    left.as_number().zip(right.as_number())
}

/// An operand as a number, if it is one or converts to one.
fn number(operand: &Value) -> Option<Number> {
    match operand.bare() {
        Value::String(_) | Value::Key(_) | Value::Binary(_) | Value::Temporal(_) => coerce::to_number(operand).ok(),
        bare => bare.as_number(),
    }
}

#[inline]
fn converted(
    operator: &str,
    left: &Value,
    right: &Value,
    apply: impl Fn(&Number, &Number) -> Result<Number, Fault>,
) -> Result<Value, Fault> {
    match numbers(left, right).or_else(|| number(left).zip(number(right))) {
        Some((a, b)) => apply(&a, &b).map(Value::from),
        None => Err(no_overload(operator, &[left, right])),
    }
}
