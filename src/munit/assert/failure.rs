//! What a failed assertion tells: what was wanted, what was there, where the assertion stands.

use crate::diag::Fault;
use crate::flow::event::{Error, media};
use crate::flow::exec::Location;
use crate::script;
use crate::suite::compare::values;
use crate::suite::{Line, Mark};
use crate::value::Value;
use std::sync::Arc;

/// The class of failed assertions.
const CLASS: &str = "java.lang.AssertionError";

/// Characters of a value that the message shows; more of it is in the detail.
const WIDTH: usize = 120;

/// A failed assertion.
#[derive(Clone, Debug)]
pub struct Failure {
    /// In one line.
    pub message: String,
    /// What differs, if more is to be said.
    pub detail: Vec<Line>,
    /// The place of the assertion.
    pub location: Arc<Location>,
}

impl Failure {
    /// A failure without anything to compare.
    pub fn plain(message: impl Into<String>, location: &Arc<Location>) -> Self {
        Self { message: message.into(), detail: Vec::new(), location: location.clone() }
    }

    /// A value that is not what is wanted; where one value alone fits, the detail says what differs.
    pub fn of(wanted: &str, expected: Option<&Value>, actual: &Value, location: &Arc<Location>) -> Self {
        let given = text(actual);
        let message = format!("expected {}, but it is {}", cut(wanted), cut(&given));
        let is_long = wanted.chars().count().max(given.chars().count()) > WIDTH;
        let detail = match expected {
            Some(expected) if is_long || is_collection(expected) => values(expected, actual),
            _ if is_long => vec![Line::new(Mark::Expected, wanted), Line::new(Mark::Actual, given)],
            _ => Vec::new(),
        };
        Self { message, detail, location: location.clone() }
    }

    /// The failure with what the author of the test says about it in front.
    pub fn saying(mut self, message: Option<String>) -> Self {
        if let Some(message) = message.filter(|message| !message.is_empty()) {
            self.message = format!("{message}: {}", self.message);
        }
        self
    }

    /// The error that stands for it in the flow.
    pub fn error(&self) -> Error {
        Error::mule("UNKNOWN", self.message.clone()).with_cause(CLASS).at(&self.location)
    }

    /// The message of the failed assertion that an error stands for, or that is among the errors it sums up.
    pub fn description_of(error: &Error) -> Option<&str> {
        if error.cause() == Some(CLASS) {
            return Some(error.description());
        }
        let below = error.suppressed().into_iter().chain(error.children());
        below.into_iter().find_map(Self::description_of)
    }
}

fn is_collection(value: &Value) -> bool {
    matches!(value.bare(), Value::Object(_) | Value::Array(_))
}

/// A value as DataWeave writes it.
pub fn text(value: &Value) -> String {
    let mut out = Vec::new();
    let written: Result<(), Fault> = script::write(value.clone(), &media("application/dw"), &mut out);
    match written {
        Ok(()) => String::from_utf8_lossy(&out).trim().to_string(),
        Err(fault) => format!("<{fault}>"),
    }
}

/// The beginning of a text, in one line.
fn cut(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(WIDTH) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}
