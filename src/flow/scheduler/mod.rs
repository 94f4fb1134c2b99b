//! `scheduler`: a source that starts its flow by the clock.

mod cron;
mod strategy;

pub use strategy::{STRATEGY, Strategy, Ticks};

use crate::diag::Fault;
use crate::flow::app::{Entry, Loop, Running, Source};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// `scheduler`
pub static SPEC: Spec = Spec {
    name: "scheduler",
    doc: "Starts its flow by the clock. Runs overlap where one takes longer than the time to the next.",
    attributes: &[Attribute::default(
        "disallowConcurrentExecution",
        Kind::Boolean,
        "false",
        "Whether a run is left out while the one before it goes on.",
    )],
    parts: &[Part { spec: &STRATEGY, occurs: Occurs::Once }],
    example: r#"<scheduler><scheduling-strategy><cron expression="0 0 6 ? * MON-FRI" timeZone="Europe/Berlin"/></scheduling-strategy></scheduler>"#,
    make: Make::Source(|node| Box::new(Scheduler::of(node))),
    ..Spec::NEW
};

struct Scheduler {
    strategy: Strategy,
    overlaps: bool,
}

impl Scheduler {
    fn of(node: &Node<'_>) -> Self {
        let strategy = Strategy::of(node);
        Self { strategy, overlaps: !node.boolean("disallowConcurrentExecution") }
    }
}

impl Source for Scheduler {
    fn start<'a>(&'a self, entry: Entry) -> BoxFuture<'a, Result<Box<dyn Running>, Fault>> {
        Box::pin(async move {
            let trigger = Trigger { entry, overlaps: self.overlaps, busy: Arc::default() };
            let mut ticks = self.strategy.ticks();
            let task = tokio::spawn(async move {
                loop {
                    ticks.next().await;
                    trigger.fire();
                }
            });
            Ok(Loop::new(task) as Box<dyn Running>)
        })
    }

    fn describe(&self) -> String {
        self.strategy.to_string()
    }
}

/// Starts runs of a flow.
struct Trigger {
    entry: Entry,
    overlaps: bool,
    busy: Arc<AtomicBool>,
}

impl Trigger {
    /// Starts a run, unless one that goes on is in the way or the flow is full.
    fn fire(&self) {
        let flow = &self.entry.flow.name;
        if !self.overlaps && self.busy.swap(true, Ordering::AcqRel) {
            tracing::info!(
                "Flow '{flow}' is already running and 'disallowConcurrentExecution' is 'true'. Execution skipped."
            );
            return;
        }
        let (entry, busy) = (self.entry.clone(), self.busy.clone());
        let mut event = entry.event();
        let work = event.context.work.clone();
        work.spawn(async move {
            if let Err(error) = entry.run(&mut event).await
                && error.error_type().identifier() == "FLOW_BACK_PRESSURE"
            {
                tracing::warn!("a trigger of flow '{}' was rejected: {}", entry.flow.name, error.description());
            }
            busy.store(false, Ordering::Release);
        });
    }
}
