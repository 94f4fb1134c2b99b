//! `async`

use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{self, Chain, Location, Processor};
use crate::flow::log::{self, Level};
use crate::flow::spec::{Attribute, Body, Kind, Make, Spec};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// `async`
pub static SPEC: Spec = Spec {
    name: "async",
    doc: "Runs its processors on a copy of the event while the flow goes on at once. Nothing comes back: neither payload nor \
          variables nor errors, which go into the log. A stopping app waits for them. What they do \
          is not part of the flow's transaction.",
    attributes: &[
        Attribute::new("name", Kind::Text, "What the log calls it; its place in the flow without it."),
        Attribute::new(
            "maxConcurrency",
            Kind::Count,
            "How many events it works on at once, as its flow without it; the others wait, the flow does not.",
        ),
    ],
    body: Body::Processors,
    example: r##"<async name="audit" maxConcurrency="4">
  <flow-ref name="write-audit"/>
</async>"##,
    make: Make::Processor(|node| Box::new(Async::of(node))),
    ..Spec::NEW
};

struct Async(Arc<Inner>);

struct Inner {
    chain: Chain,
    name: Option<String>,
    limit: Option<Semaphore>,
    location: Arc<Location>,
}

impl Async {
    fn of(node: &Node<'_>) -> Self {
        let limit = node.limit("maxConcurrency").or(node.builder.flow_limit());
        Self(Arc::new(Inner {
            chain: node.chain(),
            name: node.text("name"),
            limit: limit.map(Semaphore::new),
            location: node.location(),
        }))
    }
}

impl Inner {
    async fn run(&self, mut event: Event) {
        let _permit = match &self.limit {
            Some(limit) => limit.acquire().await.ok(),
            None => None,
        };
        if let Err(mut error) = self.chain.run(&mut event).await {
            let name = self.name.as_deref().unwrap_or(&self.location.path);
            if error.mark_logged() {
                exec::log(&event, &error);
            }
            let text = format!(
                "{error} in async '{name}' of event {}; to handle it, put a <try> into the <async>",
                event.correlation_id
            );
            log::write(Level::Error, CATEGORY, &event, &self.location.path, &text);
        }
    }
}

const CATEGORY: &str = "org.mule.runtime.core.internal.processor.AsyncDelegateMessageProcessor";

impl Processor for Async {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (inner, mut copy) = (self.0.clone(), event.clone());
            copy.transaction = None;
            // Nobody waits for the task itself: it counts as work of the event and of the app.
            drop(event.context.work.spawn(async move { inner.run(copy).await }));
            Ok(())
        })
    }
}
