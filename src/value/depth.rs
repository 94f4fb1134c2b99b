//! Nesting of data: one limit for everything that descends into values, and the stack it needs.

use super::watch;
use crate::diag::{Code, Fault};
use std::cell::Cell;

/// How deep arrays and objects may nest. Readers refuse more; so does every walk over a value.
pub const MAX_DEPTH: usize = 2_000;

/// The fault for data beyond [`MAX_DEPTH`].
fn too_deep() -> Fault {
    Fault::new(Code::Limit, format!("data is nested more than {MAX_DEPTH} levels deep"))
        .help("check for a value that contains itself level by level; no known format needs this depth")
}

/// Checks one level of descent; pass the depth on, plus one. Each counts as a step of the run: what is shared may be
/// walked more often than there is time.
pub fn check(depth: usize) -> Result<(), Fault> {
    watch::step()?;
    if depth > MAX_DEPTH { Err(too_deep()) } else { Ok(()) }
}

/// Runs `f`, which may come to call this again and again: for sequences that are made from each other without end.
///
/// # Errors
/// Those of `f`, and too many calls inside of each other.
pub fn nested<R>(f: impl FnOnce() -> Result<R, Fault>) -> Result<R, Fault> {
    thread_local! {
        static LEVEL: Cell<usize> = const { Cell::new(0) };
    }
    let level = LEVEL.get();
    check(level)?;
    LEVEL.set(level + 1);
    let result = with_stack(f);
    LEVEL.set(level);
    result
}

/// Runs `f` with enough stack for another level of recursion, growing the stack where it runs short.
pub fn with_stack<R>(f: impl FnOnce() -> R) -> R {
    const RED_ZONE: usize = 128 * 1024;
    const SEGMENT: usize = 4 * 1024 * 1024;
    stacker::maybe_grow(RED_ZONE, SEGMENT, f)
}
