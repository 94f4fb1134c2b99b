//! Events: what travels through a flow.

use super::{Error, Message, Typed};
use crate::flow::batch::Failures;
use crate::flow::exec::Context;
use crate::flow::transaction::Transaction;
use crate::value::Str;
use indexmap::IndexMap;
use rustc_hash::FxBuildHasher;
use std::sync::Arc;

/// What travels through a flow. A clone is cheap and independent of the original.
#[derive(Clone)]
pub struct Event {
    /// Payload and attributes.
    pub message: Message,
    /// The variables.
    pub variables: Variables,
    /// The error being handled.
    pub error: Option<Error>,
    /// The same for all that one call from outside leads to.
    pub correlation_id: Str,
    /// The transaction that its steps may take part in.
    pub transaction: Option<Transaction>,
    /// The place in a list, where the event is one of its elements.
    pub item: Option<Item>,
    /// The flow that it is in.
    pub flow: Arc<str>,
    /// How many flows and scopes call each other around it.
    pub depth: u32,
    /// The step that it is in, for whoever watches its steps: they number them; 0 outside of any.
    pub step: u32,
    /// The failures of the record of a batch job that it carries; `None` where it carries none.
    pub failures: Option<Failures>,
    /// What it shares with the events it comes from and leads to.
    pub context: Arc<Context>,
}

/// The place of an event in a sequence: `itemSequenceInfo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Item {
    /// From 0.
    pub position: usize,
    /// How many there are, where that is known.
    pub size: Option<usize>,
}

impl Event {
    /// An event with nothing in it.
    pub fn new(context: Arc<Context>, correlation_id: impl Into<Str>) -> Self {
        Self {
            message: Message::default(),
            variables: Variables::default(),
            error: None,
            correlation_id: correlation_id.into(),
            transaction: None,
            item: None,
            flow: Arc::from(""),
            depth: 0,
            step: 0,
            failures: None,
            context,
        }
    }

    /// The same event with this message.
    pub fn with_message(mut self, message: Message) -> Self {
        self.message = message;
        self
    }

    /// The same event with this payload.
    pub fn with_payload(mut self, payload: Typed) -> Self {
        self.message.payload = payload;
        self
    }
}

/// An identifier for an event that came without one.
pub fn new_correlation_id() -> Str {
    Str::from(uuid::Uuid::new_v4().to_string())
}

/// The variables of an event: ordered, shared until they are changed.
#[derive(Clone, Debug, Default)]
pub struct Variables(Arc<IndexMap<Str, Typed, FxBuildHasher>>);

impl Variables {
    /// A variable.
    pub fn get(&self, name: &str) -> Option<&Typed> {
        self.0.get(name)
    }

    /// Sets a variable.
    pub fn set(&mut self, name: &str, value: Typed) {
        Arc::make_mut(&mut self.0).insert(Str::from(name), value);
    }

    /// Removes a variable; whether there was one.
    pub fn remove(&mut self, name: &str) -> bool {
        self.0.contains_key(name) && Arc::make_mut(&mut self.0).shift_remove(name).is_some()
    }

    /// Sets a variable to what it was before, or removes it.
    pub fn restore(&mut self, name: &str, before: Option<Typed>) {
        match before {
            Some(value) => self.set(name, value),
            None => {
                self.remove(name);
            }
        }
    }

    /// All of them, in the order they were set first.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&Str, &Typed)> {
        self.0.iter()
    }

    /// Those that are not in `before`, or not the same there.
    pub fn changed_since<'a>(&'a self, before: &'a Variables) -> impl Iterator<Item = (&'a Str, &'a Typed)> {
        self.iter().filter(|(name, value)| before.get(name).is_none_or(|old| !old.is_equal(value)))
    }
}
