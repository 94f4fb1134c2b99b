//! Where the files of an app are.

use crate::script::with_slashes;
use std::path::{Path, PathBuf};

/// The folders of an app.
#[derive(Clone, Debug, Default)]
pub struct Folders {
    /// The root of the project.
    pub root: PathBuf,
    /// The folders in which files are looked up by name.
    pub resources: Vec<PathBuf>,
}

impl Folders {
    /// A file of the app by its name: among the app's resources, or where the path leads.
    pub fn resource(&self, name: &str) -> Option<PathBuf> {
        let name = name.trim_start_matches("classpath:");
        let inside = name.trim_start_matches('/');
        let found = find(&self.resources, inside);
        found.or_else(|| Some(Path::new(name).to_path_buf()).filter(|path| path.is_file()))
    }

    /// A folder by its path, which begins at the root of the project, as it does for tests that Maven runs, or where the
    /// program was started.
    pub fn folder(&self, path: &str) -> PathBuf {
        let inside = self.root.join(path);
        if inside.is_dir() { inside } else { PathBuf::from(path) }
    }
}

/// The file of this name in the first folder that has it.
pub fn find(folders: &[PathBuf], name: &str) -> Option<PathBuf> {
    with_slashes(name, |name| folders.iter().map(|folder| folder.join(name)).find(|path| path.is_file()))
}
