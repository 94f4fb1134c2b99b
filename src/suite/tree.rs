//! The files and folders among which suites are looked for.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Folders that hold results or other people's code.
const PASSED_BY: [&str; 2] = ["target", "node_modules"];

/// The files and folders below the paths that were given, sorted.
#[derive(Debug, Default)]
pub struct Tree {
    /// Every folder, those that were given included.
    pub folders: Vec<PathBuf>,
    /// Every file.
    pub files: Vec<PathBuf>,
}

impl Tree {
    /// Walks the paths. Below a folder, hidden folders, `target`, `node_modules` and `src/main` are passed by.
    pub fn walk(paths: &[PathBuf]) -> io::Result<Self> {
        let mut tree = Tree::default();
        for path in paths {
            let found = fs::metadata(path).map_err(|e| io::Error::new(e.kind(), format!("{}: {e}", path.display())))?;
            match found.is_dir() {
                true => tree.add_folder(path)?,
                false => tree.files.push(path.clone()),
            }
        }
        tree.folders.sort();
        tree.folders.dedup();
        tree.files.sort();
        tree.files.dedup();
        Ok(tree)
    }

    fn add_folder(&mut self, folder: &Path) -> io::Result<()> {
        let mut folders = vec![folder.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder)? {
                let entry = entry?;
                let path = tidy(entry.path());
                // A link to a folder is not followed: it could lead round in a circle.
                let kind = entry.file_type()?;
                if kind.is_dir() && !is_passed_by(&path) {
                    folders.push(path);
                } else if path.is_file() {
                    self.files.push(path);
                }
            }
            self.folders.push(folder);
        }
        Ok(())
    }
}

/// Without the `./` in front that a walk from the current folder gives.
fn tidy(path: PathBuf) -> PathBuf {
    path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path)
}

fn is_passed_by(folder: &Path) -> bool {
    let name = folder.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with('.') || PASSED_BY.contains(&&*name) || folder.ends_with("src/main")
}
