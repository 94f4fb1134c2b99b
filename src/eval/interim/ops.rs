//! Stands in for the value room until it has operators.
use crate::diag::{Code, Fault};
use crate::value::*;
use std::cmp::Ordering;
fn num(v: &Value) -> Result<Number, Fault> {
    coerce::to_number(v)
}
pub fn add(a: &Value, b: &Value) -> Result<Value, Fault> {
    if let Value::Array(x) = a.bare() {
        return Ok(Value::Array(x.clone().push(b.clone())?));
    }
    if a.is_null() || b.is_null() {
        return Err(Fault::new(Code::NoOverload, "null").rescuable());
    }
    Ok(num(a)?.add(&num(b)?)?.into())
}
pub fn subtract(a: &Value, b: &Value) -> Result<Value, Fault> {
    if a.is_null() || b.is_null() {
        return Err(Fault::new(Code::NoOverload, "null").rescuable());
    }
    Ok(num(a)?.subtract(&num(b)?)?.into())
}
pub fn multiply(a: &Value, b: &Value) -> Result<Value, Fault> {
    if a.is_null() || b.is_null() {
        return Err(Fault::new(Code::NoOverload, "null").rescuable());
    }
    Ok(num(a)?.multiply(&num(b)?)?.into())
}
pub fn divide(a: &Value, b: &Value) -> Result<Value, Fault> {
    if a.is_null() || b.is_null() {
        return Err(Fault::new(Code::NoOverload, "null").rescuable());
    }
    Ok(num(a)?.divide(&num(b)?)?.into())
}
pub fn equal(a: &Value, b: &Value) -> Result<bool, Fault> {
    Ok(match (a.bare(), b.bare()) {
        (Value::Null, Value::Null) => true,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::String(a), Value::String(b)) => a == b,
        _ => match (a.as_number(), b.as_number()) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        },
    })
}
pub fn similar(a: &Value, b: &Value) -> Result<bool, Fault> {
    Ok(equal(a, b)?
        || match (coerce::to_text(a), coerce::to_text(b)) {
            (Ok(a), Ok(b)) => a == b,
            _ => false,
        })
}
pub fn compare(a: &Value, b: &Value) -> Result<Ordering, Fault> {
    match (a.bare(), b.bare()) {
        (Value::String(a), Value::String(b)) => Ok(a.as_str().cmp(b.as_str())),
        _ => Ok(num(a)?.cmp(&num(b)?)),
    }
}
pub fn append(a: Value, b: Value) -> Result<Value, Fault> {
    if let Value::Array(x) = a.into_bare() {
        return Ok(Value::Array(x.push(b)?));
    }
    Err(Fault::new(Code::NoOverload, "append"))
}
pub fn prepend(_a: &Value, _b: &Value) -> Result<Value, Fault> {
    Err(Fault::new(Code::NoOverload, "stub prepend"))
}
pub fn negate(a: &Value) -> Result<Value, Fault> {
    Ok(num(a)?.negate().into())
}
