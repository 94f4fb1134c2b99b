//! `idempotent-message-validator`

use crate::diag::Fault;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Spec};
use crate::flow::store::{Limits, MemoryStore, Store};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

/// `idempotent-message-validator`
pub static SPEC: Spec = Spec {
    name: "idempotent-message-validator",
    doc: "Lets an event pass once: it fails where an event with the same id has passed before. Ids are kept in an object store: \
          the one that is named, one inside of the element, or else one of its own, in memory, for five minutes.",
    attributes: &[
        Attribute::default("idExpression", Kind::Value, "#[correlationId]", "The id."),
        Attribute::default("valueExpression", Kind::Value, "#[correlationId]", "What is stored under the id."),
        Attribute::new("objectStore", Kind::Reference, "The object store that keeps the ids."),
        Attribute::new("storePrefix", Kind::Text, "What the name of its own store begins with; has no effect here."),
    ],
    body: Body::Global,
    errors: &["MULE:DUPLICATE_MESSAGE", "MULE:EXPRESSION"],
    example: r##"<idempotent-message-validator idExpression="#[payload.orderId]"/>"##,
    make: Make::Processor(|node| Box::new(Idempotent::of(node))),
    ..Spec::NEW
};

struct Idempotent {
    id: Expression,
    value: Expression,
    store: Arc<dyn Store>,
}

impl Idempotent {
    fn of(node: &Node<'_>) -> Self {
        let expression = |name| node.value(name).unwrap_or_else(|| Expression::literal(""));
        Self {
            id: expression("idExpression"),
            value: expression("valueExpression"),
            store: node.store("objectStore").unwrap_or_else(|| Arc::new(MemoryStore::new(KEPT))),
        }
    }
}

impl Processor for Idempotent {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (id, value) = (self.id.text(event)?, self.value.typed(event)?);
            let is_new = match id {
                Some(id) => self.store.add(&id, value).await.map_err(unavailable)?,
                None => false,
            };
            match is_new {
                true => Ok(()),
                false => Err(Error::mule("DUPLICATE_MESSAGE", "")
                    .with_cause("org.mule.runtime.core.internal.routing.split.DuplicateMessageException")),
            }
        })
    }
}

/// A store that cannot be asked.
fn unavailable(fault: Fault) -> Error {
    Error::mule("UNKNOWN", fault.to_string())
}

/// How long an id is kept (mule `IdempotentMessageValidator`).
const KEPT: Limits =
    Limits { time_to_live: Some(Duration::from_secs(5 * 60)), max_entries: None, interval: Duration::from_secs(6) };
