//! The locks of a store's folder: who runs the instances, and whether somebody loads some.

use super::Engine;
use crate::diag::{Code, Fault};
use crate::flow::batch::store::{Status, Store, Which};
use std::fs::{File, OpenOptions, TryLockError};
use std::sync::PoisonError;

impl Engine {
    /// Throws away what was left half loaded, if nobody loads.
    pub(super) async fn clean(&self, store: &dyn Store) -> Result<(), Fault> {
        let lock = self.lock_file("batch.loading")?;
        if lock.try_lock().is_ok() {
            let half =
                store.instances(Which::Unfinished)?.into_iter().filter(|instance| instance.status == Status::Loading);
            let half: Vec<_> = half.map(|instance| instance.key).collect();
            if !half.is_empty() {
                store.remove(half).await?;
            }
        }
        Ok(())
    }

    /// Marks that somebody loads, until the mark is dropped.
    pub(in crate::flow::batch) fn loading(&self) -> Result<File, Fault> {
        let lock = self.lock_file("batch.loading")?;
        lock.lock_shared().map_err(|e| self.refused(&e))?;
        Ok(lock)
    }

    fn lock_file(&self, name: &str) -> Result<File, Fault> {
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(self.folder.join(name));
        opened.map_err(|e| self.refused(&e))
    }

    fn refused(&self, error: &std::io::Error) -> Fault {
        Fault::new(Code::Io, format!("cannot lock the batch store in {}: {error}", self.folder.display()))
    }

    /// Whether this process runs the instances; it does from now on if nobody else does.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn is_runner(&self) -> Result<bool, Fault> {
        let mut runner = self.runner.lock().unwrap_or_else(PoisonError::into_inner);
        if runner.is_none() {
            let lock = self.lock_file("batch.lock")?;
            match lock.try_lock() {
                Ok(()) => *runner = Some(lock),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(e)) => return Err(self.refused(&e)),
            }
        }
        Ok(runner.is_some())
    }
}
