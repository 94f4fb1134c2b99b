//! Folding lists and texts into one value.

use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::units;
use crate::value::{Function, Value};

/// Natives of this file.
pub const NATIVES: &[Native] =
    &[Native { key: "core::reduceItems", body: reduce_items }, Native { key: "core::reduceText", body: reduce_text }];

fn reduce_items(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let items = args.take_array(0)?.into_elements();
    reduce(items, args.function(1)?, Value::Null)
}

fn reduce_text(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let characters = units::each_value(args.str(0)?).map(Ok);
    reduce(characters, args.function(1)?, Value::from(""))
}

/// The seed is the default of the second parameter, else the first item, else `nothing`.
fn reduce(
    mut items: impl Iterator<Item = Result<Value, Fault>>,
    callback: &Function,
    nothing: Value,
) -> Result<Value, Fault> {
    let mut result = match callback.default_of(1).or_else(|| items.next()) {
        Some(seed) => seed?,
        None => return Ok(nothing),
    };
    for item in items {
        result = callback.call(&mut [item?, result])?;
    }
    Ok(result)
}
