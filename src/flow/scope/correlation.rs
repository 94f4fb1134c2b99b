//! `tracing:with-correlation-id`

use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Chain, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Spec};
use crate::value::Str;
use futures_util::future::BoxFuture;

/// `tracing:with-correlation-id`
pub static SPEC: Spec = Spec {
    name: "tracing:with-correlation-id",
    doc: "Gives the event another correlation id while its processors run. What they make of payload, attributes and \
          variables goes on.",
    attributes: &[Attribute::required("correlationId", Kind::Value, "The correlation id inside.")],
    body: Body::Processors,
    errors: &["MULE:EXPRESSION"],
    example: r##"<tracing:with-correlation-id correlationId="#[payload.orderId]">
  <logger message="order is on its way"/>
</tracing:with-correlation-id>"##,
    make: Make::Processor(|node| Box::new(WithCorrelationId::of(node))),
    ..Spec::NEW
};

struct WithCorrelationId {
    id: Expression,
    chain: Chain,
}

impl WithCorrelationId {
    fn of(node: &Node<'_>) -> Self {
        Self { id: node.value("correlationId").unwrap_or_else(|| Expression::literal("")), chain: node.chain() }
    }
}

impl Processor for WithCorrelationId {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let id = self.id.text(event)?.map_or_else(|| event.correlation_id.clone(), Str::from);
            let before = std::mem::replace(&mut event.correlation_id, id);
            let outcome = self.chain.run(event).await;
            event.correlation_id = before;
            outcome
        })
    }
}
