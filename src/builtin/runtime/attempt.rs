//! `try`, `fail`, `wait`.

use super::failure;
use crate::builtin::amount;
use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, Run};
use crate::value::{ObjectBuilder, Value};
use std::time::{Duration, Instant};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Runtime::try", body: attempt },
    Native { key: "Runtime::fail", body: |_, args| Err(Fault::new(Code::User, args.str(0)?)) },
    Native { key: "Runtime::wait", body: wait },
];

/// Calls a function and computes its result in full, so that no fault can hide in a sequence.
fn attempt(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let outcome = args.function(0)?.call(&mut []).and_then(|result| result.settle().map(|()| result));
    match outcome {
        Ok(result) => Ok(success(result)),
        Err(fault) if is_final(&fault) => Err(fault),
        Err(fault) => Ok(failed(failure::of_try(&fault))),
    }
}

/// `{success: true, result}`
pub fn success(result: Value) -> Value {
    let mut object = ObjectBuilder::with_capacity(2);
    object.field("success", true).field("result", result);
    object.value()
}

/// `{success: false, error}`
pub fn failed(error: Value) -> Value {
    let mut object = ObjectBuilder::with_capacity(2);
    object.field("success", false).field("error", error);
    object.value()
}

/// Whether the run must end with this fault: its owner ended it, or it is a bug.
fn is_final(fault: &Fault) -> bool {
    matches!(fault.code(), Code::TimeOut | Code::Interrupted | Code::Internal)
}

/// Gives its first argument back after the milliseconds of its second.
fn wait(run: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    const NAP: Duration = Duration::from_millis(20);
    let milliseconds = amount::truncated(&args.number(1)?).max(0).unsigned_abs();
    let start = Instant::now();
    loop {
        run.watch.check()?;
        match Duration::from_millis(milliseconds).checked_sub(start.elapsed()) {
            Some(rest) if !rest.is_zero() => run.host.pause(rest.min(NAP)),
            _ => return Ok(args.take(0)),
        }
    }
}
