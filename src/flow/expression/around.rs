//! What a running expression may ask of the app: `lookup`, `causedBy`.

use crate::diag::{Code, Fault};
use crate::flow::event::{ErrorType, Event, Typed};
use crate::script::Surroundings;
use crate::value::{Value, coerce};
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::task::block_in_place;

/// The event that an expression works on, and with it the app.
pub(super) struct Around {
    event: Event,
}

impl Around {
    pub(super) fn new(event: Event) -> Self {
        Self { event }
    }

    /// `lookup(flow, payload, timeout)`: the payload that the flow ends with.
    fn lookup(&self, name: &str, payload: Value, millis: u64) -> Result<Value, Fault> {
        let flows = &self.event.context.app;
        let flow = flows.flow(name).filter(|flow| !flow.is_sub_flow).cloned();
        let flow = flow.ok_or_else(|| refused(format!("There is no component named '{name}'.")))?;
        let mut event = self.event.clone();
        event.message.payload = Typed::value(payload);
        // The flow is called beside the steps of the transaction, not as one of them.
        event.transaction = None;
        let running = async move {
            let outcome = tokio::time::timeout(Duration::from_millis(millis), flow.run(&mut event)).await;
            (outcome, event)
        };
        let (outcome, event) = block_in_place(|| Handle::current().block_on(running));
        match outcome {
            Ok(Ok(())) => event.message.payload.read(),
            Ok(Err(error)) => {
                let kind = error.error_type();
                Err(refused(format!("Flow '{name}' has failed with error '{kind}' ({})", error.description())))
            }
            Err(_) => Err(refused(format!("Flow '{name}' has timed out after {millis} millis"))),
        }
    }

    /// `causedBy(error, type)`, or `causedBy(type)` for the error of the event.
    fn caused_by(&self, error: &Value, wanted: &Value) -> Result<bool, Fault> {
        let wanted = wanted.as_str().unwrap_or_default();
        let wanted = self.event.context.app.error_types().parse(wanted);
        let wanted = wanted.map_err(|fault| Fault::new(Code::Argument, capitalised(&fault.to_string())))?;
        if error.is_null() {
            return Err(Fault::new(Code::Argument, "There's no error to match against"));
        }
        Ok(is_caused_by(error, &wanted))
    }
}

impl Surroundings for Around {
    fn call(&self, function: &str, arguments: Vec<Value>) -> Result<Value, Fault> {
        match (function, arguments.as_slice()) {
            ("Mule::lookup", [name, payload, millis]) => {
                let millis = coerce::to_number(millis)?.to_i64().unwrap_or_default().max(0) as u64;
                self.lookup(name.as_str().unwrap_or_default(), payload.clone(), millis)
            }
            ("Mule::causedBy", [error, wanted]) => Ok(self.caused_by(error, wanted)?.into()),
            ("Mule::causedBy", [wanted]) => {
                let error = self.event.error.as_ref().map_or(Ok(Value::Null), |error| error.to_value())?;
                Ok(self.caused_by(&error, wanted)?.into())
            }
            _ => self.event.context.app.call(&self.event, function, &arguments),
        }
    }

    fn pause(&self, time: Duration) {
        block_in_place(|| std::thread::sleep(time));
    }
}

/// Whether an error as a value, or one that it stands for, is of a type or below it.
fn is_caused_by(error: &Value, wanted: &ErrorType) -> bool {
    let Value::Object(error) = error.bare() else { return false };
    let types = std::iter::successors(error.get("errorType"), |of| match of.bare() {
        Value::Object(of) => of.get("parentErrorType"),
        _ => None,
    });
    let is_wanted = |of: &Value| match of.bare() {
        Value::Object(of) => {
            let part = |name| of.get(name).and_then(Value::as_str);
            part("namespace") == Some(wanted.namespace()) && part("identifier") == Some(wanted.identifier())
        }
        _ => false,
    };
    let mut types = types;
    types.any(is_wanted)
        || error
            .get("suppressedErrors")
            .and_then(Value::elements)
            .is_some_and(|mut all| all.any(|inner| inner.is_ok_and(|inner| is_caused_by(&inner, wanted))))
}

fn refused(message: String) -> Fault {
    Fault::new(Code::Argument, message)
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect()).replace('`', "'")
}
