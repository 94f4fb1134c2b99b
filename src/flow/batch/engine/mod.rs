//! What an app has of batch jobs: its store, the lines of its jobs, and who runs them.
//!
//! Several processes may use the store of an app. The one that holds the runner's lock runs the instances; the others
//! add instances and wait until they are over.

mod lock;
mod watch;

use super::figures::Figures;
use super::job::Job;
use super::line::Line;
use super::run::Run;
use super::store::{Key, SqliteStore, Store, Which};
use crate::diag::Fault;
use crate::flow::event::{Event, Variables};
use crate::flow::exec::Context;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long an instance rests whose store failed.
const BROKEN_FOR: Duration = Duration::from_secs(30);

/// What an app has of batch jobs.
pub struct Engine {
    folder: PathBuf,
    store: tokio::sync::Mutex<Option<Arc<dyn Store>>>,
    lines: Mutex<HashMap<String, Arc<Line>>>,
    runner: Mutex<Option<File>>,
    /// The instances that this process has begun or will not begin.
    begun: Mutex<HashSet<Key>>,
    watching: AtomicBool,
    is_shown: AtomicBool,
    paused: AtomicBool,
}

impl Engine {
    /// The batch jobs of an app that keeps its state in this folder.
    pub fn new(state: &Path) -> Arc<Self> {
        Arc::new(Self {
            folder: state.to_path_buf(),
            store: tokio::sync::Mutex::default(),
            lines: Mutex::default(),
            runner: Mutex::default(),
            begun: Mutex::default(),
            watching: AtomicBool::new(false),
            is_shown: AtomicBool::new(false),
            paused: AtomicBool::new(false),
        })
    }

    /// The file of the store.
    pub fn file(state: &Path) -> PathBuf {
        state.join("batch.db")
    }

    /// The store, which is opened when it is first needed.
    ///
    /// # Errors
    /// A file that is damaged or cannot be opened.
    pub async fn store(&self) -> Result<Arc<dyn Store>, Fault> {
        let mut store = self.store.lock().await;
        if let Some(store) = &*store {
            return Ok(store.clone());
        }
        let opened: Arc<dyn Store> = Arc::new(SqliteStore::open(&Self::file(&self.folder)).await?);
        self.clean(&*opened).await?;
        *store = Some(opened.clone());
        Ok(opened)
    }

    /// Forgets the ended instances of a job that are too old.
    pub(super) async fn forget(&self, store: &Arc<dyn Store>, job: &Job) -> Result<(), Fault> {
        let age = i64::try_from(job.history.as_millis()).unwrap_or(i64::MAX);
        let before = jiff::Timestamp::now().as_millisecond().saturating_sub(age);
        let old = store.instances(Which::Ended(&job.name, before))?;
        let old: Vec<_> = old.iter().map(|instance| instance.key).collect();
        if old.is_empty() { Ok(()) } else { store.remove(old).await }
    }

    fn begun(&self) -> MutexGuard<'_, HashSet<Key>> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn lines(&self) -> MutexGuard<'_, HashMap<String, Arc<Line>>> {
        self.lines.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn line(&self, job: &Job) -> Arc<Line> {
        self.lines().entry(job.name.clone()).or_insert_with(|| Line::of(job)).clone()
    }

    fn runs(&self) -> Vec<Arc<Run>> {
        let lines: Vec<_> = self.lines().values().cloned().collect();
        lines.iter().flat_map(|line| line.runs()).collect()
    }

    /// Begins an instance that was loaded for an event.
    pub(super) async fn begin(
        self: &Arc<Self>,
        job: &Arc<Job>,
        store: &Arc<dyn Store>,
        key: Key,
        event: &Event,
    ) -> Result<(), Fault> {
        self.begun().insert(key);
        let variables = event.variables.clone();
        let begun = self.run(job.clone(), store.clone(), key, variables, event.context.clone()).await;
        begun.inspect_err(|_| self.ended(key, true))
    }

    /// Runs an instance, or waits for the process that does.
    async fn run(
        self: &Arc<Self>,
        job: Arc<Job>,
        store: Arc<dyn Store>,
        key: Key,
        variables: Variables,
        context: Arc<Context>,
    ) -> Result<(), Fault> {
        if self.is_paused() {
            return Ok(());
        }
        if !self.is_runner()? {
            let work = context.work.clone();
            drop(work.spawn(self.clone().follow(job, store, key, variables, context)));
            return Ok(());
        }
        let Some(instance) = store.instance(key)? else { return Ok(()) };
        let run = Run::of(store, job.clone(), instance, variables, context).await?;
        self.line(&job).add(run);
        self.watch();
        Ok(())
    }

    /// How far the instances at work are.
    pub fn figures(&self) -> Vec<Figures> {
        self.runs().iter().map(|run| Figures::of(run)).collect()
    }

    /// An instance is no longer worked on: whoever wants it to go on may take it up again. Where the store failed, some
    /// time has to pass before.
    pub(super) fn ended(self: &Arc<Self>, key: Key, is_broken: bool) {
        if !is_broken {
            self.begun().remove(&key);
            return;
        }
        let engine = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(BROKEN_FOR).await;
            engine.begun().remove(&key);
        });
    }

    /// Whether it begins nothing more.
    pub(super) fn is_paused(&self) -> bool {
        self.paused.load(Ordering::Acquire)
    }

    /// Lets what is under way end and begins nothing more; instances go on when the app runs again.
    pub fn pause(&self) {
        self.paused.store(true, Ordering::Release);
        let lines: Vec<_> = self.lines().values().cloned().collect();
        lines.iter().for_each(Line::pause);
    }

    /// Closes the store.
    pub async fn close(&self) {
        self.lines().clear();
        *self.store.lock().await = None;
        *self.runner.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
