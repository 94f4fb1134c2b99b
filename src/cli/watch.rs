//! Waits for changes of files: `--watch`.

use super::Failure;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

/// A saved file often makes several events; they count as one change when they come within this time.
const SETTLED: Duration = Duration::from_millis(60);

/// Watches folders, each without the folders in it.
pub struct Watch {
    watcher: RecommendedWatcher,
    changes: Receiver<PathBuf>,
    folders: BTreeSet<PathBuf>,
}

impl Watch {
    /// A watch of nothing yet.
    pub fn new() -> Result<Self, Failure> {
        let (sender, changes) = mpsc::channel();
        let watcher = notify::recommended_watcher(move |event: notify::Result<Event>| {
            let Ok(event) = event else { return };
            if !event.kind.is_access() {
                // Nobody waits any more once the receiver is gone.
                event.paths.into_iter().for_each(|path| drop(sender.send(path)));
            }
        });
        let watcher = watcher.map_err(|e| Failure::Plain(format!("cannot watch files: {e}")))?;
        Ok(Self { watcher, changes, folders: BTreeSet::new() })
    }

    /// Watches these files and folders, too. A file is watched through its folder, since editors replace files.
    pub fn add<'p>(&mut self, paths: impl IntoIterator<Item = &'p Path>) {
        for path in paths {
            let path = full(path);
            let folder = if path.is_dir() { path } else { path.parent().map(Path::to_path_buf).unwrap_or_default() };
            // A folder that went away meanwhile is noticed through the one above it.
            if !self.folders.contains(&folder) && self.watcher.watch(&folder, RecursiveMode::NonRecursive).is_ok() {
                self.folders.insert(folder);
            }
        }
    }

    /// Waits for changes and gives the full paths of what changed, once it has come to rest.
    pub fn wait(&self) -> BTreeSet<PathBuf> {
        let mut changed: BTreeSet<PathBuf> = self.changes.recv().into_iter().collect();
        while let Ok(more) = self.changes.recv_timeout(SETTLED) {
            changed.insert(more);
        }
        changed
    }
}

/// The path from the root on without links, also of a file that is gone.
pub fn full(path: &Path) -> PathBuf {
    let resolved = |path: &Path| path.canonicalize().ok();
    let of_folder = || {
        let folder = path.parent().map(|p| if p.as_os_str().is_empty() { Path::new(".") } else { p })?;
        Some(resolved(folder)?.join(path.file_name()?))
    };
    resolved(path).or_else(of_folder).unwrap_or_else(|| path.to_path_buf())
}
