//! Natives of `dw::util::Math`: functions that go through a double.

use crate::diag::Fault;
use crate::eval::{Args, Native};
use crate::value::{Number, Value};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Math::acos", body: |_, args| through_double(&args, f64::acos) },
    Native { key: "Math::asin", body: |_, args| through_double(&args, f64::asin) },
    Native { key: "Math::atan", body: |_, args| through_double(&args, f64::atan) },
    Native { key: "Math::cos", body: |_, args| through_double(&args, f64::cos) },
    Native { key: "Math::log10", body: |_, args| through_double(&args, f64::log10) },
    Native { key: "Math::logn", body: |_, args| through_double(&args, f64::ln) },
    Native { key: "Math::sin", body: |_, args| through_double(&args, f64::sin) },
    Native { key: "Math::tan", body: |_, args| through_double(&args, f64::tan) },
];

/// Null where the function has no finite value.
fn through_double(args: &Args<'_>, function: fn(f64) -> f64) -> Result<Value, Fault> {
    let result = function(args.number(0)?.to_f64());
    Ok(Number::from_f64(result).map_or(Value::Null, Value::from))
}
