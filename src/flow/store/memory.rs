//! A store in memory.

use super::{Answer, Limits, Store};
use crate::flow::event::Typed;
use futures_util::future;
use indexmap::IndexMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Instant;

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
    fn get<'a>(&'a self, key: &'a str) -> Answer<'a, Option<Typed>> {
        done(self.state().entries.get(key).map(|entry| entry.value.clone()))
    }

    fn put<'a>(&'a self, key: &'a str, value: Typed) -> Answer<'a, ()> {
        self.state().insert(key, value);
        done(())
    }

    fn add<'a>(&'a self, key: &'a str, value: Typed) -> Answer<'a, bool> {
        let mut state = self.state();
        let is_new = !state.entries.contains_key(key);
        if is_new {
            state.insert(key, value);
        }
        done(is_new)
    }

    fn remove<'a>(&'a self, key: &'a str) -> Answer<'a, bool> {
        done(self.state().entries.shift_remove(key).is_some())
    }

    fn clear(&self) -> Answer<'_, ()> {
        self.state().entries.clear();
        done(())
    }

    fn entries(&self) -> Answer<'_, Vec<(String, Typed)>> {
        done(self.state().entries.iter().map(|(key, entry)| (key.clone(), entry.value.clone())).collect())
    }
}

fn done<'a, T: Send + 'a>(result: T) -> Answer<'a, T> {
    Box::pin(future::ready(Ok(result)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    async fn keys(store: &MemoryStore) -> String {
        let entries = store.entries().await.unwrap();
        entries.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[tokio::test]
    async fn a_value_is_added_once() {
        let store = MemoryStore::new(Limits::default());
        for (key, is_new) in [("a", true), ("b", true), ("a", false)] {
            assert_eq!(store.add(key, Typed::literal(key)).await.unwrap(), is_new);
        }
        assert!(store.remove("a").await.unwrap() && !store.remove("a").await.unwrap());
        assert_eq!(keys(&store).await, "b");
    }

    #[tokio::test]
    async fn the_oldest_go_first_when_the_store_looks() {
        let limits = Limits { max_entries: Some(2), interval: Duration::from_millis(20), ..Limits::default() };
        let store = MemoryStore::new(limits);
        for key in ["a", "b", "c", "a"] {
            store.put(key, Typed::null()).await.unwrap();
        }
        assert_eq!(keys(&store).await, "b c a");
        tokio::time::sleep(Duration::from_millis(25)).await;
        assert_eq!(keys(&store).await, "c a");
    }

    #[tokio::test]
    async fn values_outlive_their_time_for_nobody() {
        let limits = Limits { time_to_live: Some(Duration::from_millis(20)), ..Limits::default() };
        let store = MemoryStore::new(limits);
        store.put("a", Typed::null()).await.unwrap();
        assert!(store.get("a").await.unwrap().is_some());
        tokio::time::sleep(Duration::from_millis(25)).await;
        assert!(store.get("a").await.unwrap().is_none());
    }
}
