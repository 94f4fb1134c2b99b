//! Processors, the steps that hold them, and chains of steps.

use super::location::{Component, Location};
use crate::flow::event::{Error, Event};
use futures_util::future::BoxFuture;
use std::any::Any;
use std::sync::Arc;

/// A component that an event goes through. It changes the event in place; when it fails, the event is as far as it came,
/// and that is what error handlers see.
pub trait Processor: Send + Sync {
    /// Works on the event.
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>>;
}

/// A processor at its place in the app.
pub struct Step {
    /// What it does.
    pub processor: Box<dyn Processor>,
    /// What it is.
    pub component: Arc<Component>,
    /// Where it is.
    pub location: Arc<Location>,
}

impl Step {
    /// Runs the processor, watched by whoever watches the event.
    pub async fn run(&self, event: &mut Event) -> Result<(), Error> {
        // A chain of quick steps would otherwise keep its thread from everybody else.
        tokio::task::coop::consume_budget().await;
        if stacker::remaining_stack().is_some_and(|left| left < LEAST_STACK) {
            let text = format!("flows and scopes call each other too deep at '{}'", self.location.path);
            return Err(Error::mule("UNKNOWN", text).at(&self.location));
        }
        let outcome = match event.context.observer.clone() {
            Some(observer) => observer.observe(self, event).await,
            None => self.processor.process(event).await,
        };
        outcome.map_err(|error| error.at(&self.location))
    }
}

/// How much of its thread's stack a step has to find, in bytes: endless recursion ends in an error.
const LEAST_STACK: usize = 512 << 10;

/// Steps one after the other.
#[derive(Default)]
pub struct Chain {
    steps: Vec<Step>,
}

impl Chain {
    /// A chain of these steps.
    pub fn new(steps: Vec<Step>) -> Self {
        Self { steps }
    }

    /// Runs the steps; the first failure ends it.
    pub async fn run(&self, event: &mut Event) -> Result<(), Error> {
        for step in &self.steps {
            step.run(event).await?;
        }
        Ok(())
    }

    /// The steps.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether there is no step.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

/// Watches every step of an event: traces, counts, replaces. It decides whether the processor runs at all.
pub trait Observer: Any + Send + Sync {
    /// Runs the step's processor, or something else in its place.
    fn observe<'a>(&'a self, step: &'a Step, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>>;

    /// An event from outside has gone through its flow; work that it started may go on.
    fn ended(self: Arc<Self>, _event: &Event, _flow: &str) {}
}
