//! Natives of `Mule`: what expressions ask of the app around them.

use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::Value;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Mule::p", body: property },
    Native { key: "Mule::lookup", body: |run, args| call(run, "Mule::lookup", args) },
    Native { key: "Mule::causedBy", body: |run, args| call(run, "Mule::causedBy", args) },
    Native { key: "Mule::currentCausedBy", body: |run, args| call(run, "Mule::causedBy", args) },
];

fn property(run: &Run, args: Args<'_>) -> Result<Value, Fault> {
    Ok(run.host.property(args.str(0)?)?.map_or(Value::Null, Value::from))
}

/// Calls a function of the program around the script.
pub fn call(run: &Run, function: &str, mut args: Args<'_>) -> Result<Value, Fault> {
    let arguments = (0..args.len()).map(|index| args.take(index)).collect();
    run.host.call(function, arguments)
}
