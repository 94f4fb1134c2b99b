//! What planning needs from outside: the library, the user's modules, the inputs' names.

use super::cover::Coverage;
use super::module::Library;
use crate::text::Source;
use std::sync::Arc;

/// Finds the text of a user's module.
pub trait ModuleSource {
    /// The text of the module `a::b::C`, if there is one.
    fn load(&self, name: &str) -> Option<Arc<Source>>;
}

/// No modules at all.
impl ModuleSource for () {
    fn load(&self, _: &str) -> Option<Arc<Source>> {
        None
    }
}

/// The engine's natives, as far as plans care: a number for each key.
pub trait Natives: Send + Sync {
    /// The number of the native with this key.
    fn position(&self, key: &str) -> Option<u32>;
}

/// What a script is planned against.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The standard library.
    pub library: &'a Arc<Library>,
    /// The user's modules.
    pub modules: &'a dyn ModuleSource,
    /// The names that the caller will supply, such as `payload`.
    pub inputs: &'a [&'a str],
    /// Modules whose names every script sees without importing them.
    pub implicit: &'a [String],
    /// Where to count what runs, if it is to be counted.
    pub coverage: Option<&'a Coverage>,
}
