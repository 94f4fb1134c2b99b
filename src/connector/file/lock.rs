//! Locks on files, against other processes that lock them as well.

use super::problem::Problem;
use std::fs::{File, TryLockError};
use std::path::Path;

/// How a file is locked while it is worked on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lock {
    /// Not at all.
    None,
    /// Together with others who read.
    Shared,
    /// Alone.
    Exclusive,
}

impl Lock {
    /// Locks an open file until it is closed.
    ///
    /// # Errors
    /// `FILE_LOCK` where somebody else has locked it.
    pub fn take(self, file: &File, path: &Path) -> Result<(), Problem> {
        let locked = match self {
            Lock::None => return Ok(()),
            Lock::Shared => file.try_lock_shared(),
            Lock::Exclusive => file.try_lock(),
        };
        locked.map_err(|error| match error {
            TryLockError::WouldBlock => Problem::locked(path),
            TryLockError::Error(e) => Problem::io("lock", path, &e),
        })
    }
}
