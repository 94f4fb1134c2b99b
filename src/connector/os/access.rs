//! The way of an operation to its store.

use super::stores::ObjectStore;
use crate::diag::{Code, Fault};
use crate::flow::app::DEFAULT_STORE;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::store::Store;
use std::sync::Arc;

/// The store of an operation.
pub struct Access(Option<Arc<ObjectStore>>);

impl Access {
    /// The store that the `objectStore` of an element names, or the app's own one.
    pub fn of(node: &Node<'_>) -> Self {
        Self(node.global::<ObjectStore>("objectStore"))
    }

    /// The store's name.
    pub fn name(&self) -> &str {
        self.0.as_ref().map_or(DEFAULT_STORE, |store| &store.name)
    }

    /// The store.
    ///
    /// # Errors
    /// `OS:STORE_NOT_AVAILABLE` where it cannot be opened.
    pub async fn store(&self, event: &Event) -> Result<Arc<dyn Store>, Error> {
        match &self.0 {
            Some(named) => Ok(named.store.clone()),
            None => self.checked(event, event.context.app.store().await),
        }
    }

    /// What became of an operation of the store.
    ///
    /// # Errors
    /// `OS:STORE_NOT_AVAILABLE` where the store fails.
    pub fn checked<T>(&self, event: &Event, outcome: Result<T, Fault>) -> Result<T, Error> {
        outcome.map_err(|fault| self.failed(event, &fault))
    }

    fn failed(&self, event: &Event, fault: &Fault) -> Error {
        if fault.code() == Code::Write {
            return Error::mule("UNKNOWN", format!("ObjectStore '{}' cannot keep the value: {fault}", self.name()));
        }
        let text = format!("ObjectStore '{}' is not available at the moment: {fault}", self.name());
        Error::named(event, "OS:STORE_NOT_AVAILABLE", text)
    }
}
