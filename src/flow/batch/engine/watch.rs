//! What an app does now and then for its batch jobs: it looks what other processes have left, want and do.

use super::Engine;
use crate::diag::Fault;
use crate::flow::app::App;
use crate::flow::batch::job::Job;
use crate::flow::batch::queue::Halt;
use crate::flow::batch::run::CATEGORY;
use crate::flow::batch::store::{Instance, Key, Status, Store, Which};
use crate::flow::event::{Stored, Variables};
use crate::flow::exec::Context;
use futures_util::future::BoxFuture;
use std::any::Any;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// How often a process looks for what others want.
const LOOK_EVERY: Duration = Duration::from_millis(500);

/// How often the log tells how far instances are.
const TELL_EVERY: Duration = Duration::from_secs(60);

/// How often a server looks for instances that others have left.
const SERVE_EVERY: Duration = Duration::from_secs(1);

impl Engine {
    /// Waits until an instance is over that another process runs; where that process ends, this one goes on with it.
    pub(super) fn follow(
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
                let is_over = match store.instance(key) {
                    Ok(found) => found.is_none_or(|instance| instance.status.is_over()),
                    Err(fault) => {
                        tracing::error!("nobody here waits for a batch job instance any more: {}", fault.in_full());
                        return;
                    }
                };
                if is_over || self.is_paused() {
                    return;
                }
                if self.is_runner().unwrap_or(false) {
                    if let Err(fault) = self.run(job, store, key, variables, context).await {
                        self.ended(key, true);
                        tracing::error!("a batch job instance does not begin: {fault}");
                    }
                    return;
                }
            }
        })
    }

    /// Looks now and then whether somebody wants an instance to stop, as long as there are any, and tells the log how far
    /// they are.
    pub(super) fn watch(self: &Arc<Self>) {
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
                    // One that came in the meantime took this for still watching.
                    if engine.runs().is_empty() || engine.watching.swap(true, Ordering::AcqRel) {
                        return;
                    }
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
            // One whose job is not there stays among them: that is told once.
            let Some(job) = job(app, &instance) else { continue };
            let begun = match store.variables(instance.key).and_then(|stored| Variables::from_stored(&stored)) {
                Ok(variables) => self.run(job, store.clone(), instance.key, variables, app.event().context).await,
                Err(fault) => Err(fault),
            };
            begun.inspect_err(|_| self.ended(instance.key, true))?;
            taken += 1;
        }
        Ok(taken)
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
