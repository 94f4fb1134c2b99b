//! Which files a listener has seen: those up to a time, and those that are being dealt with.

use crate::diag::Fault;
use crate::flow::event::Typed;
use crate::flow::store::Store;
use crate::value::Value;
use std::collections::{BTreeMap, BTreeSet};

/// A time with the files of that very time; everything before it has been seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// In nanoseconds since 1970.
    time: i128,
    paths: BTreeSet<String>,
}

impl Default for Mark {
    /// Nothing has been seen.
    fn default() -> Self {
        Self { time: i128::MIN, paths: BTreeSet::new() }
    }
}

impl Mark {
    /// Whether a file has not been seen.
    fn is_before(&self, time: i128, path: &str) -> bool {
        time > self.time || (time == self.time && !self.paths.contains(path))
    }

    fn advance(&mut self, time: i128, path: String) {
        if time > self.time {
            self.time = time;
            self.paths.clear();
        }
        if time == self.time {
            self.paths.insert(path);
        }
    }

    /// The mark that a store keeps; that of a start without one where there is none.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn load(store: &dyn Store) -> Result<Self, Fault> {
        let Some(kept) = store.get(KEY).await? else { return Ok(Self::default()) };
        let value = kept.read()?;
        let Value::Array(items) = value.bare() else { return Ok(Self::default()) };
        let mut texts = items.force()?.iter().filter_map(Value::as_str);
        let time = texts.next().and_then(|time| time.parse().ok()).unwrap_or(i128::MIN);
        Ok(Self { time, paths: texts.map(str::to_string).collect() })
    }

    /// Keeps the mark.
    ///
    /// # Errors
    /// A store that cannot be written.
    pub async fn save(&self, store: &dyn Store) -> Result<(), Fault> {
        let texts = std::iter::once(self.time.to_string()).chain(self.paths.iter().cloned());
        store.put(KEY, Typed::value(Value::array(texts.map(Value::from).collect()))).await
    }
}

const KEY: &str = "watermark";

/// What a listener has taken and what it is done with. What it takes in order may be done in any order; the mark to keep is
/// that of the files before the first that is not done, so that none is lost when the app is killed.
#[derive(Debug, Default)]
pub struct Progress {
    taken: Mark,
    done: Mark,
    /// Files that were taken and are not behind the mark of those done: whether each is done.
    open: BTreeMap<(i128, String), bool>,
}

impl Progress {
    /// From a mark on.
    pub fn from(mark: Mark) -> Self {
        Self { taken: mark.clone(), done: mark, open: BTreeMap::new() }
    }

    /// Takes a file; `false` for one that was taken before.
    pub fn take(&mut self, time: i128, path: &str) -> bool {
        if !self.taken.is_before(time, path) {
            return false;
        }
        self.taken.advance(time, path.to_string());
        self.open.insert((time, path.to_string()), false);
        true
    }

    /// Notes that a file is done; gives the mark to keep where it has moved.
    pub fn done(&mut self, time: i128, path: &str) -> Option<Mark> {
        *self.open.get_mut(&(time, path.to_string()))? = true;
        let mut moved = false;
        while self.open.first_key_value().is_some_and(|(_, done)| *done) {
            if let Some(((time, path), _)) = self.open.pop_first() {
                self.done.advance(time, path);
                moved = true;
            }
        }
        moved.then(|| self.done.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::store::{Limits, MemoryStore};

    #[test]
    fn files_are_taken_once_and_kept_in_order() {
        let mut progress = Progress::default();
        let taken = [(5, "a"), (5, "b"), (5, "a"), (4, "c"), (6, "d")].map(|(time, path)| progress.take(time, path));
        assert_eq!(taken, [true, true, false, false, true]);
        assert_eq!(progress.done(6, "d"), None);
        assert_eq!(progress.done(5, "b"), None);
        let mark = progress.done(5, "a").unwrap();
        assert_eq!((mark.time, mark.paths.len()), (6, 1));
        assert_eq!(progress.done(9, "z"), None);
    }

    #[tokio::test]
    async fn marks_are_kept() {
        let store = MemoryStore::new(Limits::default());
        assert_eq!(Mark::load(&store).await.unwrap(), Mark::default());
        let mut mark = Mark::default();
        mark.advance(-7, "a".to_string());
        mark.save(&store).await.unwrap();
        assert_eq!(Mark::load(&store).await.unwrap(), mark);
    }
}
