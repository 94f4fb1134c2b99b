//! The folders that a suite has while it runs.

use std::path::PathBuf;

/// The folders of a suite that are gone after it.
pub struct Folders {
    root: PathBuf,
}

impl Folders {
    /// Makes them.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn new() -> std::io::Result<Self> {
        let root = std::env::temp_dir().join(format!("dwrun-test-{}-{:08x}", std::process::id(), fastrand::u32(..)));
        let folders = Self { root };
        std::fs::create_dir_all(folders.temporary())?;
        Ok(folders)
    }

    /// `${munit.temporary.directory}`
    pub fn temporary(&self) -> PathBuf {
        self.root.join("tmp")
    }

    /// Where the app keeps its state.
    pub fn state(&self) -> PathBuf {
        self.root.join("state")
    }

    /// Throws away what the tests have left.
    pub fn empty(&self) {
        // A folder that cannot be emptied is no reason to fail a test: the next one sees what is in it.
        let _ = std::fs::remove_dir_all(self.temporary());
        let _ = std::fs::create_dir_all(self.temporary());
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}
