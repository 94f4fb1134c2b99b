//! What all evaluation of one script run shares: the outer world, the natives, the limits.

use super::{Host, NativeTable};
use crate::diag::{Code, Fault};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// How deep calls may nest unless the run says otherwise.
const MAX_STACK: usize = 10_000;

/// What all evaluation of one script run shares.
pub struct Run {
    /// The outer world.
    pub host: Arc<dyn Host>,
    /// The native bodies, in the order the library was made with.
    pub natives: Arc<NativeTable>,
    /// Set by the run's owner to end it early.
    pub interrupt: Arc<AtomicBool>,
    /// How deep calls may nest.
    pub max_stack: usize,
    /// When the time given to the script is over.
    pub deadline: Option<Instant>,
}

impl Run {
    /// A run without limits on time.
    pub fn new(host: Arc<dyn Host>, natives: Arc<NativeTable>) -> Self {
        Self { host, natives, interrupt: Arc::default(), max_stack: MAX_STACK, deadline: None }
    }

    /// Fails if the run was interrupted or its time is over. Takes some 30 ns; loops ask every thousandth step.
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
