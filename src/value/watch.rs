//! When a run has to end: what may go on for very long, such as loops over ranges and walks over values, asks here.

use crate::diag::{Code, Fault};
use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// How many steps pass between two looks at the clock; a power of two.
const STEPS_PER_CHECK: u32 = 1024;

thread_local! {
    static CURRENT: RefCell<Option<Arc<Watch>>> = const { RefCell::new(None) };
    static STEPS: Cell<u32> = const { Cell::new(0) };
}

/// The end of a run, as its owner sets it.
#[derive(Debug, Default)]
pub struct Watch {
    /// Set by the run's owner to end it early.
    pub interrupt: Arc<AtomicBool>,
    /// When the time given to the script is over.
    pub deadline: Option<Instant>,
}

/// Makes a watch the one that [`step`] asks on this thread; dropping it brings the one before back.
#[must_use]
pub struct Watching(Option<Arc<Watch>>);

impl Watch {
    /// Watches what happens on this thread until the result is dropped.
    pub fn here(self: &Arc<Self>) -> Watching {
        Watching(CURRENT.replace(Some(self.clone())))
    }

    /// Fails if the run was interrupted or its time is over. Takes some 30 ns; loops ask every thousandth step.
    ///
    /// # Errors
    /// [`Code::Interrupted`] and [`Code::TimeOut`].
    pub fn check(&self) -> Result<(), Fault> {
        if self.interrupt.load(Ordering::Relaxed) {
            return Err(Fault::new(Code::Interrupted, "the evaluation was interrupted"));
        }
        match self.deadline {
            Some(deadline) if Instant::now() >= deadline => {
                let fault = Fault::new(Code::TimeOut, "the time given to the script is over");
                Err(fault.help("raise the time limit, or look for a loop that does not end"))
            }
            _ => Ok(()),
        }
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        CURRENT.set(self.0.take());
    }
}

/// Counts a step of a loop or a walk, and asks the run's watch now and then.
///
/// # Errors
/// Those of [`Watch::check`].
pub fn step() -> Result<(), Fault> {
    let steps = STEPS.get().wrapping_add(1);
    STEPS.set(steps);
    if steps.is_multiple_of(STEPS_PER_CHECK) { look() } else { Ok(()) }
}

#[cold]
fn look() -> Result<(), Fault> {
    CURRENT.with_borrow(|watch| watch.as_ref().map_or(Ok(()), |watch| watch.check()))
}
