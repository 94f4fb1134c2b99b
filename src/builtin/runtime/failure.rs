//! Faults as values: kind, message, place and calls.

use crate::diag::{Code, Fault};
use crate::eval::{location, marked_line};
use crate::value::{ObjectBuilder, Value};

/// The `error` of a `try` that failed.
pub fn of_try(fault: &Fault) -> Value {
    let mut error = described(fault);
    error.field("location", fault.place().map_or_else(String::new, marked_line));
    error.field("stack", stack(fault));
    error.value()
}

/// The `error` of a script that failed.
pub fn of_script(fault: &Fault, logs: Value) -> Value {
    let mut error = described(fault);
    error.field("location", fault.place().map_or_else(nowhere, location));
    if fault.code().kind() != Code::Syntax.kind() {
        error.field("stack", stack(fault));
    }
    error.field("logs", logs);
    error.value()
}

fn described(fault: &Fault) -> ObjectBuilder {
    let mut error = ObjectBuilder::with_capacity(5);
    error.field("kind", fault.code().kind()).field("message", fault.message());
    error
}

/// A `Location` that tells no place.
fn nowhere() -> Value {
    let mut location = ObjectBuilder::with_capacity(1);
    location.field("locationString", "");
    location.value()
}

/// The calls that led to the fault, the innermost first, each with the place it had come to.
fn stack(fault: &Fault) -> Value {
    let mut places = fault.place().into_iter().chain(fault.trace().iter().map(|call| &call.place));
    let functions = fault.trace().iter().map(|call| call.function.as_str()).chain(["main"]);
    let frames = functions.map_while(|function| Some(Value::from(format!("{function} ({})", places.next()?))));
    Value::array(frames.collect())
}
