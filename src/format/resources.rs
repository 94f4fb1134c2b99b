//! The files that properties of readers and writers name, such as schemas.

use crate::diag::{Code, Fault};
use std::fmt;
use std::sync::Arc;

type Load = dyn Fn(&str) -> Result<Arc<[u8]>, Fault> + Send + Sync;

/// Loads files for formats; who runs the script decides which ones it may have.
#[derive(Clone)]
pub struct Resources(Arc<Load>);

impl Resources {
    /// Resources that are loaded like this.
    pub fn new(load: impl Fn(&str) -> Result<Arc<[u8]>, Fault> + Send + Sync + 'static) -> Self {
        Self(Arc::new(load))
    }

    /// The bytes of a file.
    pub fn load(&self, path: &str) -> Result<Arc<[u8]>, Fault> {
        (self.0)(path)
    }
}

impl Default for Resources {
    /// No files at all.
    fn default() -> Self {
        Self::new(|path| Err(Fault::new(Code::Privilege, format!("formats may not load `{path}` here"))))
    }
}

impl fmt::Debug for Resources {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Resources")
    }
}
