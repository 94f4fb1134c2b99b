//! Ranges: `a to b`, computed item by item.

use super::Number;

/// From `start` towards `end` in steps of one, both included; downwards if `end` is less.
#[derive(Clone, Debug)]
pub struct Range {
    /// The first item.
    pub start: Number,
    /// The bound.
    pub end: Number,
}

impl Range {
    /// The item at this position.
    pub fn get(&self, index: u64) -> Option<Number> {
        if index >= self.len() {
            return None;
        }
        let step = i64::try_from(index).ok()?;
        let step = if self.is_descending() { -step } else { step };
        Some(self.start.add(&Number::Int(step)))
    }

    /// How many items there are.
    pub fn len(&self) -> u64 {
        let distance =
            if self.is_descending() { self.start.subtract(&self.end) } else { self.end.subtract(&self.start) };
        distance.floor().to_u64().map_or(u64::MAX, |n| n.saturating_add(1))
    }

    /// Never: a range has at least its start.
    pub fn is_empty(&self) -> bool {
        false
    }

    fn is_descending(&self) -> bool {
        self.end < self.start
    }
}
