//! Stores of values by key: what object stores, caches and components that remember messages keep things in.

mod kept;
mod memory;

pub use kept::KeptStore;
pub use memory::MemoryStore;

use super::event::Typed;
use crate::diag::Fault;
use futures_util::future::BoxFuture;
use std::time::Duration;

/// What an operation of a store comes to.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, Fault>>;

/// Keeps values by key. Every operation is atomic, and is done when it is confirmed.
///
/// # Errors
/// All of them fail where the store cannot be reached; a store in memory never does.
pub trait Store: Send + Sync {
    /// The value of a key.
    fn get<'a>(&'a self, key: &'a str) -> Answer<'a, Option<Typed>>;

    /// Stores a value, over one that is there.
    fn put<'a>(&'a self, key: &'a str, value: Typed) -> Answer<'a, ()>;

    /// Stores a value unless the key has one; whether it was stored.
    fn add<'a>(&'a self, key: &'a str, value: Typed) -> Answer<'a, bool>;

    /// Removes a value; whether there was one.
    fn remove<'a>(&'a self, key: &'a str) -> Answer<'a, bool>;

    /// Removes everything.
    fn clear(&self) -> Answer<'_, ()>;

    /// Everything, the oldest first.
    fn entries(&self) -> Answer<'_, Vec<(String, Typed)>>;
}

/// How long values stay, and how many.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long a value stays.
    pub time_to_live: Option<Duration>,
    /// How many stay: the oldest go first.
    pub max_entries: Option<usize>,
    /// How often the store looks for more than it may hold.
    pub interval: Duration,
}

impl Default for Limits {
    /// Everything stays.
    fn default() -> Self {
        Self { time_to_live: None, max_entries: None, interval: Duration::from_secs(60) }
    }
}
