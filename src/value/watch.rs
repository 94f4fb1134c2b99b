//! When a run has to end: what may go on for very long asks here now and then.

use crate::diag::{Code, Fault};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// The end of a run, as its owner sets it.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// Set by the run's owner to end it early.
    pub interrupt: Arc<AtomicBool>,
    /// When the time given to the script is over.
    pub deadline: Option<Instant>,
}

impl Watch {
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
