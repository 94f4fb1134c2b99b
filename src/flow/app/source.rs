//! What connectors bring beside processors: global elements with a life of their own, and sources of events.

use super::{App, Entry};
use crate::diag::Fault;
use crate::flow::store::Store;
use futures_util::future::BoxFuture;
use std::any::Any;
use std::sync::Arc;

/// A global element: a connector's configuration, a store, a test.
pub trait Global: Any + Send + Sync {
    /// Begins to work, before any source starts.
    fn start<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move { Ok(()) })
    }

    /// Ends its work, after all events have ended.
    fn stop<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, ()> {
        Box::pin(async move {})
    }

    /// Whether a transaction of this id was committed here; asked after a crash by those who have promised to follow.
    fn decided<'a>(&'a self, _id: &'a str) -> BoxFuture<'a, Result<bool, Fault>> {
        Box::pin(async { Err(Fault::internal("the element does not decide transactions")) })
    }

    /// The element as an object store, if it is one.
    fn store(self: Arc<Self>) -> Option<Arc<dyn Store>> {
        None
    }
}

/// What starts a flow.
pub trait Source: Send + Sync {
    /// Begins to bring events into the flow.
    fn start<'a>(&'a self, entry: Entry) -> BoxFuture<'a, Result<Box<dyn Running>, Fault>>;

    /// What it listens to, in one line: `http://0.0.0.0:8081/orders`, `every 5 s`.
    fn describe(&self) -> String;
}

/// A source at work.
pub trait Running: Send + Sync {
    /// Takes no more events; those that are in the flow go on.
    fn stop(self: Box<Self>) -> BoxFuture<'static, ()>;
}

/// A task that brings events until it is stopped.
pub struct Loop(tokio::task::JoinHandle<()>);

impl Loop {
    /// A source at work in this task.
    pub fn new(task: tokio::task::JoinHandle<()>) -> Box<Self> {
        Box::new(Self(task))
    }
}

impl Running for Loop {
    fn stop(self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            self.0.abort();
            let _ = self.0.await;
        })
    }
}
