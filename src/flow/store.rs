//! Stores of values by key: what object stores, caches and components that remember messages keep things in.

use super::event::Typed;
use crate::diag::Fault;
use indexmap::IndexMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Keeps values by key. Every operation is atomic.
///
/// # Errors
/// All of them fail where the store cannot be reached; a store in memory never does.
pub trait Store: Send + Sync {
    /// The value of a key.
    fn get(&self, key: &str) -> Result<Option<Typed>, Fault>;

    /// Stores a value, over one that is there.
    fn put(&self, key: &str, value: Typed) -> Result<(), Fault>;

    /// Stores a value unless the key has one; whether it was stored.
    fn add(&self, key: &str, value: Typed) -> Result<bool, Fault>;

    /// Removes a value; whether there was one.
    fn remove(&self, key: &str) -> Result<bool, Fault>;

    /// Removes everything.
    fn clear(&self) -> Result<(), Fault>;

    /// Everything, the oldest first.
    fn entries(&self) -> Result<Vec<(String, Typed)>, Fault>;
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

/// A store in memory.
pub struct MemoryStore {
    limits: Limits,
    state: Mutex<State>,
}

struct State {
    entries: IndexMap<String, Entry>,
    looked: Instant,
}

struct Entry {
    value: Typed,
    stored: Instant,
}

impl MemoryStore {
    /// An empty store.
    pub fn new(limits: Limits) -> Self {
        Self { limits, state: Mutex::new(State { entries: IndexMap::new(), looked: Instant::now() }) }
    }

    /// What is there, after what has outlived its time is gone. More values than there may be stay until the next look,
    /// as in the reference (mule `MonitoredObjectStoreWrapper`).
    fn state(&self) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if let Some(time_to_live) = self.limits.time_to_live {
            state.forget_first(|entry| now.duration_since(entry.stored) >= time_to_live);
        }
        if now.duration_since(state.looked) >= self.limits.interval {
            state.looked = now;
            let surplus = self.limits.max_entries.map_or(0, |most| state.entries.len().saturating_sub(most));
            state.entries.drain(..surplus);
        }
        state
    }
}

impl State {
    /// Removes the oldest entries for as long as they are out of date: entries stand in the order they were stored.
    fn forget_first(&mut self, is_old: impl Fn(&Entry) -> bool) {
        let old = self.entries.values().take_while(|entry| is_old(entry)).count();
        self.entries.drain(..old);
    }

    fn insert(&mut self, key: &str, value: Typed) {
        self.entries.shift_remove(key);
        self.entries.insert(key.to_string(), Entry { value, stored: Instant::now() });
    }
}

impl Store for MemoryStore {
    fn get(&self, key: &str) -> Result<Option<Typed>, Fault> {
        Ok(self.state().entries.get(key).map(|entry| entry.value.clone()))
    }

    fn put(&self, key: &str, value: Typed) -> Result<(), Fault> {
        self.state().insert(key, value);
        Ok(())
    }

    fn add(&self, key: &str, value: Typed) -> Result<bool, Fault> {
        let mut state = self.state();
        let is_new = !state.entries.contains_key(key);
        if is_new {
            state.insert(key, value);
        }
        Ok(is_new)
    }

    fn remove(&self, key: &str) -> Result<bool, Fault> {
        Ok(self.state().entries.shift_remove(key).is_some())
    }

    fn clear(&self) -> Result<(), Fault> {
        self.state().entries.clear();
        Ok(())
    }

    fn entries(&self) -> Result<Vec<(String, Typed)>, Fault> {
        Ok(self.state().entries.iter().map(|(key, entry)| (key.clone(), entry.value.clone())).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(store: &MemoryStore) -> String {
        let entries = store.entries().unwrap();
        entries.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_value_is_added_once() {
        let store = MemoryStore::new(Limits::default());
        let added: Vec<_> = ["a", "b", "a"].map(|key| store.add(key, Typed::literal(key)).unwrap()).to_vec();
        assert_eq!(added, [true, true, false]);
        assert!(store.remove("a").unwrap() && !store.remove("a").unwrap());
        assert_eq!(keys(&store), "b");
    }

    #[test]
    fn the_oldest_go_first_when_the_store_looks() {
        let limits = Limits { max_entries: Some(2), interval: Duration::from_millis(20), ..Limits::default() };
        let store = MemoryStore::new(limits);
        for key in ["a", "b", "c", "a"] {
            store.put(key, Typed::null()).unwrap();
        }
        assert_eq!(keys(&store), "b c a");
        std::thread::sleep(Duration::from_millis(25));
        assert_eq!(keys(&store), "c a");
    }

    #[test]
    fn values_outlive_their_time_for_nobody() {
        let limits = Limits { time_to_live: Some(Duration::from_millis(20)), ..Limits::default() };
        let store = MemoryStore::new(limits);
        store.put("a", Typed::null()).unwrap();
        assert!(store.get("a").unwrap().is_some());
        std::thread::sleep(Duration::from_millis(25));
        assert!(store.get("a").unwrap().is_none());
    }
}
