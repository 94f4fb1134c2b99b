//! How much there is in a value: sizeOf, isEmpty.

use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::units;
use crate::value::{Number, Value};

/// Natives of this file.
pub const NATIVES: &[Native] =
    &[Native { key: "core::sizeOf", body: size_of }, Native { key: "core::isEmpty", body: is_empty }];

fn size_of(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    match args.bare(0) {
        Value::Range(range) => Ok(Number::from(range.len()).into()),
        Value::Object(object) => Ok(Value::count(object.len())),
        Value::Binary(bytes) => Ok(Value::count(bytes.len())),
        Value::String(text) => Ok(Value::count(units::len(text))),
        _ => count(&mut args),
    }
}

/// A list that nobody else holds is counted without being kept.
fn count(args: &mut Args<'_>) -> Result<Value, Fault> {
    let list = args.take_array(0)?;
    if let Some(items) = list.known() {
        return Ok(Value::count(items.len()));
    }
    let mut count = 0;
    for item in list.into_elements() {
        item?;
        count += 1;
    }
    Ok(Value::count(count))
}

fn is_empty(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let empty = match args.bare(0) {
        Value::Array(items) => items.is_empty()?,
        Value::Object(object) => object.is_empty(),
        Value::String(text) => text.is_empty(),
        Value::Binary(bytes) => bytes.is_empty(),
        _ => false,
    };
    Ok(empty.into())
}
