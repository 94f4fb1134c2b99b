//! `Batch::…`: what the expressions of a step may ask about the record.

use super::record::{Failure, Failures};
use crate::diag::{Code, Fault};
use crate::flow::event::Event;
use crate::flow::spec::Function;
use crate::value::{ObjectBuilder, Value};

/// All of them, as the library declares them.
pub const ALL: &[(&str, Function)] = &[
    ("Batch::isSuccessfulRecord", |event, _| Ok(failures(event)?.is_empty().into())),
    ("Batch::isFailedRecord", |event, _| Ok((!failures(event)?.is_empty()).into())),
    ("Batch::failureExceptionForStep", of_step),
    ("Batch::getStepExceptions", by_step),
    ("Batch::getFirstException", |event, _| Ok(value(failures(event)?.first()))),
    ("Batch::getLastException", |event, _| Ok(value(failures(event)?.last()))),
];

fn failures(event: &Event) -> Result<&Failures, Fault> {
    event.failures.as_ref().ok_or_else(|| {
        Fault::new(Code::Privilege, "there is no record here").help("call the functions of `Batch` in a `batch:step`")
    })
}

fn value(failure: Option<&Failure>) -> Value {
    failure.map_or(Value::Null, Failure::to_value)
}

fn of_step(event: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    let step = arguments.first().and_then(Value::as_str).unwrap_or_default();
    Ok(value(failures(event)?.iter().find(|failure| failure.step == step)))
}

fn by_step(event: &Event, _: &[Value]) -> Result<Value, Fault> {
    let failures = failures(event)?;
    let mut object = ObjectBuilder::with_capacity(failures.len());
    for failure in failures.iter() {
        object.field(&failure.step, failure.to_value());
    }
    Ok(object.value())
}
