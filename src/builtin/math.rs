//! Natives of `dw::util::Math`: functions that go through a double.
//!
//! Java's virtual machine computes some of them by the fdlibm routines, which `libm` has too, and others by routines of
//! the processor's maker, to which the platform's own come nearest: so the last digit agrees, too.

use crate::diag::Fault;
use crate::eval::{Args, Native};
use crate::value::{Number, Schema, Str, Value};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Math::acos", body: |_, args| through_double(&args, libm::acos) },
    Native { key: "Math::asin", body: |_, args| through_double(&args, libm::asin) },
    Native { key: "Math::atan", body: |_, args| through_double(&args, libm::atan) },
    Native { key: "Math::cos", body: |_, args| through_double(&args, f64::cos) },
    Native { key: "Math::log10", body: |_, args| through_double(&args, libm::log10) },
    Native { key: "Math::logn", body: |_, args| through_double(&args, f64::ln) },
    Native { key: "Math::sin", body: |_, args| through_double(&args, libm::sin) },
    Native { key: "Math::tan", body: |_, args| through_double(&args, f64::tan) },
];

/// Where the function has no finite value: null, with metadata that tells it from other nulls, as `is NaN` does.
fn through_double(args: &Args<'_>, function: fn(f64) -> f64) -> Result<Value, Fault> {
    let result = function(args.number(0)?.to_f64());
    if let Some(number) = Number::from_f64(result) {
        return Ok(number.into());
    }
    let mut marks = vec![(Str::from("NaN"), Value::Boolean(true))];
    if result.is_infinite() {
        let sign = if result > 0.0 { "positive" } else { "negative" };
        marks.push((Str::from("inf"), Value::from(sign)));
    }
    Ok(Value::Null.with_schema(Schema(marks)))
}
