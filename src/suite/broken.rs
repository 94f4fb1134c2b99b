//! A suite that could not be loaded, shown like one test with an error.

use super::{Context, Outcome, Suite, Test};
use std::path::{Path, PathBuf};

/// A suite that could not be loaded.
pub struct Broken {
    name: String,
    path: PathBuf,
    tests: [Test; 1],
    why: Outcome,
}

impl Broken {
    /// The suite of this name at this path, with the error that came of loading it.
    pub fn new(name: impl Into<String>, path: impl Into<PathBuf>, why: Outcome) -> Self {
        Self { name: name.into(), path: path.into(), tests: [Test::named("load the suite")], why }
    }
}

impl Suite for Broken {
    fn name(&self) -> &str {
        &self.name
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn tests(&self) -> &[Test] {
        &self.tests
    }

    fn run(&self, _test: usize, _context: &Context) -> Outcome {
        self.why.clone()
    }
}
