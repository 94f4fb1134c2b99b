//! `try`

use super::error_handler::{self, ERROR_HANDLER};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Chain, ErrorHandler, Processor};
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `try`
pub static SPEC: Spec = Spec {
    name: "try",
    doc: "Processors with an error handler of their own.",
    attributes: &[
        Attribute::default(
            "transactionalAction",
            Kind::Choice(&["INDIFFERENT", "ALWAYS_BEGIN", "BEGIN_OR_JOIN"]),
            "INDIFFERENT",
            "Whether the processors run in a transaction.",
        ),
        Attribute::default("transactionType", Kind::Choice(&["LOCAL", "XA"]), "LOCAL", "The kind of transaction."),
    ],
    parts: &[Part { spec: &ERROR_HANDLER, occurs: Occurs::Optional }],
    body: Body::Processors,
    example: r##"<try>
  <flow-ref name="price-of"/>
  <error-handler><on-error-continue><set-payload value="#[0]"/></on-error-continue></error-handler>
</try>"##,
    make: Make::Processor(|node| Box::new(Try::of(node))),
    ..Spec::NEW
};

struct Try {
    chain: Chain,
    handler: Option<ErrorHandler>,
}

impl Try {
    fn of(node: &Node<'_>) -> Self {
        let handler = node.part("error-handler").map(|node| error_handler::make(&node));
        Self { chain: node.chain(), handler }
    }
}

impl Processor for Try {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let Err(error) = self.chain.run(event).await else { return Ok(()) };
            let default: Option<Arc<ErrorHandler>> = event.context.app.default_handler().cloned();
            match (&self.handler, default) {
                (Some(handler), _) => handler.handle(event, error).await,
                (None, Some(handler)) => handler.handle(event, error).await,
                (None, None) => Err(error),
            }
        })
    }
}
