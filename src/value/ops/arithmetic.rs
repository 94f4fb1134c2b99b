//! `+ - * /` and unary minus. Text that is a number counts as one; Booleans and null never do.

use super::fault::no_operator;
use super::{append, equal};
use crate::diag::Fault;
use crate::value::coerce::to_number;
use crate::value::{Array, Number, Object, ObjectBuilder, Value, temporal};

/// A number where arithmetic takes one: a Number, text, a Key, a moment or a period.
fn operand(value: &Value) -> Option<Result<Number, Fault>> {
    match value.bare() {
        Value::String(_) | Value::Key(_) | Value::Temporal(_) => Some(to_number(value)),
        _ => value.as_number().map(Ok),
    }
}

/// Both operands as numbers; `None` if one of them is nothing that arithmetic takes.
fn operands(left: &Value, right: &Value) -> Option<Result<(Number, Number), Fault>> {
    let (left, right) = (operand(left)?, operand(right)?);
    Some(left.and_then(|left| Ok((left, right?))))
}

/// `left + right`: numbers, moments and periods, or an array and an item.
pub fn add(left: &Value, right: &Value) -> Result<Value, Fault> {
    if let (Value::Int(a), Value::Int(b)) = (left, right)
        && let Some(sum) = a.checked_add(*b)
    {
        return Ok(Value::Int(sum));
    }
    if let Some(result) = temporal::add(left, right) {
        return result;
    }
    match (left.bare(), operands(left, right)) {
        (Value::Array(_) | Value::Range(_), _) => append(left.clone(), right.clone()),
        (_, Some(numbers)) => {
            numbers.and_then(|(a, b)| a.add(&b)).map(Value::from).map_err(|f| wrong("+", left, right, f))
        }
        _ => Err(no_operator("+", left, right)),
    }
}

/// `left - right`: numbers, moments and periods, an array without an item, an object without a key.
pub fn subtract(left: &Value, right: &Value) -> Result<Value, Fault> {
    if let Some(result) = temporal::subtract(left, right) {
        return result;
    }
    match (left.bare(), operands(left, right)) {
        (Value::Array(items), _) => without_item(items, right),
        (Value::Object(object), _) => without_key(object, left, right),
        (_, Some(numbers)) => {
            numbers.and_then(|(a, b)| a.subtract(&b)).map(Value::from).map_err(|f| wrong("-", left, right, f))
        }
        _ => Err(no_operator("-", left, right)),
    }
}

/// `left * right`
pub fn multiply(left: &Value, right: &Value) -> Result<Value, Fault> {
    match operands(left, right) {
        Some(numbers) => {
            numbers.and_then(|(a, b)| a.multiply(&b)).map(Value::from).map_err(|f| wrong("*", left, right, f))
        }
        None => Err(no_operator("*", left, right)),
    }
}

/// `left / right`: exact where the quotient ends, else 34 digits.
pub fn divide(left: &Value, right: &Value) -> Result<Value, Fault> {
    match operands(left, right) {
        Some(numbers) => {
            numbers.and_then(|(a, b)| a.divide(&b)).map(Value::from).map_err(|f| wrong("/", left, right, f))
        }
        None => Err(no_operator("/", left, right)),
    }
}

/// `-operand`
pub fn negate(value: &Value) -> Result<Value, Fault> {
    match operand(value) {
        Some(number) => number.map(|n| n.negate().into()),
        None => Err(no_operator("-", &Value::Int(0), value)),
    }
}

/// Text that is no number is an operand of the wrong type, not a failed conversion.
fn wrong(symbol: &str, left: &Value, right: &Value, fault: Fault) -> Fault {
    if fault.is_rescuable() { no_operator(symbol, left, right) } else { fault }
}

fn without_item(items: &Array, item: &Value) -> Result<Value, Fault> {
    let mut kept = Vec::new();
    for known in items.iter() {
        let known = known?;
        if !equal(&known, item)? {
            kept.push(known);
        }
    }
    Ok(Value::array(kept))
}

/// All pairs but those of this local name, in any namespace.
fn without_key(object: &Object, left: &Value, key: &Value) -> Result<Value, Fault> {
    let name = match key.bare() {
        Value::Null | Value::Temporal(_) => return Err(no_operator("-", left, key)),
        _ => crate::value::coerce::to_text(key).map_err(|_| no_operator("-", left, key))?,
    };
    let mut kept = ObjectBuilder::default();
    for pair in object.iter().filter(|pair| pair.name.local != name) {
        kept.pair(pair.name.clone(), pair.attributes.cloned(), pair.value.clone());
    }
    Ok(kept.value())
}
