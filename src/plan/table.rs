//! An append-only table: filled while planning under a lock, read by running scripts without one.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

const CHUNK: usize = 128;
const CHUNKS: usize = 256;

type Chunk<T> = Box<[OnceLock<T>]>;

/// Items by number, at a stable address.
pub(crate) struct Table<T> {
    chunks: Box<[OnceLock<Chunk<T>>]>,
    len: AtomicU32,
}

impl<T> Table<T> {
    /// An empty table.
    pub(crate) fn new() -> Self {
        Self { chunks: (0..CHUNKS).map(|_| OnceLock::new()).collect(), len: AtomicU32::new(0) }
    }

    /// A number for an item that is set later; `None` when the table is full.
    pub(crate) fn reserve(&self) -> Option<u32> {
        let id = self.len.fetch_add(1, Ordering::Relaxed);
        ((id as usize) < CHUNK * CHUNKS).then_some(id)
    }

    /// Sets a reserved item; a second item for the same number is dropped.
    pub(crate) fn set(&self, id: u32, item: T) {
        let (chunk, place) = (id as usize / CHUNK, id as usize % CHUNK);
        if let Some(chunk) = self.chunks.get(chunk) {
            let items = chunk.get_or_init(|| (0..CHUNK).map(|_| OnceLock::new()).collect());
            // Only the planner that reserved the number sets it, so there is never another item to lose.
            let _ = items[place].set(item);
        }
    }

    /// The item of this number, once it is set.
    pub(crate) fn get(&self, id: u32) -> Option<&T> {
        self.chunks.get(id as usize / CHUNK)?.get()?.get(id as usize % CHUNK)?.get()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_items_by_number() {
        let table = Table::new();
        let ids: Vec<u32> = (0..1000).filter_map(|_| table.reserve()).collect();
        for id in &ids {
            table.set(*id, id * 2);
        }
        assert_eq!(table.get(999), Some(&1998));
        assert_eq!(table.get(1000), None);
    }
}
