//! A suite: an app with the suite's file, loaded once; its tests run one after the other.

use super::around::{AFTER_SUITE, AFTER_TEST, Around, BEFORE_SUITE, BEFORE_TEST};
use super::coverage::Coverage;
use super::file::{Run, SuiteFile};
use super::mock::Pattern;
use super::output::Output;
use super::pom::Pom;
use super::port;
use super::session::Session;
use super::test::{TestCase, outcome_of};
use crate::diag::{Code, Fault, Report, Style};
use crate::flow::app::{App, Global, Options, Project};
use crate::flow::build::Stubs;
use crate::flow::event::{Error, Event, Typed};
use crate::flow::spec::Registry;
use crate::suite::{Context, Outcome, Suite, Test};
use crate::value::Value;
use std::any::Any;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::OwnedMutexGuard;

/// The stack of a thread, in bytes: flows that call each other nest on it. Only what is used takes memory.
const STACK: usize = 32 << 20;

/// Where a suite is, and where its app is.
#[derive(Clone)]
pub struct Place {
    /// The suite's file.
    pub path: PathBuf,
    /// The root of the project, if the suite lies in one.
    pub project: Option<PathBuf>,
    /// The folders in which files are looked up by name: those of the tests first.
    pub resources: Vec<PathBuf>,
    /// What the project's `pom.xml` says of its tests.
    pub pom: Arc<Pom>,
}

/// Where files are looked up in a project: those of the tests first.
const IN_PROJECT: [&str; 5] =
    ["src/test/resources", "src/test/munit", "src/main/resources", "src/main/mule", "src/test/mule"];

/// Where files are looked up, seen from a suite that lies in no project.
const BESIDE: [&str; 5] = ["", "../apps", "../../main/mule", "../../main/resources", "../resources"];

impl Place {
    /// The place of a suite's file: in `src/test/munit` of a project, or beside its app.
    pub fn of(path: &Path) -> Self {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let full = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let root =
            full.ancestors().find(|above| above.ends_with("src/test/munit")).and_then(|tests| tests.ancestors().nth(3));
        let root = root.filter(|root| root.join("src/main/mule").is_dir()).map(Path::to_path_buf);
        let resources = match &root {
            Some(root) => IN_PROJECT.map(|name| root.join(name)),
            None => BESIDE.map(|name| folder.join(name)),
        };
        let resources = resources.into_iter().filter(|folder| folder.is_dir()).collect();
        let pom = Arc::new(root.as_deref().map_or_else(Pom::default, Pom::of));
        Self { path: path.to_path_buf(), project: root, resources, pom }
    }

    /// The app: all files of the project and the suite's, or what the suite's file imports.
    fn project(&self) -> Result<Project, Fault> {
        let mut project = match &self.project {
            Some(root) => Project::at(root)?,
            None => Project::at(&self.path)?,
        };
        if !project.files.contains(&self.path) {
            project.files.push(self.path.clone());
        }
        project.resources = self.resources.clone();
        Ok(project)
    }
}

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

/// A suite whose app runs.
struct Running {
    runtime: Runtime,
    app: Arc<App>,
    session: Arc<Session>,
    output: Output,
    folders: Folders,
    /// Held where the suite starts sources, so that no other suite of the project wants their ports.
    _turn: Option<OwnedMutexGuard<()>>,
}

/// The turn of suites that start sources on ports which the app has fixed, by project.
static TURNS: Mutex<BTreeMap<PathBuf, Arc<tokio::sync::Mutex<()>>>> = Mutex::new(BTreeMap::new());

/// The folders of a suite that are gone after it.
struct Folders {
    root: PathBuf,
}

impl Folders {
    fn new() -> std::io::Result<Self> {
        let root = std::env::temp_dir().join(format!("dwrun-test-{}-{:08x}", std::process::id(), fastrand::u32(..)));
        let folders = Self { root };
        std::fs::create_dir_all(folders.temporary())?;
        Ok(folders)
    }

    /// `${munit.temporary.directory}`
    fn temporary(&self) -> PathBuf {
        self.root.join("tmp")
    }

    fn state(&self) -> PathBuf {
        self.root.join("state")
    }

    fn empty(&self) {
        // A folder that cannot be emptied is no reason to fail a test: the next one sees what is in it.
        let _ = std::fs::remove_dir_all(self.temporary());
        let _ = std::fs::create_dir_all(self.temporary());
    }
}

impl Drop for Folders {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.root);
    }
}

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

impl Running {
    fn started(&self) -> Result<(), Outcome> {
        let app = self.app.clone();
        let started = self.runtime.block_on(async move { app.start().await });
        started.map_err(|fault| Outcome::error(format!("the app does not start: {fault}")))
    }

    /// Runs what runs before or after the suite.
    fn around(&self, when: &'static str) -> Result<(), Outcome> {
        let (app, session) = (self.app.clone(), self.session.clone());
        let work = async move {
            let mut event = begin(&app);
            around(&app, when, &mut event).await.map_err(|error| {
                let mut outcome = outcome_of(&error, &session);
                outcome.message = format!("`{when}` failed: {}", outcome.message);
                outcome
            })
        };
        self.on_a_worker(work).unwrap_or_else(Err)
    }

    /// Runs a future on a thread of the suite: those have the stack for it.
    fn on_a_worker<T: Send + 'static>(&self, work: impl Future<Output = T> + Send + 'static) -> Result<T, Outcome> {
        let joined = self.runtime.block_on(async { self.runtime.spawn(work).await });
        joined.map_err(|e| {
            Outcome::error(format!("internal error: {e}")).explained("this is a bug in dwrun; please report it")
        })
    }

    /// Runs a test, with what runs around it.
    fn test(&self, case: Arc<TestCase>, time_limit: Duration) -> Outcome {
        self.session.reset();
        self.output.take();
        let (app, session) = (self.app.clone(), self.session.clone());
        let mut outcome = self.on_a_worker(one(app, session, case, time_limit)).unwrap_or_else(|outcome| outcome);
        self.session.reset();
        self.folders.empty();
        outcome.output = self.output.take();
        outcome
    }
}

/// Runs a test: what comes before it, the sources it needs, itself, what comes after it.
async fn one(app: Arc<App>, session: Arc<Session>, case: Arc<TestCase>, time_limit: Duration) -> Outcome {
    let event = begin(&app);
    match case.is_ignored(&event) {
        Ok(true) => return Outcome::skipped("it is ignored"),
        Ok(false) => {}
        Err(error) => return outcome_of(&error, &session),
    }
    let limit = case.time_limit(&event).ok().flatten().unwrap_or(time_limit);
    let work = tokio::spawn(body(app.clone(), session.clone(), case.clone(), event.clone()));
    let abort = work.abort_handle();
    let (event, mut outcome) = match tokio::time::timeout(limit, work).await {
        Ok(Ok(ended)) => ended,
        Ok(Err(e)) => (event, Outcome::error(format!("internal error: {e}"))),
        Err(_) => {
            abort.abort();
            (event.clone(), late(limit, &event))
        }
    };
    for source in case.sources(&event).unwrap_or_default() {
        app.stop_source(&source).await;
    }
    let mut event = event;
    if let Err(error) = around(&app, AFTER_TEST.name, &mut event).await
        && !outcome.status.is_bad()
    {
        outcome = outcome_of(&error, &session);
        outcome.message = format!("`{}` failed: {}", AFTER_TEST.name, outcome.message);
    }
    outcome
}

fn late(limit: Duration, event: &Event) -> Outcome {
    let outcome = Outcome::error(format!("the test takes longer than {} ms", limit.as_millis()));
    match event.context.work.running() {
        0 => outcome,
        running => outcome.explained(&format!("{running} pieces of work that it started are not done")),
    }
}

/// The part of a test that has to end in time.
async fn body(app: Arc<App>, session: Arc<Session>, case: Arc<TestCase>, mut event: Event) -> (Event, Outcome) {
    let outcome = match prepare(&app, &case, &mut event).await {
        Ok(()) => case.run(&mut event, &session).await,
        Err(Refusal::Error(error)) => outcome_of(&error, &session),
        Err(Refusal::Source(why)) => Outcome::error(why),
    };
    (event, outcome)
}

/// Why a test does not begin.
enum Refusal {
    Error(Error),
    Source(String),
}

async fn prepare(app: &Arc<App>, case: &TestCase, event: &mut Event) -> Result<(), Refusal> {
    around(app, BEFORE_TEST.name, event).await.map_err(Refusal::Error)?;
    for name in case.sources(event).map_err(Refusal::Error)? {
        if app.flow(&name).is_none() {
            return Err(Refusal::Source(format!("there is no flow `{name}` whose source could start")));
        }
        let started = app.start_source(&name).await;
        started.map_err(|fault| Refusal::Source(format!("the source of `{name}` does not start: {fault}")))?;
    }
    Ok(())
}

/// The event that a test begins with: an empty text (mule-objectstore-connector `store-test-suite.xml`).
fn begin(app: &Arc<App>) -> Event {
    app.event().with_payload(Typed::value(Value::string("")))
}

/// Runs the processors that the suite has for this moment.
async fn around(app: &Arc<App>, when: &str, event: &mut Event) -> Result<(), Error> {
    let globals = app.globals().values().cloned().map(|global: Arc<dyn Global>| global as Arc<dyn Any + Send + Sync>);
    let found = globals.filter_map(|global| global.downcast::<Around>().ok()).find(|around| around.when == when);
    match found {
        Some(around) => around.chain.run(event).await,
        None => Ok(()),
    }
}
