//! The way of events from a source into its flow.

use super::App;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Flow;
use std::sync::Arc;

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

    /// Runs an event through the flow.
    ///
    /// # Errors
    /// `MULE:FLOW_BACK_PRESSURE` where the flow is full, or what the flow fails with.
    pub async fn run(&self, event: &mut Event) -> Result<(), Error> {
        let _permit = self.flow.enter()?;
        let _busy = event.context.work.clone().begin();
        self.flow.run(event).await
    }
}
