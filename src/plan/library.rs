//! The standard library: embedded module texts, each declaration parsed and planned when first referenced.

use super::context::Natives;
use super::function::FunctionSet;
use super::table::Table;
use std::fmt;

/// The library's modules: name and text.
static TEXTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/stdlib.rs"));

/// The standard library, shared by all plans made against it.
pub struct Library {
    sets: Table<FunctionSet>,
    natives: Box<dyn Natives>,
}

impl Library {
    /// A library whose `native("key")` bodies are found in this table.
    pub fn new(natives: impl Natives + 'static) -> Self {
        Self { sets: Table::new(), natives: Box::new(natives) }
    }

    /// The names of its modules.
    pub fn modules(&self) -> impl Iterator<Item = &'static str> {
        TEXTS.iter().map(|(name, _)| *name)
    }

    /// The text of a module.
    pub fn text(&self, module: &str) -> Option<&'static str> {
        TEXTS.iter().find(|(name, _)| *name == module).map(|(_, text)| *text)
    }

    /// A planned set of overloads.
    pub(super) fn set(&self, id: u32) -> Option<&FunctionSet> {
        self.sets.get(id)
    }
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Library")
    }
}
