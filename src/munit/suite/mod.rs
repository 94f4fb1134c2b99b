//! A suite: an app with the suite's file, loaded once; its tests run one after the other.

mod folders;
mod place;
mod running;

pub use place::Place;

use super::around::{AFTER_SUITE, BEFORE_SUITE};
use super::coverage::Coverage;
use super::file::{Run, SuiteFile};
use super::mock::Pattern;
use super::output::Output;
use super::port;
use super::session::Session;
use super::test::TestCase;
use crate::diag::{Code, Fault, Report, Style};
use crate::flow::app::{App, Options};
use crate::flow::build::Stubs;
use crate::flow::spec::Registry;
use crate::suite::{Context, Outcome, Suite, Test};
use folders::Folders;
use running::Running;
use std::any::Any;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::OwnedMutexGuard;

/// The stack of a thread, in bytes: flows that call each other nest on it. Only what is used takes memory.
const STACK: usize = 32 << 20;

/// What the apps of all suites share.
pub struct Apps {
    /// The components there are.
    pub registry: Registry,
    /// The connectors that the apps do without.
    pub stubs: Stubs,
    /// Which processors the tests run, where somebody wants to know.
    pub coverage: Option<Arc<Coverage>>,
}

/// A suite.
pub struct MunitSuite {
    name: String,
    place: Place,
    file: Arc<SuiteFile>,
    run: Run,
    apps: Arc<Apps>,
    running: Mutex<Option<Running>>,
}

/// The turn of suites that start sources on ports which the app has fixed, by project.
static TURNS: Mutex<BTreeMap<PathBuf, Arc<tokio::sync::Mutex<()>>>> = Mutex::new(BTreeMap::new());

impl MunitSuite {
    /// One run of the suite in a file.
    pub fn new(name: String, place: Place, file: Arc<SuiteFile>, run: Run, apps: Arc<Apps>) -> Self {
        Self { name, place, file, run, apps, running: Mutex::default() }
    }

    fn running(&self) -> MutexGuard<'_, Option<Running>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Loads the app and starts it, without its sources.
    fn start(&self, context: &Context) -> Result<Running, Outcome> {
        let broken = |what: String| Outcome::error(what);
        let turn = self.turn();
        let folders = Folders::new().map_err(|e| broken(format!("cannot make a folder for the suite: {e}")))?;
        let properties = self.properties(context, &folders).map_err(|fault| broken(fault.to_string()))?;
        let project = self.place.project().map_err(|fault| not_loaded(&fault.into()))?;
        let options = Options {
            registry: &self.apps.registry,
            properties,
            state: folders.state(),
            stubs: self.apps.stubs.clone(),
            coverage: context.engine.covered().cloned(),
        };
        let app = App::load(&project, &options).map_err(|report| not_loaded(&report))?;
        let tests = self.file.tests.iter().map(|test| test.name.clone()).collect();
        let session = Arc::new(Session::new(tests, self.file.counted.iter().map(|text| Pattern::new(text)).collect()));
        app.observe(session.clone());
        let output = Output::default();
        let runtime = runtime(&output).map_err(|e| broken(format!("cannot start the threads of the suite: {e}")))?;
        let running = Running { runtime, app, session, output, folders, _turn: turn };
        running.started()?;
        Ok(running)
    }

    /// Waits until no other suite of the project runs sources on the same ports.
    fn turn(&self) -> Option<OwnedMutexGuard<()>> {
        let has_own_ports =
            !self.file.ports.is_empty() || !self.place.pom.ports.is_empty() || !self.file.starts_sources;
        let project = self.place.project.as_ref().filter(|_| !has_own_ports)?;
        let turns = TURNS.lock().unwrap_or_else(PoisonError::into_inner).entry(project.clone()).or_default().clone();
        Some(turns.blocking_lock_owned())
    }

    /// The properties that the app gets from outside: those of the run win.
    fn properties(&self, context: &Context, folders: &Folders) -> Result<Vec<(String, String)>, Fault> {
        let mut all = context.properties.clone();
        let of_pom = self.place.pom.ports.iter().map(|name| (name, port::MIN, port::MAX));
        for (name, min, max) in self.file.ports.iter().map(|(name, min, max)| (name, *min, *max)).chain(of_pom) {
            let none = || Fault::new(Code::Configuration, format!("no port between {min} and {max} is free"));
            let port = port::free(min, max).ok_or_else(none)?;
            all.push((name.clone(), port.to_string()));
        }
        all.extend(self.place.pom.properties.iter().cloned());
        all.push(("munit.temporary.directory".to_string(), folders.temporary().display().to_string()));
        all.extend(self.run.properties.iter().cloned());
        Ok(all)
    }
}

fn runtime(output: &Output) -> std::io::Result<Runtime> {
    let output = output.clone();
    let mut builder = Builder::new_multi_thread();
    builder.enable_all().thread_stack_size(STACK).on_thread_start(move || output.listen()).build()
}

fn not_loaded(report: &Report) -> Outcome {
    let faults = report.faults();
    let first = faults.first().map_or_else(String::new, ToString::to_string);
    let more = if faults.len() > 1 { format!(" (and {} more)", faults.len() - 1) } else { String::new() };
    Outcome::error(format!("the suite cannot be loaded: {first}{more}")).explained(&report.render(Style::default()))
}

impl Suite for MunitSuite {
    fn name(&self) -> &str {
        &self.name
    }

    fn path(&self) -> &Path {
        &self.place.path
    }

    fn tests(&self) -> &[Test] {
        &self.file.tests
    }

    fn in_turn(&self) -> bool {
        true
    }

    fn before(&self, context: &Context) -> Option<Outcome> {
        let started = self.start(context).and_then(|running| {
            let outcome = running.around(BEFORE_SUITE.name);
            *self.running() = Some(running);
            outcome
        });
        started.err()
    }

    fn run(&self, test: usize, context: &Context) -> Outcome {
        let name = self.file.tests.get(test).map_or("", |test| test.name.as_str());
        let running = self.running();
        let Some(running) = &*running else { return Outcome::error("the suite does not run") };
        let found = running.app.globals().get(name).cloned().map(|global| global as Arc<dyn Any + Send + Sync>);
        match found.and_then(|global| global.downcast::<TestCase>().ok()) {
            Some(case) => running.test(case, context.time_limit),
            None => Outcome::error(format!("the test `{name}` is not in the app")),
        }
    }

    fn after(&self, _context: &Context) -> Option<Outcome> {
        let running = self.running().take()?;
        let outcome = running.around(AFTER_SUITE.name).err();
        if let Some(coverage) = &self.apps.coverage {
            coverage.add(&running.app, &running.session, &self.place.path);
        }
        let app = running.app.clone();
        running.runtime.block_on(async move { app.stop().await });
        running.session.reset();
        running.runtime.shutdown_background();
        outcome
    }
}
