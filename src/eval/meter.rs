//! Limits on what a script may use: depth of calls, stack, time.

use super::Run;
use crate::diag::{Code, Fault};
use std::cell::Cell;

/// How many steps pass between two looks at the clock; a power of two.
const STEPS_PER_CHECK: u32 = 64;

thread_local! {
    static CALLS: Cell<u32> = const { Cell::new(0) };
    static STEPS: Cell<u32> = const { Cell::new(0) };
}

/// A call under way; dropping it ends the call.
pub(super) struct Call(());

impl Call {
    /// Counts a call in.
    ///
    /// # Errors
    /// Too many nested calls, the end of the time, an interrupt.
    pub fn enter(run: &Run) -> Result<Call, Fault> {
        let calls = CALLS.get();
        if calls as usize >= run.max_stack {
            return Err(too_many(run.max_stack));
        }
        step(run)?;
        CALLS.set(calls + 1);
        Ok(Call(()))
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        CALLS.set(CALLS.get() - 1);
    }
}

/// Counts a step of a loop, and looks at the clock now and then.
pub(super) fn step(run: &Run) -> Result<(), Fault> {
    let steps = STEPS.get().wrapping_add(1);
    STEPS.set(steps);
    if steps.is_multiple_of(STEPS_PER_CHECK) { run.watch.check() } else { Ok(()) }
}

/// Runs a function whose nodes nest this deep with enough stack, growing the stack where it runs short.
pub(super) fn with_stack<R>(depth: usize, run: impl FnOnce() -> R) -> R {
    /// For natives, writers and everything else that runs before the next check.
    const BASE: usize = 128 * 1024;
    const PER_NODE: usize = if cfg!(debug_assertions) { 8 * 1024 } else { 1024 };
    const SEGMENT: usize = 4 * 1024 * 1024;
    let needed = BASE + depth * PER_NODE;
    stacker::maybe_grow(needed, SEGMENT.max(2 * needed), run)
}

#[cold]
fn too_many(most: usize) -> Fault {
    Fault::new(Code::StackOverflow, format!("more than {most} calls are nested"))
        .help("check that the recursion ends; a call that is the last act of its function does not count")
}
