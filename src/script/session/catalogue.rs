//! The library's functions by module, for completion and hints.

use crate::script::doc;

/// A declared name of the library.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub name: String,
    /// As declared, without `fun`, one for each overload.
    pub signatures: Vec<String>,
}

/// The library's modules with their names.
#[derive(Debug)]
pub(super) struct Catalogue {
    modules: Vec<(String, Vec<Known>)>,
}

impl Catalogue {
    /// Reads all reference pages, which takes some milliseconds.
    pub fn of_library() -> Self {
        let known = |entry: doc::Entry| {
            let bare = |signature: &String| signature.strip_prefix("fun ").unwrap_or(signature).to_string();
            Known { signatures: entry.signatures.iter().map(bare).collect(), name: entry.name }
        };
        let pages = doc::modules().into_iter().filter_map(doc::page);
        Self { modules: pages.map(|page| (page.module, page.entries.into_iter().map(known).collect())).collect() }
    }

    /// The names of the modules.
    pub fn modules(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().map(|(name, _)| name.as_str())
    }

    /// What a module declares.
    pub fn of_module(&self, module: &str) -> &[Known] {
        self.modules.iter().find(|(name, _)| name == module).map(|(_, known)| known.as_slice()).unwrap_or_default()
    }

    /// Every name.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.modules.iter().flat_map(|(_, known)| known.iter().map(|k| k.name.as_str()))
    }
}
