//! The way of an operation to its store.

use super::stores::ObjectStore;
use crate::diag::Fault;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::store::Store;
use std::sync::Arc;

/// The store of an operation.
pub struct Access(Option<Arc<ObjectStore>>);

/// What the reference calls the store that is used where none is named.
const DEFAULT: &str = "_defaultUserObjectStore";

impl Access {
    /// The store that the `objectStore` of an element names, or the app's own one.
    pub fn of(node: &Node<'_>) -> Self {
        Self(node.global::<ObjectStore>("objectStore"))
    }

    /// The store's name.
    pub fn name(&self) -> &str {
        self.0.as_ref().map_or(DEFAULT, |store| &store.name)
    }

    /// Does something with the store.
    ///
    /// # Errors
    /// `OS:STORE_NOT_AVAILABLE` where the store fails.
    pub fn run<T>(&self, event: &Event, task: impl FnOnce(&dyn Store) -> Result<T, Fault>) -> Result<T, Error> {
        let outcome = match &self.0 {
            Some(named) => task(&*named.store),
            None => task(&*event.context.app.store),
        };
        outcome.map_err(|fault| {
            let text = format!("ObjectStore '{}' is not available at the moment: {fault}", self.name());
            Error::named(event, "OS:STORE_NOT_AVAILABLE", text)
        })
    }
}
