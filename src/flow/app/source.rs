//! What connectors bring beside processors: global elements with a life of their own, and sources of events.

use super::{App, Entry};
use crate::diag::Fault;
use crate::flow::store::Store;
use async_trait::async_trait;
use std::any::Any;
use std::sync::Arc;

/// A global element: a connector's configuration, a store, a test.
#[async_trait]
pub trait Global: Any + Send + Sync {
    /// Begins to work, before any source starts.
    async fn start(&self, _app: &Arc<App>) -> Result<(), Fault> {
        Ok(())
    }

    /// Ends its work, after all events have ended.
    async fn stop(&self, _app: &Arc<App>) {}

    /// The element as an object store, if it is one.
    fn store(self: Arc<Self>) -> Option<Arc<dyn Store>> {
        None
    }
}

/// What starts a flow.
#[async_trait]
pub trait Source: Send + Sync {
    /// Begins to bring events into the flow.
    async fn start(&self, entry: Entry) -> Result<Box<dyn Running>, Fault>;

    /// What it listens to, in one line: `http://0.0.0.0:8081/orders`, `every 5 s`.
    fn describe(&self) -> String;
}

/// A source at work.
#[async_trait]
pub trait Running: Send + Sync {
    /// Takes no more events; those that are in the flow go on.
    async fn stop(self: Box<Self>);
}

/// A task that brings events until it is stopped.
pub struct Loop(tokio::task::JoinHandle<()>);

impl Loop {
    /// A source at work in this task.
    pub fn new(task: tokio::task::JoinHandle<()>) -> Box<Self> {
        Box::new(Self(task))
    }
}

#[async_trait]
impl Running for Loop {
    async fn stop(self: Box<Self>) {
        self.0.abort();
        let _ = self.0.await;
    }
}
