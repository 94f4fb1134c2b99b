//! What operations, matchers and listeners need of a file system, be it of this machine or of a server.

use super::attributes::Attributes;
use super::lock::Lock;
use super::problem::Problem;
use crate::flow::event::{Error, Event, Message, Octets, Typed};
use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// In place of what is there.
    Overwrite,
    /// Behind what is there.
    Append,
    /// Where nothing is there.
    CreateNew,
}

/// A file system. Its methods wait, for the disk or for a server: they are for threads that may.
pub trait FileSystem: Send + Sync {
    /// The prefix of the connector's elements; in capitals, the namespace of its errors.
    fn connector(&self) -> &'static str;

    /// The full path of a path in the folder that an element names, whether or not there is something.
    ///
    /// # Errors
    /// An empty path, or one that leads out of the folder.
    fn path(&self, text: &str) -> Result<PathBuf, Problem>;

    /// What is at a path.
    ///
    /// # Errors
    /// It may not be looked at.
    fn find(&self, path: &Path) -> Result<Option<Attributes>, Problem>;

    /// What is in a folder, in any order.
    ///
    /// # Errors
    /// It may not be looked into.
    fn entries(&self, folder: &Path) -> Result<Vec<Attributes>, Problem>;

    /// The attributes of a file's message.
    fn describe(&self, file: &Attributes) -> Typed;

    /// The message of a file in a list.
    ///
    /// # Errors
    /// Content that may not be read.
    fn listed(&self, file: &Attributes) -> Result<Message, Problem>;

    /// Whether a folder stands before what is in it when it is listed with that.
    fn lists_folders_first(&self) -> bool;

    /// The content of a file.
    ///
    /// # Errors
    /// A file that may not be read, or that somebody else has locked.
    fn read(&self, file: &Attributes, lock: Lock) -> Result<Typed, Problem>;

    /// Writes a file into a folder that is there.
    ///
    /// # Errors
    /// A file that may not be written, or that somebody else has locked.
    fn write(&self, path: &Path, content: Octets, mode: Mode, lock: Lock) -> Result<(), Problem>;

    /// Copies one file in place of what is there.
    ///
    /// # Errors
    /// A file that may not be read, or not be written.
    fn copy_file(&self, source: &Path, target: &Path) -> Result<(), Problem>;

    /// Moves a file or a folder in place of what is there.
    ///
    /// # Errors
    /// What the system refuses.
    fn rename(&self, source: &Attributes, target: &Path) -> Result<(), Problem>;

    /// Deletes a file, or a folder with all that is in it.
    ///
    /// # Errors
    /// What the system refuses.
    fn remove(&self, file: &Attributes) -> Result<(), Problem>;

    /// Creates a folder and those around it that are missing.
    ///
    /// # Errors
    /// What the system refuses.
    fn create_folders(&self, path: &Path) -> Result<(), Problem>;
}

/// Copies a file, or a folder with all that is in it.
///
/// # Errors
/// What the system refuses.
pub fn copy(system: &dyn FileSystem, source: &Attributes, target: &Path) -> Result<(), Problem> {
    if !source.is_folder() {
        return system.copy_file(&source.path, target);
    }
    system.create_folders(target)?;
    for entry in system.entries(&source.path)? {
        copy(system, &entry, &target.join(entry.name()))?;
    }
    Ok(())
}

/// The files that an element works with.
#[derive(Clone)]
pub struct Folder(Arc<dyn FileSystem>);

impl Folder {
    /// The folder that paths begin in.
    pub fn new(system: Arc<dyn FileSystem>) -> Self {
        Self(system)
    }

    /// What is known of something that is there.
    ///
    /// # Errors
    /// `ILLEGAL_PATH` where there is nothing.
    pub fn existing(&self, text: &str) -> Result<Attributes, Problem> {
        let path = self.path(text)?;
        self.find(&path)?.ok_or_else(|| Problem::path(format!("Path '{}' doesn't exist", path.display())))
    }

    /// Does work with files on a thread of its own.
    ///
    /// # Errors
    /// What the work fails with.
    pub async fn work<T: Send + 'static>(
        &self,
        event: &Event,
        work: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Error> {
        self.apart(work).await.map_err(|problem| problem.error(event, self.connector()))
    }

    /// The same where there is no event.
    ///
    /// # Errors
    /// What the work fails with.
    pub async fn apart<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let folder = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&folder)).await;
        done.unwrap_or_else(|cut| Err(Problem::unknown(format!("the work with files was cut off: {cut}"))))
    }
}

impl Deref for Folder {
    type Target = dyn FileSystem;

    fn deref(&self) -> &Self::Target {
        &*self.0
    }
}
