//! Script tests: a script, what it is given, and what it should write; as folders or as a text file.

mod case_file;
pub mod cases;
pub(super) mod check;
mod folder;
pub(super) mod given;
pub(super) mod mapping;
mod scenario;

pub use check::{dismiss, record};

use super::{Kind, Suite, Tree};

/// The kind of script tests.
pub struct Scripts;

impl Kind for Scripts {
    fn find(&self, tree: &Tree) -> Vec<Box<dyn Suite>> {
        let files = tree.files.iter().filter(|file| file.extension().is_some_and(|e| e == "case"));
        let mut suites: Vec<Box<dyn Suite>> = files.map(|file| case_file::load(file)).collect();
        suites.extend(folder::find(tree));
        suites.sort_by(|a, b| a.path().cmp(b.path()));
        suites
    }
}
