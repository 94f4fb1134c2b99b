//! Ranges: `a to b`, computed item by item.

use super::Number;
use crate::diag::Fault;

/// From a start towards an end in steps of one, both included; downwards if the end is less.
#[derive(Clone, Debug)]
pub struct Range {
    start: Number,
    end: Number,
    descending: bool,
    len: u64,
}

impl Range {
    /// The range between two bounds. Fails for bounds of excessive length, see [`Number::subtract`].
    pub fn new(start: Number, end: Number) -> Result<Self, Fault> {
        let descending = end < start;
        let distance = if descending { start.subtract(&end)? } else { end.subtract(&start)? };
        let len = distance.floor()?.to_u64().map_or(u64::MAX, |n| n.saturating_add(1));
        Ok(Self { start, end, descending, len })
    }

    /// The first item.
    pub fn start(&self) -> &Number {
        &self.start
    }

    /// The bound.
    pub fn end(&self) -> &Number {
        &self.end
    }

    /// The item at this position.
    pub fn get(&self, index: u64) -> Option<Number> {
        if index >= self.len {
            return None;
        }
        let step = i64::try_from(index).ok()?;
        self.start.add(&Number::Int(if self.descending { -step } else { step })).ok()
    }

    /// How many items there are; at least one.
    #[expect(clippy::len_without_is_empty, reason = "a range is never empty")]
    pub fn len(&self) -> u64 {
        self.len
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_up_and_down() {
        let cases: [(&str, &str, &[&str]); 5] = [
            ("1", "3", &["1", "2", "3"]),
            ("3", "1", &["3", "2", "1"]),
            ("0.5", "3", &["0.5", "1.5", "2.5"]),
            ("1", "3.9", &["1", "2", "3"]),
            ("0", "-1", &["0", "-1"]),
        ];
        for (start, end, expected) in cases {
            let range = Range::new(Number::parse(start).unwrap(), Number::parse(end).unwrap()).unwrap();
            let items: Vec<_> = (0..range.len()).filter_map(|i| range.get(i)).map(|n| n.to_string()).collect();
            assert_eq!(items, expected, "{start} to {end}");
            assert!(range.get(range.len()).is_none());
        }
    }
}
