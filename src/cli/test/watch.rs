//! `dwrun test --watch`: runs everything once, then what a change touches.

use super::console::{self, Console};
use super::{Chosen, chosen, find, report, run_shown, shown};
use crate::cli::Failure;
use crate::cli::args::TestArgs;
use crate::cli::watch::{Watch, full};
use crate::suite::{Context, Selection, Status, SuiteResult};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A suite's path and the name of a test in it.
type Key = (PathBuf, String);

/// What is known of a test that ran.
struct Known {
    /// The files it read and the folders that belong to it.
    files: BTreeSet<PathBuf>,
    status: Status,
}

/// Runs tests until the process is stopped.
pub fn watch(args: &TestArgs, selection: &Selection, context: &Context) -> Result<(), Failure> {
    let mut watch = Watch::new()?;
    let mut known: BTreeMap<Key, Known> = BTreeMap::new();
    let mut changed = BTreeSet::new();
    loop {
        let (tree, suites) = find(args, None)?;
        // Before the tests run, so that no change during the run is missed.
        watch.add(tree.folders.iter().chain(&tree.files).map(PathBuf::as_path));
        let mut chosen = chosen(&suites, selection);
        keep_touched(&mut chosen, &known, &changed);
        if !chosen.is_empty() {
            let (results, time) = run_shown(&chosen, context, &Console::new(shown(args)));
            console::summary(&SuiteResult::sum(&results), time);
            report(args, &results)?;
            known.extend(results.iter().flat_map(remember));
            watch.add(known.values().flat_map(|test| &test.files).map(PathBuf::as_path));
            console::print("\nWaiting for changes; Ctrl-C ends.\n");
        }
        changed = watch.wait();
        // The results that wait for review are our own doing.
        changed.retain(|path| path.extension().is_none_or(|e| e != "new"));
    }
}

fn remember(suite: &SuiteResult) -> impl Iterator<Item = (Key, Known)> {
    suite.tests.iter().map(|result| {
        let files = result.outcome.files.iter().map(|file| full(file)).collect();
        ((suite.path.clone(), result.test.name.clone()), Known { files, status: result.outcome.status })
    })
}

/// Leaves the tests that are new, those with a changed file, and those with an error: what they missed may be there now.
fn keep_touched(chosen: &mut Chosen<'_>, known: &BTreeMap<Key, Known>, changed: &BTreeSet<PathBuf>) {
    let touches = |file: &Path| changed.iter().any(|path| path.starts_with(file));
    for (suite, tests) in chosen.iter_mut() {
        tests.retain(|at| {
            let Some(test) = suite.tests().get(*at) else { return false };
            match known.get(&(suite.path().to_path_buf(), test.name.clone())) {
                None => true,
                Some(_) if changed.is_empty() => false,
                Some(test) => {
                    let is_open = test.files.is_empty() || test.status == Status::Error;
                    is_open || test.files.iter().any(|file| touches(file))
                }
            }
        });
    }
    chosen.retain(|(_, tests)| !tests.is_empty());
}
