//! Where user modules come from: folders, and texts given by the embedding program.

use super::resource::inside;
use crate::text::Source;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

/// Modules by name, looked up in memory first, then in the folders in order.
#[derive(Clone, Debug, Default)]
pub struct Modules {
    folders: Vec<PathBuf>,
    texts: Vec<(String, Arc<Source>)>,
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

    /// The file of this relative path in the first folder that has it.
    pub fn resource(&self, path: &str) -> Option<PathBuf> {
        self.folders.iter().find_map(|folder| inside(folder, path))
    }

    /// The module of this name (`a::b::C`), if there is one.
    pub fn find(&self, name: &str) -> Option<Arc<Source>> {
        if let Some((_, source)) = self.texts.iter().find(|(n, _)| n == name) {
            return Some(source.clone());
        }
        let file = name.replace("::", "/") + ".dwl";
        self.folders.iter().map(|folder| folder.join(&file)).find_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            Some(Source::new(path.display().to_string(), text))
        })
    }
}
