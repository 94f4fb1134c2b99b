//! What a selector remembers of its last hit.

use crate::value::Shape;
use std::sync::atomic::{AtomicU64, Ordering};

/// A shape's id with a position, in one word; racing threads at worst overwrite each other's hit.
#[derive(Debug, Default)]
pub struct Cache(AtomicU64);

impl Cache {
    const POSITION_BITS: u32 = 16;

    /// The position remembered for this shape. A shape only ever grows at its end, so a hit stays right.
    pub fn position(&self, shape: &Shape) -> Option<usize> {
        let word = self.0.load(Ordering::Relaxed);
        let hit = word >> Self::POSITION_BITS == shape.id();
        hit.then_some((word & ((1 << Self::POSITION_BITS) - 1)) as usize)
    }

    /// Remembers a position.
    pub fn remember(&self, shape: &Shape, position: usize) {
        if position < 1 << Self::POSITION_BITS && shape.id() < 1 << (u64::BITS - Self::POSITION_BITS) {
            self.0.store(shape.id() << Self::POSITION_BITS | position as u64, Ordering::Relaxed);
        }
    }
}
