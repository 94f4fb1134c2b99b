//! Finds MUnit suites among files.

use super::coverage::Coverage;
use super::file::{Run, SuiteFile};
use super::suite::{Apps, MunitSuite, Place};
use crate::flow::build::Stubs;
use crate::flow::spec::Registry;
use crate::suite::{Broken, Kind, Outcome, Suite, Tree};
use std::path::Path;
use std::sync::Arc;

/// The kind of MUnit suites.
pub struct Munit {
    apps: Arc<Apps>,
}

impl Munit {
    /// Suites whose apps may use these components, without the connectors that are `stubbed`; those that are not there
    /// can be mocked. Which processors the tests run is noted where somebody wants to know.
    pub fn new(registry: Registry, stubbed: Vec<String>, coverage: Option<Arc<Coverage>>) -> Self {
        let stubs = Stubs { named: stubbed, unknown: true };
        Self { apps: Arc::new(Apps { registry, stubs, coverage }) }
    }

    /// The suites of a file: one for each of its runs.
    fn suites(&self, path: &Path) -> Vec<Box<dyn Suite>> {
        let place = Place::of(path);
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = match SuiteFile::read(path, &place.resources) {
            None => return Vec::new(),
            Some(Ok(file)) => Arc::new(file),
            Some(Err(fault)) => {
                let why = Outcome::error(fault.to_string())
                    .explained(&crate::diag::Report::from(fault).render(Default::default()));
                return vec![Box::new(Broken::new(name, path, why))];
            }
        };
        let suite = |run: &Run| {
            let name = run.name.as_ref().map_or_else(|| name.clone(), |run| format!("{name}[{run}]"));
            let suite = MunitSuite::new(name, place.clone(), file.clone(), run.clone(), self.apps.clone());
            Box::new(suite) as Box<dyn Suite>
        };
        file.runs.iter().map(suite).collect()
    }
}

impl Kind for Munit {
    fn find(&self, tree: &Tree) -> Vec<Box<dyn Suite>> {
        let files = tree.files.iter().filter(|file| file.extension().is_some_and(|e| e == "xml"));
        files.flat_map(|file| self.suites(file)).collect()
    }
}
