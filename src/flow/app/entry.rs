//! The way of events from a source into its flow.

use super::App;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Flow;
use std::sync::Arc;
use tokio::sync::OwnedSemaphorePermit;

/// The way into a flow.
#[derive(Clone)]
pub struct Entry {
    /// The app.
    pub app: Arc<App>,
    /// The flow.
    pub flow: Arc<Flow>,
}

impl Entry {
    /// A new event for the flow.
    pub fn event(&self) -> Event {
        self.app.event()
    }

    /// Waits until the flow takes another event, which then goes in with [`Entry::run_admitted`]: for sources that can
    /// leave their messages where they are.
    pub async fn admit(&self) -> Option<OwnedSemaphorePermit> {
        let limit = self.flow.limit.clone()?;
        limit.acquire_owned().await.ok()
    }

    /// Runs an event that was let in.
    ///
    /// # Errors
    /// What the flow fails with.
    pub async fn run_admitted(&self, event: &mut Event, _permit: Option<OwnedSemaphorePermit>) -> Result<(), Error> {
        let _busy = event.context.work.clone().begin();
        let measured = self.app.metrics().map(|metrics| metrics.begin(&self.flow.name));
        let outcome = self.flow.run_from_source(event).await;
        if let Some(measured) = measured {
            measured.end(outcome.is_ok());
        }
        if let Some(observer) = &event.context.observer {
            observer.clone().ended(event, &self.flow.name);
        }
        outcome
    }

    /// Runs an event through the flow.
    ///
    /// # Errors
    /// `MULE:FLOW_BACK_PRESSURE` where the flow is full, or what the flow fails with.
    pub async fn run(&self, event: &mut Event) -> Result<(), Error> {
        let permit = self.flow.enter()?;
        self.run_admitted(event, permit).await
    }
}
