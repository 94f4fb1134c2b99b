//! Work that takes its time, on threads where it holds up nobody, and what went wrong with it.

use crate::flow::event::{Error, Event};

/// Why such work failed. It becomes an error where the event is at hand.
#[derive(Debug, PartialEq)]
pub struct Problem {
    /// The type of the error, `COMPRESSION:INVALID_ARCHIVE`.
    pub error_type: &'static str,
    /// What is said.
    pub text: String,
}

impl Problem {
    /// A problem with these words.
    pub fn new(error_type: &'static str, text: impl Into<String>) -> Self {
        Self { error_type, text: text.into() }
    }

    /// The error that flows see.
    pub fn error(self, event: &Event) -> Error {
        Error::named(event, self.error_type, self.text)
    }
}

/// Does work on a thread of its own, so that other events go on.
///
/// # Errors
/// What the work fails with.
pub async fn apart<T: Send + 'static>(
    event: &Event,
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome.map_err(|problem| problem.error(event)),
        Err(cut) => Err(Error::mule("UNKNOWN", format!("the work was cut off: {cut}"))),
    }
}
