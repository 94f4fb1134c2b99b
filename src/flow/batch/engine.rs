//! What an app has of batch jobs: its store, the lines of its jobs, and who runs them.
//!
//! Several processes may use the store of an app. The one that holds the runner's lock runs the instances; the others
//! add instances and wait until they are over.

use super::figures::Figures;
use super::job::Job;
use super::line::Line;
use super::queue::Halt;
use super::run::{CATEGORY, Run};
use super::store::{Instance, Key, SqliteStore, Status, Store, Which};
use crate::diag::{Code, Fault};
use crate::flow::app::App;
use crate::flow::event::{Event, Stored, Variables};
use crate::flow::exec::Context;
use futures_util::future::BoxFuture;
use std::any::Any;
use std::collections::{HashMap, HashSet};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How often a process looks for what others want.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How often the log tells how far instances are.
const TELL_EVERY: Duration = Duration::from_secs(60);

/// How often a server looks for instances that others have left.
const SERVE_EVERY: Duration = Duration::from_secs(1);

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

    /// Throws away what was left half loaded, if nobody loads.
    async fn clean(&self, store: &dyn Store) -> Result<(), Fault> {
        let lock = self.lock_file("batch.loading")?;
        if lock.try_lock().is_ok() {
            let half =
                store.instances(Which::Unfinished)?.into_iter().filter(|instance| instance.status == Status::Loading);
            let half: Vec<_> = half.map(|instance| instance.key).collect();
            if !half.is_empty() {
                store.remove(half).await?;
            }
        }
        Ok(())
    }

    /// Marks that somebody loads, until the mark is dropped.
    pub(super) fn loading(&self) -> Result<File, Fault> {
        let lock = self.lock_file("batch.loading")?;
        lock.lock_shared().map_err(|e| self.refused(&e))?;
        Ok(lock)
    }

    fn lock_file(&self, name: &str) -> Result<File, Fault> {
        let opened = OpenOptions::new().create(true).truncate(false).write(true).open(self.folder.join(name));
        opened.map_err(|e| self.refused(&e))
    }

    fn refused(&self, error: &std::io::Error) -> Fault {
        Fault::new(Code::Io, format!("cannot lock the batch store in {}: {error}", self.folder.display()))
    }

    /// Whether this process runs the instances; it does from now on if nobody else does.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn is_runner(&self) -> Result<bool, Fault> {
        let mut runner = self.runner.lock().unwrap_or_else(PoisonError::into_inner);
        if runner.is_none() {
            let lock = self.lock_file("batch.lock")?;
            match lock.try_lock() {
                Ok(()) => *runner = Some(lock),
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(e)) => return Err(self.refused(&e)),
            }
        }
        Ok(runner.is_some())
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
        self.run(job.clone(), store.clone(), key, variables, event.context.clone()).await
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

    /// Waits until an instance is over that another process runs; where that process ends, this one goes on with it.
    fn follow(
        self: Arc<Self>,
        job: Arc<Job>,
        store: Arc<dyn Store>,
        key: Key,
        variables: Variables,
        context: Arc<Context>,
    ) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            loop {
                tokio::time::sleep(LOOK_EVERY).await;
                let is_over = store.instance(key).map(|found| found.is_none_or(|instance| instance.status.is_over()));
                if is_over.unwrap_or(true) || self.is_paused() {
                    return;
                }
                if self.is_runner().unwrap_or(false) {
                    if let Err(fault) = self.run(job, store, key, variables, context).await {
                        tracing::error!("a batch job instance does not begin: {fault}");
                    }
                    return;
                }
            }
        })
    }

    /// Looks now and then whether somebody wants an instance to stop, as long as there are any, and tells the log how far
    /// they are.
    fn watch(self: &Arc<Self>) {
        if self.watching.swap(true, Ordering::AcqRel) {
            return;
        }
        let engine = self.clone();
        tokio::spawn(async move {
            let mut told = Instant::now();
            loop {
                tokio::time::sleep(LOOK_EVERY).await;
                let runs = engine.runs();
                if runs.is_empty() {
                    engine.watching.store(false, Ordering::Release);
                    return;
                }
                for run in runs {
                    if run.store.instance(run.instance.key).is_ok_and(|found| found.is_some_and(|found| found.stop)) {
                        run.halt(Halt::Stop);
                        engine.line(&run.job).pump();
                    }
                }
                if told.elapsed() >= TELL_EVERY && !engine.is_shown.load(Ordering::Acquire) {
                    told = Instant::now();
                    engine.figures().iter().for_each(|figures| tracing::info!(target: CATEGORY, "{figures}"));
                }
            }
        });
    }

    /// The log need not tell how far instances are: somebody shows it.
    pub fn show(&self) {
        self.is_shown.store(true, Ordering::Release);
    }

    /// Takes up what is not over, now and whenever another process leaves something, until the app stops.
    pub fn serve(self: &Arc<Self>, app: &Arc<App>) {
        if !app.globals().values().any(|global| (&**global as &dyn Any).is::<Job>()) {
            return;
        }
        let (engine, app) = (self.clone(), app.clone());
        tokio::spawn(async move {
            while !engine.is_paused() {
                match engine.take_up(&app).await {
                    Ok(0) => {}
                    Ok(taken) => tracing::info!(target: CATEGORY, "{taken} instances of batch jobs go on"),
                    Err(fault) => tracing::error!(target: CATEGORY, "batch jobs do not go on: {fault}"),
                }
                tokio::time::sleep(SERVE_EVERY).await;
            }
        });
    }

    async fn take_up(self: &Arc<Self>, app: &Arc<App>) -> Result<usize, Fault> {
        self.store().await?;
        if self.is_runner()? { self.resume(app, None).await } else { Ok(0) }
    }

    /// Takes up instances that are not over and that nobody works on: all, or those of these keys. Gives how many.
    ///
    /// # Errors
    /// A store that fails.
    pub async fn resume(self: &Arc<Self>, app: &Arc<App>, only: Option<&[Key]>) -> Result<usize, Fault> {
        let store = self.store().await?;
        let is_wanted = |instance: &Instance| {
            instance.status == Status::Executing && only.is_none_or(|only| only.contains(&instance.key))
        };
        let mut taken = 0;
        for instance in store.instances(Which::Unfinished)?.into_iter().filter(is_wanted) {
            // One that is being begun is not taken up as well.
            if !self.begun().insert(instance.key) {
                continue;
            }
            let Some(job) = job(app, &instance) else { continue };
            let variables = Variables::from_stored(&store.variables(instance.key)?)?;
            self.run(job, store.clone(), instance.key, variables, app.event().context).await?;
            taken += 1;
        }
        Ok(taken)
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

/// The job of an instance, if the app has it as it was then.
fn job(app: &App, instance: &Instance) -> Option<Arc<Job>> {
    let global = app.globals().get(&Job::global_name(&instance.job)).cloned();
    let found = global.and_then(|global| (global as Arc<dyn Any + Send + Sync>).downcast::<Job>().ok());
    let is_same = |job: &Arc<Job>| {
        job.steps.iter().map(|step| &step.name).eq(instance.counts.steps.iter().map(|step| &step.name))
    };
    let job = found.filter(is_same);
    if job.is_none() {
        tracing::warn!(
            "instance '{}' of the batch job '{}' stays as it is: the app has no such job, or other steps in it",
            instance.id,
            instance.job
        );
    }
    job
}
