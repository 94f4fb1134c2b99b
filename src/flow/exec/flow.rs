//! Flows and sub-flows: a chain, its error handler, its limit on concurrency.

use super::handler::log;
use super::{Chain, ErrorHandler, Redelivery};
use crate::flow::event::{Error, Event};
use crate::flow::transaction::Transaction;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// How deep flows and scopes may call each other: far more than any app needs, far less than the stack holds.
const MAX_DEPTH: u32 = 500;

/// A flow or a sub-flow.
pub struct Flow {
    /// Its name.
    pub name: Arc<str>,
    /// What it does.
    pub chain: Chain,
    /// What handles its errors; a sub-flow has none and leaves them to its caller.
    pub handler: Option<Arc<ErrorHandler>>,
    /// Whether it is a sub-flow, which runs as a part of its caller.
    pub is_sub_flow: bool,
    /// What its source does with messages that fail again and again.
    pub redelivery: Option<Redelivery>,
    /// How many events of its source may be in it at once.
    pub limit: Option<Arc<Semaphore>>,
    /// Whether it takes events.
    pub started: AtomicBool,
}

/// What comes with an event of the flow's source.
#[derive(Default)]
struct Delivery<'a> {
    policy: Option<&'a Redelivery>,
    /// The transaction that the source has begun.
    own: Option<Transaction>,
}

impl Flow {
    /// Runs an event through the flow, called by another one or from outside.
    pub async fn run(&self, event: &mut Event) -> Result<(), Error> {
        self.run_as(event, None).await
    }

    /// Runs an event that the flow's source brings: with its redelivery policy, and in its transaction.
    pub async fn run_from_source(&self, event: &mut Event) -> Result<(), Error> {
        let delivery = Delivery { policy: self.redelivery.as_ref(), own: event.transaction.clone() };
        self.run_as(event, Some(delivery)).await
    }

    async fn run_as(&self, event: &mut Event, delivery: Option<Delivery<'_>>) -> Result<(), Error> {
        if !self.started.load(Ordering::Relaxed) {
            return Err(Error::mule("UNKNOWN", format!("flow '{}' is stopped", self.name)));
        }
        if event.depth >= MAX_DEPTH {
            let text = format!("flows call each other more than {MAX_DEPTH} levels deep: '{}' is the last", self.name);
            return Err(Error::mule("UNKNOWN", text));
        }
        event.depth += 1;
        let outcome = match self.is_sub_flow {
            true => self.chain.run(event).await,
            false => self.run_handled(event, delivery.unwrap_or_default()).await,
        };
        event.depth -= 1;
        outcome
    }

    async fn run_handled(&self, event: &mut Event, delivery: Delivery<'_>) -> Result<(), Error> {
        let caller = std::mem::replace(&mut event.flow, self.name.clone());
        let outcome = match delivery.policy {
            Some(policy) => policy.run(&self.chain, event).await,
            None => self.chain.run(event).await,
        };
        let outcome = match outcome {
            Ok(()) => Ok(()),
            Err(error) => self.handle(event, error, delivery.own.as_ref()).await,
        };
        let outcome = match delivery.own {
            Some(own) => own.end(event, outcome).await,
            None => outcome,
        };
        event.flow = caller;
        outcome
    }

    async fn handle(&self, event: &mut Event, mut error: Error, own: Option<&Transaction>) -> Result<(), Error> {
        match &self.handler {
            Some(handler) => handler.handle(event, error, own).await,
            None => {
                if error.mark_logged() {
                    log(event, &error);
                }
                Err(error)
            }
        }
    }

    /// Lets an event of the flow's source in.
    ///
    /// # Errors
    /// `MULE:FLOW_BACK_PRESSURE` where as many as may be are in it already.
    pub fn enter(&self) -> Result<Option<OwnedSemaphorePermit>, Error> {
        let Some(limit) = &self.limit else { return Ok(None) };
        limit.clone().try_acquire_owned().map(Some).map_err(|_| {
            let text = format!(
                "Flow '{}' is unable to accept new events at this time. Reason: MAX_CONCURRENCY_EXCEEDED",
                self.name
            );
            Error::mule("FLOW_BACK_PRESSURE", text)
        })
    }
}
