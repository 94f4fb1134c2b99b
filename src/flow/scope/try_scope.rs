//! `try`

use super::error_handler::{self, ERROR_HANDLER};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Chain, ErrorHandler, Processor};
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::flow::transaction::{Begins, TYPE, Transaction, begins};
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
            "Whether the processors run in a transaction: one that begins here, one that is joined if it is there and begins \
             here otherwise, or none of its own. One that begins here commits when they end well or their error is \
             handled with `on-error-continue`, else it is rolled back.",
        ),
        TYPE,
    ],
    parts: &[Part { spec: &ERROR_HANDLER, occurs: Occurs::Optional }],
    body: Body::Processors,
    errors: &["MULE:TRANSACTION"],
    example: r##"<try>
  <flow-ref name="price-of"/>
  <error-handler><on-error-continue><set-payload value="#[0]"/></on-error-continue></error-handler>
</try>"##,
    make: Make::Processor(|node| Box::new(Try::of(node))),
};

struct Try {
    chain: Chain,
    handler: Option<ErrorHandler>,
    begins: Option<Begins>,
}

impl Try {
    fn of(node: &Node<'_>) -> Self {
        let handler = node.part("error-handler").map(|node| error_handler::make(&node));
        Self { chain: node.chain(), handler, begins: begins(node) }
    }
}

impl Processor for Try {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let Some(own) = self.begins.map_or(Ok(None), |begins| begins.begin(event))? else {
                return self.run(event, None).await;
            };
            let outcome = self.run(event, Some(&own)).await;
            own.end(event, outcome).await
        })
    }
}

impl Try {
    async fn run(&self, event: &mut Event, own: Option<&Transaction>) -> Result<(), Error> {
        let Err(error) = self.chain.run(event).await else { return Ok(()) };
        let default: Option<Arc<ErrorHandler>> = event.context.app.default_handler().cloned();
        match (&self.handler, default) {
            (Some(handler), _) => handler.handle(event, error, own).await,
            (None, Some(handler)) => handler.handle(event, error, own).await,
            (None, None) => Err(error),
        }
    }
}
