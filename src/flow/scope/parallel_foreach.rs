//! `parallel-foreach`

use super::fork_join::{Branch, ForkJoin, listed, unreadable};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::{Chain, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Spec};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `parallel-foreach`
pub static SPEC: Spec = Spec {
    name: "parallel-foreach",
    doc: "Runs its processors for every item of a list at the same time, each with a copy of the event, and gives a list of \
          the messages that come out, in the order of the items. Variables that the processors set stay inside. Every \
          item is worked on to its end, even when another one fails.",
    attributes: &[
        Attribute::default("collection", Kind::Script, "#[payload]", "What to go over; null has no items."),
        Attribute::new("timeout", Kind::Integer, "How long each item may take, in milliseconds."),
        Attribute::new("maxConcurrency", Kind::Count, "How many items are worked on at once; all of them without it."),
    ],
    body: Body::Processors,
    errors: &["MULE:COMPOSITE_ROUTING", "MULE:EXPRESSION"],
    example: r##"<parallel-foreach collection="#[payload.accounts]" maxConcurrency="10" target="balances"
                  targetValue="#[payload.payload]">
  <flow-ref name="balance-of"/>
</parallel-foreach>"##,
    make: Make::Operation(|node| Box::new(ParallelForeach::of(node))),
    ..Spec::NEW
};

struct ParallelForeach {
    chain: Arc<Chain>,
    collection: Expression,
    fork_join: ForkJoin,
}

impl ParallelForeach {
    fn of(node: &Node<'_>) -> Self {
        Self {
            chain: Arc::new(node.chain()),
            collection: node.script("collection").unwrap_or_else(|| Expression::literal("")),
            fork_join: ForkJoin::of(node),
        }
    }
}

impl Processor for ParallelForeach {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let parts = self.collection.parts(event)?.collect::<Result<Vec<_>, _>>()?;
            let branch = |part| Branch {
                chain: self.chain.clone(),
                event: event.clone().with_message(Message::of_element(part)),
            };
            let branches: Vec<_> = parts.into_iter().map(branch).collect();
            let ended = self.fork_join.run(branches).await?;
            let messages = listed(ended.into_iter().map(|event| event.message)).map_err(unreadable)?;
            event.message = Message::of(Typed::value(messages));
            Ok(())
        })
    }
}
