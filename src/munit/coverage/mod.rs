//! Coverage: which processors of the apps ran in tests. A file for each form in which it is told.

mod console;
mod html;
mod json;
mod lcov;
mod report;
mod sonar;

pub use report::{Limits, Report};

use super::session::Session;
use crate::flow::app::App;
use report::{File, FlowKind, FlowReport};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What is known of the processors of all apps so far.
#[derive(Default)]
pub struct Coverage {
    /// By file, and in it by the path of the processor.
    seen: Mutex<BTreeMap<PathBuf, BTreeMap<String, Seen>>>,
}

/// A processor.
struct Seen {
    flow: String,
    kind: FlowKind,
    line: usize,
    covered: bool,
}

impl Coverage {
    /// Adds what the tests of a suite ran; the suite's own file does not count.
    pub(super) fn add(&self, app: &Arc<App>, session: &Session, suite: &Path) {
        let suite = full(suite);
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        for place in app.places() {
            let file = full(Path::new(place.source.name()));
            if file == suite {
                continue;
            }
            let location = &place.location;
            let flow = location.path.split('/').next().unwrap_or_default().to_string();
            let known = seen.entry(file).or_default().entry(location.path.clone()).or_insert_with(|| Seen {
                kind: kind(app, &flow),
                flow,
                line: location.line,
                covered: false,
            });
            known.covered |= session.is_covered(location);
        }
    }

    /// What came of all suites, but for the flows and files that are left out.
    pub fn report(&self, limits: &Limits) -> Report {
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let files = seen.iter().map(|(path, processors)| File { path: path.clone(), flows: flows(processors) });
        Report::new(files.collect(), limits.clone())
    }
}

/// The flows of a file in the order of their lines.
fn flows(processors: &BTreeMap<String, Seen>) -> Vec<FlowReport> {
    let mut flows: Vec<FlowReport> = Vec::new();
    let mut sorted: Vec<&Seen> = processors.values().collect();
    sorted.sort_by_key(|seen| seen.line);
    for seen in sorted {
        let line = (seen.line, seen.covered);
        match flows.iter_mut().find(|flow| flow.name == seen.flow) {
            Some(flow) => flow.lines.push(line),
            None => flows.push(FlowReport { name: seen.flow.clone(), kind: seen.kind, lines: vec![line] }),
        }
    }
    flows
}

/// What the top-level element of a processor is.
fn kind(app: &App, name: &str) -> FlowKind {
    match app.flow(name) {
        Some(flow) if flow.is_sub_flow => FlowKind::SubFlow,
        Some(_) => FlowKind::Flow,
        None => FlowKind::ErrorHandler,
    }
}

fn full(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}

/// A path as reports show it: relative to the current folder where it lies in it.
fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).display().to_string()
}

impl Report {
    /// The lines for the console: the sums, and what is below its limit.
    pub fn console(&self) -> String {
        console::text(self)
    }

    /// Writes `munit-coverage.json`, `index.html`, `sonar.xml` and `lcov.info` into a folder.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)?;
        fs::write(folder.join("munit-coverage.json"), json::document(self)?)?;
        fs::write(folder.join("index.html"), html::page(self))?;
        fs::write(folder.join("sonar.xml"), sonar::document(self))?;
        fs::write(folder.join("lcov.info"), lcov::document(self))
    }
}
