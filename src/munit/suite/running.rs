//! A suite whose app runs, and one test in it: with what runs before and after it, within its time.

use super::folders::Folders;
use crate::flow::app::{App, Global};
use crate::flow::event::{Error, Event, Typed};
use crate::munit::around::{AFTER_TEST, Around, BEFORE_TEST};
use crate::munit::output::Output;
use crate::munit::session::Session;
use crate::munit::test::{TestCase, outcome_of};
use crate::suite::Outcome;
use crate::value::Value;
use std::any::Any;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::OwnedMutexGuard;

/// A suite whose app runs.
pub struct Running {
    pub(super) runtime: Runtime,
    pub(super) app: Arc<App>,
    pub(super) session: Arc<Session>,
    pub(super) output: Output,
    pub(super) folders: Folders,
    /// Held where the suite starts sources, so that no other suite of the project wants their ports.
    pub(super) _turn: Option<OwnedMutexGuard<()>>,
}

impl Running {
    /// Starts the app, without its sources.
    pub fn started(&self) -> Result<(), Outcome> {
        let app = self.app.clone();
        let started = self.runtime.block_on(async move { app.start().await });
        started.map_err(|fault| Outcome::error(format!("the app does not start: {fault}")))
    }

    /// Runs what runs before or after the suite.
    pub fn around(&self, when: &'static str) -> Result<(), Outcome> {
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
    pub fn test(&self, case: Arc<TestCase>, time_limit: Duration) -> Outcome {
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
    let limit = match case.time_limit(&event) {
        Ok(own) => own.unwrap_or(time_limit),
        Err(error) => return outcome_of(&error, &session),
    };
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
