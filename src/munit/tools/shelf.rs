//! What a test puts away: values by key, and queues. Empty when the test ends.

use crate::flow::event::Typed;
use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;

/// What a test puts away.
#[derive(Default)]
pub struct Shelf {
    stored: Mutex<HashMap<String, Typed>>,
    queues: Mutex<HashMap<String, VecDeque<Typed>>>,
    queued: Notify,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Shelf {
    /// Empties it.
    pub fn clear(&self) {
        self.clear_stored();
        lock(&self.queues).clear();
    }

    /// Forgets the values that were stored by key.
    pub fn clear_stored(&self) {
        lock(&self.stored).clear();
    }

    /// Stores a value under a key; gives back the one that was there.
    pub fn store(&self, key: &str, value: Typed) -> Option<Typed> {
        lock(&self.stored).insert(key.to_string(), value)
    }

    /// The value of a key.
    pub fn stored(&self, key: &str) -> Option<Typed> {
        lock(&self.stored).get(key).cloned()
    }

    /// Takes the value of a key away.
    pub fn remove(&self, key: &str) -> Option<Typed> {
        lock(&self.stored).remove(key)
    }

    /// Puts a value at the end of a queue.
    pub fn queue(&self, name: &str, value: Typed) {
        lock(&self.queues).entry(name.to_string()).or_default().push_back(value);
        self.queued.notify_waiters();
    }

    /// How many values are in a queue.
    pub fn queue_size(&self, name: &str) -> usize {
        lock(&self.queues).get(name).map_or(0, VecDeque::len)
    }

    /// Takes the first value of a queue, waiting for one as long as told.
    pub async fn dequeue(&self, name: &str, patience: Option<Duration>) -> Option<Typed> {
        let next = async {
            loop {
                let queued = self.queued.notified();
                if let Some(value) = lock(&self.queues).get_mut(name).and_then(VecDeque::pop_front) {
                    return value;
                }
                queued.await;
            }
        };
        match patience {
            Some(patience) => tokio::time::timeout(patience, next).await.ok(),
            None => Some(next.await),
        }
    }
}
