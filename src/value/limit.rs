//! Sizes that are refused, so that a script fails instead of exhausting the memory.

use super::MOST_ITEMS;
use crate::diag::{Code, Fault};

/// The longest text that a script makes, in bytes.
pub const MOST_BYTES: usize = 1 << 28;

/// How far a range is gone through: some twenty seconds of the cheapest work there is.
const MOST_STEPS: u64 = 1_000_000_000;

/// Checks how far a range was gone through, so that `sum(1 to 1E18)` ends.
pub fn steps(taken: u64) -> Result<(), Fault> {
    if taken <= MOST_STEPS {
        return Ok(());
    }
    Err(Fault::new(Code::Limit, format!("a range cannot be gone through for more than {MOST_STEPS} items")))
}

/// Checks the length of a text before it is made.
pub fn text(bytes: usize) -> Result<(), Fault> {
    check(bytes, MOST_BYTES, "a text cannot be longer than", "bytes")
}

/// Checks how many pairs an object is going to have, or how many items are going to be kept.
pub fn items(count: usize) -> Result<(), Fault> {
    check(count, MOST_ITEMS, "no more than", "items can be held at once")
}

fn check(size: usize, most: usize, what: &str, unit: &str) -> Result<(), Fault> {
    if size <= most { Ok(()) } else { Err(Fault::new(Code::Limit, format!("{what} {most} {unit}"))) }
}
