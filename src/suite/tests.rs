//! What a kind of tests has to supply: suites, their tests, and how one of them runs.

use super::{Outcome, Tree};
use crate::script::Engine;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// A kind of suites: finds those of its kind among the files.
pub trait Kind: Send + Sync {
    /// Its suites in the tree, in the order they are shown. A file that is of this kind but cannot be read becomes a
    /// [`super::Broken`] suite, so that it shows like a test with an error.
    fn find(&self, tree: &Tree) -> Vec<Box<dyn Suite>>;
}

/// A suite: tests that belong together, with a name and a place of their own in the reports.
pub trait Suite: Send + Sync {
    /// Its name: `orders/merge`, `merge-test-suite.xml`.
    fn name(&self) -> &str;

    /// The file or folder it was found in; as the argument of `dwrun test` it gives this suite.
    fn path(&self) -> &Path;

    /// Its tests, in order.
    fn tests(&self) -> &[Test];

    /// Whether its tests run one after the other on one thread, between `before` and `after`. Else they run in any order,
    /// several at once, without the two.
    fn in_turn(&self) -> bool {
        false
    }

    /// Runs before the first test that was selected. What goes wrong stands for all of them.
    fn before(&self, _context: &Context) -> Option<Outcome> {
        None
    }

    /// Runs the test at this position. It may panic: that is an error of the test.
    fn run(&self, test: usize, context: &Context) -> Outcome;

    /// Runs after the last test, whatever happened. What goes wrong shows as a test named `after suite`.
    fn after(&self, _context: &Context) -> Option<Outcome> {
        None
    }
}

/// A test as it is known before it runs.
#[derive(Clone, Debug, Default)]
pub struct Test {
    /// Its name within the suite.
    pub name: String,
    /// Tags that select it.
    pub tags: Vec<String>,
    /// Why it does not run, if it does not.
    pub ignored: Option<String>,
    /// The path that selects this test alone, if there is one; else it is the suite's path and the name.
    pub path: Option<PathBuf>,
}

impl Test {
    /// A test without tags that runs.
    pub fn named(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// What all tests of a run share.
#[derive(Clone)]
pub struct Context {
    /// Compiles scripts, with the module folders of the command line.
    pub engine: Engine,
    /// What becomes of results that nothing is recorded for, or something else.
    pub snapshots: Snapshots,
    /// A test that takes longer is an error, unless it has a limit of its own.
    pub time_limit: Duration,
    /// `-D` of the command line: name and value.
    pub properties: Vec<(String, String)>,
}

/// What becomes of a result that nothing is recorded for, or something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Snapshots {
    /// A missing one is left pending beside its place; a changed one fails.
    Pend,
    /// A missing or changed one is recorded.
    Record,
    /// A missing or changed one fails: nobody is there to look at it.
    Insist,
}
