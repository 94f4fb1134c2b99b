//! The functions of `MunitTools` and `Munit` that need the running test.

use super::session::Session;
use crate::diag::{Code, Fault};
use crate::flow::event::{Event, Message, Typed, media};
use crate::flow::spec::Function;
use crate::value::Value;

/// What the expressions of tests may call.
pub const ALL: &[(&str, Function)] =
    &[("MunitTools::queueSize", queue_size), ("MunitTools::createMessage", create_message)];

fn queue_size(event: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    let session = Session::of(event).map_err(|error| Fault::new(Code::Privilege, error.description().to_string()))?;
    let queue = arguments.first().and_then(Value::as_str).unwrap_or_default();
    Ok(Value::count(session.shelf.queue_size(queue)))
}

fn create_message(_event: &Event, arguments: &[Value]) -> Result<Value, Fault> {
    let part = |at: usize| {
        let value = arguments.get(at).cloned().unwrap_or_default();
        match arguments.get(at + 1).and_then(Value::as_str) {
            Some(mime) => Typed::labelled(value, media(mime)),
            None => Typed::value(value),
        }
    };
    Message { payload: part(0), attributes: part(2) }.to_value()
}
