//! The standard library: embedded module texts, each declaration parsed and planned when first referenced.

use super::unit::Unit;
use crate::plan::context::Natives;
use crate::plan::function::FunctionSet;
use crate::plan::table::Table;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

/// The library's modules: name and text.
static TEXTS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/stdlib.rs"));

/// The standard library, shared by all plans made against it.
pub struct Library {
    natives: Box<dyn Natives>,
    units: Vec<OnceLock<Arc<Unit>>>,
    sets: Table<FunctionSet>,
    planning: Mutex<()>,
}

impl Library {
    /// A library whose `native("key")` bodies are found in this table.
    pub fn new(natives: impl Natives + 'static) -> Self {
        let units = TEXTS.iter().map(|_| OnceLock::new()).collect();
        Self { natives: Box::new(natives), units, sets: Table::new(), planning: Mutex::new(()) }
    }

    /// The names of its modules.
    pub fn modules(&self) -> impl Iterator<Item = &'static str> {
        TEXTS.iter().map(|(name, _)| *name)
    }

    /// The text of a module.
    pub fn text(&self, module: &str) -> Option<&'static str> {
        TEXTS.iter().find(|(name, _)| *name == module).map(|(_, text)| *text)
    }

    /// A module, with its declarations indexed.
    pub(in crate::plan) fn unit(&self, module: &str) -> Option<Arc<Unit>> {
        let position = TEXTS.binary_search_by_key(&module, |(name, _)| name).ok()?;
        let (name, text) = TEXTS[position];
        Some(self.units[position].get_or_init(|| Arc::new(Unit::library(name, text))).clone())
    }

    /// The number of a native.
    pub(in crate::plan) fn native(&self, key: &str) -> Option<u32> {
        self.natives.position(key)
    }

    /// The planned sets of overloads.
    pub(in crate::plan) fn sets(&self) -> &Table<FunctionSet> {
        &self.sets
    }

    /// Waits until nobody else adds to the library. A planner that panicked has left nothing half done but numbers
    /// without a set, which nothing refers to.
    pub(in crate::plan) fn lock(&self) -> MutexGuard<'_, ()> {
        self.planning.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Library {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Library")
    }
}
