//! What tests log: each suite has threads of its own, and what is logged on them belongs to the test that runs.

use std::cell::RefCell;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

thread_local! {
    /// Where the lines of this thread go.
    static HERE: RefCell<Option<Output>> = const { RefCell::new(None) };
}

/// What the test that runs has logged; the log of the program writes into that of its thread.
#[derive(Clone, Default)]
pub struct Output(Arc<Mutex<Vec<u8>>>);

/// Bytes kept of one test's log.
const MOST: usize = 64 << 10;

impl Output {
    /// Takes what is logged on this thread from now on.
    pub(super) fn listen(&self) {
        HERE.with(|here| here.replace(Some(self.clone())));
    }

    /// Takes what was logged so far.
    pub(super) fn take(&self) -> String {
        let bytes = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// A writer for the log of the whole program.
    pub fn writer() -> impl io::Write {
        Here
    }
}

/// Writes to the output of the thread; nowhere on other threads.
struct Here;

impl io::Write for Here {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        HERE.with(|here| {
            if let Some(Output(lines)) = &*here.borrow() {
                let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
                let room = MOST.saturating_sub(lines.len());
                lines.extend_from_slice(&bytes[..bytes.len().min(room)]);
            }
        });
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
