//! Where user modules come from: folders, and texts given by the embedding program.

use super::resource::{inside, with_slashes};
use crate::text::Source;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The module files and resources that scripts have read; clones share one list.
#[derive(Clone, Debug, Default)]
pub struct Files(Arc<Mutex<BTreeSet<PathBuf>>>);

impl Files {
    /// Those read so far, sorted.
    pub fn list(&self) -> Vec<PathBuf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn add(&self, path: &Path) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_path_buf());
    }
}

/// Modules by name, looked up in memory first, then in the folders in order.
#[derive(Clone, Debug, Default)]
pub struct Modules {
    folders: Vec<PathBuf>,
    texts: Vec<(String, Arc<Source>)>,
    read: Option<Files>,
}

impl Modules {
    /// Adds a folder: `a::b::C` is `a/b/C.dwl` in it.
    pub fn folder(&mut self, folder: PathBuf) {
        self.folders.push(folder);
    }

    /// Adds a module's text under its name `a::b::C`.
    pub fn text(&mut self, name: &str, text: &str) {
        self.texts.push((name.to_string(), Source::new(name, text)));
    }

    /// Keeps a list of the files that are read.
    pub fn list_files(&mut self, files: &Files) {
        self.read = Some(files.clone());
    }

    /// Puts a file on the list, if one is kept.
    pub fn note(&self, path: &Path) {
        if let Some(files) = &self.read {
            files.add(path);
        }
    }

    /// The file of this relative path in the first folder that has it.
    pub fn resource(&self, path: &str) -> Option<PathBuf> {
        with_slashes(path, |path| self.folders.iter().find_map(|folder| inside(folder, path)))
    }

    /// The names of the modules in memory and in the folders, as far as a person would look for them.
    pub fn names(&self) -> Vec<String> {
        const MOST: usize = 500;
        let mut names: Vec<String> = self.texts.iter().map(|(name, _)| name.clone()).collect();
        let mut folders: Vec<(PathBuf, String)> = self.folders.iter().map(|f| (f.clone(), String::new())).collect();
        while let Some((folder, prefix)) = folders.pop().filter(|_| names.len() < MOST) {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
                match name.strip_suffix(".dwl") {
                    Some(module) => names.push(format!("{prefix}{module}")),
                    None if path.is_dir() && !name.starts_with('.') => {
                        folders.push((path, format!("{prefix}{name}::")))
                    }
                    None => {}
                }
            }
        }
        names.sort_unstable();
        names
    }

    /// The module of this name (`a::b::C`), if there is one.
    pub fn find(&self, name: &str) -> Option<Arc<Source>> {
        if let Some((_, source)) = self.texts.iter().find(|(n, _)| n == name) {
            return Some(source.clone());
        }
        let file = name.replace("::", "/") + ".dwl";
        self.folders.iter().map(|folder| folder.join(&file)).find_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            self.note(&path);
            Some(Source::new(path.display().to_string(), text))
        })
    }
}
