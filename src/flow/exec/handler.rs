//! Error handlers: which of them takes an error, and what becomes of the event.

use super::Chain;
use crate::flow::event::{Error, ErrorType, Event, Matcher};
use crate::flow::expression::Expression;
use crate::flow::transaction::Transaction;
use std::sync::Arc;

/// An `error-handler`: the first of its handlers that fits takes the error.
#[derive(Default)]
pub struct ErrorHandler {
    /// In the order written.
    pub handlers: Vec<Arc<OnError>>,
}

/// An `on-error-continue` or `on-error-propagate`.
pub struct OnError {
    /// The types it takes.
    pub types: Matcher,
    /// Whether it takes everything, so that nothing may follow it.
    pub takes_all: bool,
    /// A condition on the event.
    pub when: Option<Expression>,
    /// What it does.
    pub chain: Chain,
    /// Whether the error ends here.
    pub continues: bool,
    /// Whether the log tells of the error.
    pub logs: bool,
}

impl ErrorHandler {
    /// Deals with an error. The event is what the failing component left; a handler changes it further. Unless the error
    /// ends here, `own`, the transaction of the scope that fails, is rolled back before the handler's steps run.
    ///
    /// # Errors
    /// The error itself where no handler takes it or one propagates it, or what a handler fails with.
    pub async fn handle(&self, event: &mut Event, mut error: Error, own: Option<&Transaction>) -> Result<(), Error> {
        let before = event.error.replace(error.clone());
        let found = self.find(event, &error);
        let ends_here = matches!(found, Ok(Some(handler)) if handler.continues);
        if let Some(own) = own.filter(|_| !ends_here && Transaction::is_undone_by(&error)) {
            own.rollback().await;
            event.transaction = None;
        }
        let outcome = match found {
            Ok(Some(handler)) => handler.run(event, &mut error).await.map(|()| handler.continues),
            Ok(None) => Ok(false),
            Err(failed) => Err(failed),
        };
        event.error = before;
        if outcome? { Ok(()) } else { Err(error) }
    }

    /// The handler that takes an error.
    fn find(&self, event: &Event, error: &Error) -> Result<Option<&OnError>, Error> {
        for handler in &self.handlers {
            if handler.takes(event, error)? {
                return Ok(Some(handler));
            }
        }
        Ok(None)
    }
}

impl OnError {
    async fn run(&self, event: &mut Event, error: &mut Error) -> Result<(), Error> {
        if self.logs && error.mark_logged() {
            log(event, error);
        }
        self.chain.run(event).await
    }

    fn takes(&self, event: &Event, error: &Error) -> Result<bool, Error> {
        // The response that a source failed to send cannot be taken back.
        let is_late = self.continues && error.error_type().is(&ErrorType::mule("SOURCE_RESPONSE"));
        let of_type = !is_late && is_one_of(error, &self.types);
        match &self.when {
            Some(when) if of_type => when.boolean(event),
            _ => Ok(of_type),
        }
    }
}

/// Whether an error, or one that it stands for, is of these types.
fn is_one_of(error: &Error, types: &Matcher) -> bool {
    std::iter::successors(Some(error), |e| e.suppressed()).any(|e| types.takes(e.error_type()))
}

/// Tells of an error that reached a handler, or the end of its flow.
pub fn log(event: &Event, error: &Error) {
    let place = error.location().map_or_else(String::new, |l| l.to_string());
    tracing::error!(
        target: "org.mule.runtime.core.privileged.exception.EventProcessingException",
        correlation_id = %event.correlation_id,
        processor = %place,
        "\n{LINE}\nMessage               : {}\nElement               : {place}\nElement DSL           : {}\nError type            : {}\n{LINE}",
        error.detail(),
        error.location().map_or("", |l| l.element.as_str()),
        error.error_type(),
    );
}

/// What Mule draws around an error in the log.
const LINE: &str = "********************************************************************************";
