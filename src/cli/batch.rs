//! `dwrun batch`: what people who run batch jobs look at and do.

use super::app::{block_on, load, state_of};
use super::args::{AppArgs, BatchAction, BatchArgs, InstanceArgs, InstanceRunArgs, PurgeArgs, ResumeArgs, StateArgs};
use super::{Failure, logging, progress};
use crate::diag::Fault;
use crate::flow::app::App;
use crate::flow::batch::store::{Counts, Instance, Key, SqliteStore, Status, Store, Which};
use crate::flow::batch::{Engine, Record, retry};
use crate::flow::event::{Typed, media};
use crate::value::{ObjectBuilder, Value};
use std::fmt::Write as _;
use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

/// Runs one of the actions.
pub fn run(args: &BatchArgs) -> Result<(), Failure> {
    match &args.action {
        BatchAction::List(args) => block_on(list(args))?,
        BatchAction::Show(args) => block_on(show(args))?,
        BatchAction::Failed(args) => block_on(failed(args))?,
        BatchAction::Stop(args) => block_on(stop(args))?,
        BatchAction::Purge(args) => block_on(purge(args))?,
        BatchAction::Retry(args) => {
            let _log = logging::start(&args.log);
            let app = load(&args.app)?;
            block_on(retry_failed(args, app))?
        }
        BatchAction::Resume(args) => {
            let _log = logging::start(&args.log);
            let app = load(&args.app)?;
            block_on(resume(args, app))?
        }
    }
}

fn plain(fault: Fault) -> Failure {
    Failure::Report(fault.into())
}

/// The store of an app; an app that never ran a batch job has none.
async fn store(args: &StateArgs) -> Result<SqliteStore, Failure> {
    let file = Engine::file(&state_of(&args.app, args.state.as_deref())?);
    if !file.is_file() {
        let text = format!("there is no batch store at {}: no batch job of the app has run", file.display());
        return Err(Failure::Plain(text));
    }
    SqliteStore::open(&file).await.map_err(plain)
}

fn print(text: &str) -> Result<(), Failure> {
    let written = std::io::stdout().lock().write_all(text.as_bytes());
    written.map_err(|e| Failure::Plain(format!("cannot write the result: {e}")))
}

async fn list(args: &StateArgs) -> Result<(), Failure> {
    let instances = store(args).await?.instances(Which::All).map_err(plain)?;
    let mut rows =
        vec![["ID", "JOB", "STATUS", "CREATED", "RECORDS", "SUCCESSFUL", "FAILED", "LEFT"].map(String::from)];
    rows.extend(instances.iter().map(|instance| {
        let counts = &instance.counts;
        let status = instance.status.name().to_string();
        let numbers = [counts.total, counts.successful, counts.failed, left(counts)].map(|n| n.to_string());
        let [total, successful, failed, left] = numbers;
        [instance.id.clone(), instance.job.clone(), status, time(instance.created), total, successful, failed, left]
    }));
    print(&table(&rows, 4))
}

/// Records that are neither through nor have failed.
fn left(counts: &Counts) -> i64 {
    counts.total - counts.successful - counts.failed
}

fn time(millis: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(millis).unwrap_or_default();
    at.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M:%S").to_string()
}

/// Rows in columns; those from `numbers` on are set to the right.
fn table<const N: usize>(rows: &[[String; N]], numbers: usize) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; N] = std::array::from_fn(width);
    let mut out = String::new();
    for row in rows {
        let mut line = String::new();
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let _ = match column < numbers {
                true => write!(line, "{cell:<width$}  "),
                false => write!(line, "{cell:>width$}  "),
            };
        }
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out
}

async fn show(args: &InstanceArgs) -> Result<(), Failure> {
    let store = store(&args.state).await?;
    let instance = retry::find(&store, &args.id).map_err(plain)?;
    print(&shown(&instance))
}

fn shown(instance: &Instance) -> String {
    let counts = &instance.counts;
    let mut out = format!(
        "instance  {}\njob       {}, in flow {}\nstatus    {}\ncreated   {}\n",
        instance.id,
        instance.job,
        instance.flow,
        instance.status.name(),
        time(instance.created)
    );
    if let Some(ended) = instance.ended {
        let _ = writeln!(out, "ended     {}", time(ended));
    }
    if let Some(problem) = &instance.problem {
        let _ = writeln!(out, "problem   {problem}");
    }
    let (total, successful, failed, left) = (counts.total, counts.successful, counts.failed, left(counts));
    let _ = writeln!(out, "records   {total}: {successful} successful, {failed} failed, {left} left\n");
    let mut rows = vec![["STEP", "SUCCESSFUL", "FAILED", "SKIPPED"].map(String::from)];
    rows.extend(counts.steps.iter().map(|step| {
        [step.name.clone(), step.successful.to_string(), step.failed.to_string(), step.skipped.to_string()]
    }));
    out += &table(&rows, 1);
    if !counts.errors.is_empty() {
        let name = |step: usize| counts.steps.get(step).map_or_else(String::new, |step| step.name.clone());
        let mut rows = vec![["ERROR", "STEP", "FIRST", "COUNT"].map(String::from)];
        rows.extend(counts.errors.iter().map(|error| {
            let first = error.text.lines().next().unwrap_or_default();
            [error.error_type.clone(), name(error.step), first.to_string(), error.count.to_string()]
        }));
        out = out + "\n" + &table(&rows, 3);
    }
    out
}

async fn failed(args: &InstanceArgs) -> Result<(), Failure> {
    let store = store(&args.state).await?;
    let instance = retry::find(&store, &args.id).map_err(plain)?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut closed = Ok(());
    let each = |record: &Record| {
        if closed.is_ok() {
            closed = out.write_all(&line(record)?);
        }
        Ok(())
    };
    retry::failed(&store, instance.key, each).map_err(plain)?;
    let written = closed.and_then(|()| out.flush());
    written.map_err(|e| Failure::Plain(format!("cannot write the result: {e}")))
}

/// A failed record as a line of JSON, with its payload as it was in the step where it failed first.
fn line(record: &Record) -> Result<Vec<u8>, Fault> {
    let payload = record.origin.as_ref().map_or(&record.payload, |origin| &origin.payload);
    let first = record.failures.first();
    let text = |part: fn(&crate::flow::batch::Failure) -> &str| first.map_or("", part);
    let json = |payload: Value| {
        let mut object = ObjectBuilder::with_capacity(6);
        object.field("record", record.number as i64).field("step", text(|failure| &failure.step));
        object.field("errorType", text(|failure| &failure.error_type));
        object.field("error", text(|failure| &failure.description));
        object.field("place", text(|failure| &failure.place)).field("payload", payload);
        Typed::labelled(object.value(), media("application/json; indent=false")).to_bytes()
    };
    // A payload that JSON cannot hold is shown as text.
    let line = payload.read().and_then(json).or_else(|_| json(Value::string(payload.to_text())))?;
    let mut line = line.to_vec();
    line.push(b'\n');
    Ok(line)
}

async fn stop(args: &InstanceArgs) -> Result<(), Failure> {
    let store = store(&args.state).await?;
    let instance = retry::find(&store, &args.id).map_err(plain)?;
    if instance.status.is_over() {
        return Err(Failure::Plain(format!("instance '{}' is over: {}", instance.id, instance.status.name())));
    }
    let is_running =
        !Engine::new(&state_of(&args.state.app, args.state.state.as_deref())?).is_runner().map_err(plain)?;
    retry::stop(&store, instance.key, is_running).await.map_err(plain)?;
    let ended = wait_for_end(&store, instance.key).await?;
    print(&format!("instance '{}' is {}\n", instance.id, ended.name()))
}

/// Waits until whoever runs an instance has brought it to an end.
async fn wait_for_end(store: &SqliteStore, key: Key) -> Result<Status, Failure> {
    loop {
        match store.instance(key).map_err(plain)? {
            Some(instance) if !instance.status.is_over() => tokio::time::sleep(LOOK_EVERY).await,
            found => return Ok(found.map_or(Status::Stopped, |instance| instance.status)),
        }
    }
}

const LOOK_EVERY: Duration = Duration::from_millis(200);

async fn purge(args: &PurgeArgs) -> Result<(), Failure> {
    let store = store(&args.state).await?;
    let instances = match &args.id {
        Some(id) => vec![retry::find(&store, id).map_err(plain)?],
        None => store.instances(Which::All).map_err(plain)?,
    };
    if let (Some(_), Some(running)) = (&args.id, instances.iter().find(|instance| !instance.status.is_over())) {
        return Err(Failure::Plain(format!("instance '{}' is not over: stop it first", running.id)));
    }
    let over: Vec<_> = instances.iter().filter(|i| i.status.is_over()).map(|instance| instance.key).collect();
    let count = over.len();
    store.remove(over).await.map_err(plain)?;
    print(&format!("{count} instances forgotten\n"))
}

async fn retry_failed(args: &InstanceRunArgs, app: Arc<App>) -> Result<(), Failure> {
    let store = app_store(&app, &args.app).await?;
    let instance = retry::find(&*store, &args.id).map_err(plain)?;
    match retry::retry(&*store, &instance).await.map_err(plain)? {
        0 => print(&format!("no record of instance '{}' has failed\n", instance.id)),
        _ => work(&app, &*store, &[instance.key]).await,
    }
}

async fn resume(args: &ResumeArgs, app: Arc<App>) -> Result<(), Failure> {
    let store = app_store(&app, &args.app).await?;
    let instances = match &args.id {
        Some(id) => vec![retry::find(&*store, id).map_err(plain)?],
        None => store.instances(Which::Unfinished).map_err(plain)?,
    };
    for instance in &instances {
        match instance.status {
            Status::Stopped => retry::restart(&*store, instance.key).await.map_err(plain)?,
            status if status.is_over() => {
                return Err(Failure::Plain(format!("instance '{}' is over: {}", instance.id, status.name())));
            }
            _ => {}
        }
    }
    let keys: Vec<_> = instances.iter().map(|instance| instance.key).collect();
    if keys.is_empty() {
        return print("all instances are over\n");
    }
    work(&app, &*store, &keys).await
}

/// The store of a loaded app.
async fn app_store(app: &Arc<App>, args: &AppArgs) -> Result<Arc<dyn Store>, Failure> {
    // Tells where there is none instead of making one.
    drop(store(&StateArgs { app: args.app.clone(), state: args.state.clone() }).await?);
    app.batch.store().await.map_err(plain)
}

/// Works on instances until they are over, and shows what came of them.
async fn work(app: &Arc<App>, store: &dyn Store, keys: &[Key]) -> Result<(), Failure> {
    app.start().await.map_err(plain)?;
    let taken = app.batch.resume(app, Some(keys)).await.map_err(plain);
    progress::until(app, app.work.idle()).await;
    taken?;
    let mut text = String::new();
    for key in keys {
        if let Some(instance) = store.instance(*key).map_err(plain)? {
            text += &shown(&instance);
        }
    }
    app.stop().await;
    print(&text)
}
