//! Messages that fail again and again: counted, and given up.

use super::{Chain, Digest, Locks};
use crate::diag::Fault;
use crate::flow::event::{Error, Event, Typed};
use crate::flow::expression::Expression;
use crate::flow::store::Store;
use crate::value::{ObjectBuilder, Value};
use std::sync::Arc;

/// What a source does with messages that fail again and again (mule `IdempotentRedeliveryPolicy`).
pub struct Redelivery {
    /// How often a message may fail and be delivered again.
    pub most: i64,
    /// What messages are told apart by.
    pub identity: Identity,
    /// Keeps how often each has failed.
    pub store: Arc<dyn Store>,
    /// Deliveries of one message go one after the other.
    pub locks: Locks,
}

/// What messages are told apart by.
pub enum Identity {
    /// What they say.
    Digest(Digest),
    /// An expression.
    Expression(Expression),
}

/// How often a message has failed, and how at last.
struct Failures {
    count: i64,
    last: String,
}

impl Redelivery {
    /// Runs the steps of a flow on a message that its source brings, unless it has failed too often.
    ///
    /// # Errors
    /// `MULE:REDELIVERY_EXHAUSTED`; `MULE:EXPRESSION` for a message without an identity, which is not to come again; those
    /// of the steps.
    pub async fn run(&self, chain: &Chain, event: &mut Event) -> Result<(), Error> {
        let id = match self.identity(event) {
            Ok(id) => id,
            Err(error) => {
                if let Some(transaction) = event.transaction.take() {
                    transaction.commit().await?;
                }
                return Err(error);
            }
        };
        let _turn = self.locks.lock(&id).await;
        let known = self.failures(&id).await?;
        if let Some(failures) = known.as_ref().filter(|failures| failures.count > self.most) {
            let text = format!("Maximum redelivery attempts reached. Last error was {}.", failures.last);
            return Err(Error::mule("REDELIVERY_EXHAUSTED", text));
        }
        let outcome = chain.run(event).await;
        match (&outcome, known) {
            (Ok(()), None) => {}
            (Ok(()), Some(_)) => self.note(&id, 0, "").await?,
            (Err(error), known) => {
                let count = known.map_or(0, |failures| failures.count);
                self.note(&id, count.saturating_add(1), &error.error_type().to_string()).await?;
            }
        }
        outcome
    }

    fn identity(&self, event: &Event) -> Result<String, Error> {
        let found = match &self.identity {
            Identity::Digest(digest) => digest.of(&event.message.payload).map(Some).map_err(|_| {
                Error::mule(
                    "EXPRESSION",
                    "The message cannot be processed because the digest could not be generated. Either make the payload \
                     serializable or use an expression.",
                )
            }),
            Identity::Expression(expression) => expression.text(event),
        };
        found?.ok_or_else(|| {
            Error::mule("EXPRESSION", "The message cannot be processed because the message ID is null or blank.")
        })
    }

    async fn failures(&self, id: &str) -> Result<Option<Failures>, Error> {
        let Some(found) = self.store.get(id).await.map_err(unavailable)? else { return Ok(None) };
        let value = found.read().map_err(unavailable)?;
        let Value::Object(object) = value.bare() else { return Ok(None) };
        let count = object.get("count").and_then(Value::as_number).and_then(|count| count.to_i64()).unwrap_or_default();
        let last = object.get("last").and_then(Value::as_str).unwrap_or_default().to_string();
        Ok(Some(Failures { count, last }))
    }

    async fn note(&self, id: &str, count: i64, last: &str) -> Result<(), Error> {
        let mut failures = ObjectBuilder::with_capacity(2);
        failures.field("count", count).field("last", last);
        self.store.put(id, Typed::value(failures.value())).await.map_err(unavailable)
    }
}

/// A store that cannot be asked.
fn unavailable(fault: Fault) -> Error {
    Error::mule("UNKNOWN", fault.to_string())
}
