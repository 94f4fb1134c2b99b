//! `dwrun serve APP`: starts an app's sources and runs until it is told to stop.

use super::args::ServeArgs;
use super::logging::Log;
use super::trace::Tracing;
use super::watch::Watch;
use super::{Failure, app, logging, metrics};
use crate::flow::app::App;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::mpsc::{Receiver, channel};

/// Runs an app until a signal says stop.
pub fn run(args: &ServeArgs) -> Result<(), Failure> {
    let log = logging::start(&args.log);
    let first = app::load(&args.app)?;
    app::block_on(serve(args, &log, first))?
}

/// Why an app stops.
enum Reason {
    Signal,
    Change,
}

async fn serve(args: &ServeArgs, log: &Log, first: Arc<App>) -> Result<(), Failure> {
    let mut signals = Signals::new()?;
    let mut changes = args.watch.then(|| watched(&args.app.app)).transpose()?;
    let tracing = Tracing::of(args.trace.as_ref());
    let metrics = match &args.metrics {
        Some(address) => Some(metrics::serve(address).await?),
        None => None,
    };
    let mut next = first;
    loop {
        let app = next;
        tracing.observe(&app);
        metrics.iter().for_each(|metrics| app.measure(metrics.clone()));
        start(&app).await?;
        log.say_boxed(&banner(&app));
        let (reason, reloaded) = wait(args, log, &mut signals, changes.as_mut()).await;
        stop(&app, log, &mut signals).await;
        match (reason, reloaded) {
            (Reason::Change, Some(reloaded)) => next = reloaded,
            _ => return tracing.finish(),
        }
    }
}

/// Starts an app with its sources; what had started is stopped again where something fails.
async fn start(app: &Arc<App>) -> Result<(), Failure> {
    app.start().await.map_err(|fault| Failure::Report(fault.into()))?;
    if let Err(fault) = app.start_sources().await {
        app.stop().await;
        return Err(Failure::Report(fault.into()));
    }
    app.batch.serve(app);
    Ok(())
}

/// Waits for a signal, or for a change that leaves the app right: then the changed app comes with it.
async fn wait(
    args: &ServeArgs,
    log: &Log,
    signals: &mut Signals,
    changes: Option<&mut Receiver<()>>,
) -> (Reason, Option<Arc<App>>) {
    let Some(changes) = changes else {
        signals.next().await;
        return (Reason::Signal, None);
    };
    loop {
        tokio::select! {
            () = signals.next() => return (Reason::Signal, None),
            Some(()) = changes.recv() => match app::load(&args.app) {
                Ok(app) => return (Reason::Change, Some(app)),
                Err(failure) => log.say(&format!("{}The app runs on as it was.", super::text_of(&failure).0)),
            },
        }
    }
}

/// Stops an app: nothing new, what runs may end in its time. A second signal ends the process at once.
async fn stop(app: &Arc<App>, log: &Log, signals: &mut Signals) {
    log.say(&format!("Stopping app '{}'; {} events run", app.name, app.work.running()));
    tokio::select! {
        cut = app.stop() => match cut {
            0 => log.say(&format!("Stopped app '{}'", app.name)),
            cut => log.say(&format!("Stopped app '{}'; {cut} events were cut", app.name)),
        },
        () = signals.next() => log.say(&format!("Stopped app '{}' at once; {} events were cut", app.name, app.work.running())),
    }
}

/// What tells the process to stop.
struct Signals {
    terminate: Signal,
    interrupt: Signal,
}

impl Signals {
    fn new() -> Result<Self, Failure> {
        let listen = |kind| signal(kind).map_err(|e| Failure::Plain(format!("cannot listen to signals: {e}")));
        Ok(Self { terminate: listen(SignalKind::terminate())?, interrupt: listen(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

/// A message for each change of an app's files.
fn watched(app: &Path) -> Result<Receiver<()>, Failure> {
    let mut watch = Watch::new()?;
    let folders = if app.is_dir() { folders_below(&app.join("src/main")) } else { Vec::new() };
    watch.add(folders.iter().map(PathBuf::as_path).chain([app]));
    let (sender, changes) = channel(1);
    std::thread::spawn(move || {
        // The log and the state of the app are none of its files.
        let is_own = |path: &PathBuf| !path.components().any(|part| part.as_os_str() == ".dwrun");
        while !sender.is_closed() {
            if watch.wait().iter().any(is_own) {
                let _ = sender.blocking_send(());
            }
        }
    });
    Ok(changes)
}

/// A folder and all those in it.
fn folders_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = vec![folder.to_path_buf()];
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    found.extend(entries.map(|entry| entry.path()).filter(|path| path.is_dir()).flat_map(|path| folders_below(&path)));
    found
}

/// What the app is called and listens to.
fn banner(app: &App) -> Vec<String> {
    let is_started =
        |flow: &str| app.flow(flow).is_some_and(|flow| flow.started.load(std::sync::atomic::Ordering::Relaxed));
    let sources = app.sources().filter(|(flow, _)| is_started(flow));
    let sources: Vec<_> = sources.map(|(flow, source)| format!("{} -> {flow}", source.describe())).collect();
    let mut lines = vec![format!("Started app '{}'", app.name)];
    if sources.is_empty() {
        lines.push("It has no sources: nothing starts its flows.".to_string());
    }
    lines.extend(sources);
    lines
}
