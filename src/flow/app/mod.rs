//! Apps: loaded, started, asked for their flows, stopped.

mod configuration;
mod engine;
mod entry;
mod facts;
mod load;
mod project;
pub mod properties;
mod property_files;
mod secret;
mod source;

pub use entry::Entry;
pub use load::{DEFAULT_STORE, Options, expressions};
pub use project::Project;
pub use properties::Properties;
pub use source::{Global, Loop, Running, Source};

use crate::diag::{Code, Fault};
use crate::flow::batch::Engine;
use crate::flow::build::Built;
use crate::flow::event::{ErrorTypes, Event, new_correlation_id};
use crate::flow::exec::{Context, ErrorHandler, Flow, Observer, Place, Work};
use crate::flow::expression::Compiler;
use crate::flow::metrics::Metrics;
use crate::flow::spec::Function;
use crate::flow::store::{KeptStore, Store};
use crate::state::Database;
use crate::value::{Str, Value};
use indexmap::IndexMap;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;
use tokio::sync::Mutex;

/// An app whose configuration is right.
pub struct App {
    /// Its name: that of its folder or file.
    pub name: String,
    /// The folder for what it keeps beyond its end.
    pub state: PathBuf,
    database: OnceLock<Result<Arc<Database>, Fault>>,
    /// Its properties.
    pub properties: Properties,
    /// Its batch jobs.
    pub batch: Arc<Engine>,
    store: Arc<KeptStore>,
    /// Everything that runs in it.
    pub work: Arc<Work>,
    /// How long running events may take when it stops.
    pub shutdown_timeout: Duration,
    /// How long the answers of services may take where nothing else is said.
    pub response_timeout: Duration,
    /// How long transactions may take; zero is for ever.
    pub transaction_timeout: Duration,
    built: Built,
    observer: OnceLock<Arc<dyn Observer>>,
    metrics: OnceLock<Arc<Metrics>>,
    library: HashMap<&'static str, Function>,
    running: Mutex<HashMap<String, Box<dyn Running>>>,
    facts: facts::Facts,
}

impl App {
    /// A flow or sub-flow.
    pub fn flow(&self, name: &str) -> Option<&Arc<Flow>> {
        self.built.flows.get(name)
    }

    /// All flows and sub-flows, in the order of the configuration.
    pub fn flows(&self) -> impl Iterator<Item = &Arc<Flow>> {
        self.built.flows.values()
    }

    /// The flows that have a source, with it.
    pub fn sources(&self) -> impl Iterator<Item = (&str, &dyn Source)> {
        self.built.sources.iter().map(|(flow, source)| (flow.as_str(), &**source))
    }

    /// The global elements other than flows, by name.
    pub fn globals(&self) -> &IndexMap<String, Arc<dyn Global>> {
        &self.built.globals
    }

    /// The error types it knows.
    pub fn error_types(&self) -> &ErrorTypes {
        &self.built.types
    }

    /// Every processor, also those inside of others.
    pub fn places(&self) -> &[Place] {
        &self.built.places
    }

    /// The database of what it keeps beyond its end, opened when it is first asked for.
    ///
    /// # Errors
    /// Another process that has it open; a damaged file; what the system refuses.
    pub fn database(&self) -> Result<Arc<Database>, Fault> {
        self.database.get_or_init(|| Database::at(&self.state.join("state.db"))).clone()
    }

    /// The store of values that no other store is named for. What is in it outlives the app.
    ///
    /// # Errors
    /// A database that cannot be opened.
    pub async fn store(&self) -> Result<Arc<dyn Store>, Fault> {
        if !self.store.is_open() {
            self.store.open(self.database()?).await?;
        }
        Ok(self.store.clone())
    }

    /// What compiles further expressions for it.
    pub fn compiler(&self) -> &Compiler {
        &self.built.compiler
    }

    /// The handler of those who have none, as `configuration` names it.
    pub fn default_handler(&self) -> Option<&Arc<ErrorHandler>> {
        self.built.default_handler.as_ref()
    }

    /// Lets somebody watch every step of every event; the first one stays.
    pub fn observe(&self, observer: Arc<dyn Observer>) {
        let _ = self.observer.set(observer);
    }

    /// Counts what happens in it; the first one stays.
    pub fn measure(&self, metrics: Arc<Metrics>) {
        let _ = self.metrics.set(metrics);
    }

    /// Its figures, where somebody wants them.
    pub(super) fn metrics(&self) -> Option<&Metrics> {
        self.metrics.get().map(|metrics| &**metrics)
    }

    /// Calls a function that is not the app's own.
    pub(super) fn call(&self, event: &Event, function: &str, arguments: &[Value]) -> Result<Value, Fault> {
        match self.library.get(function) {
            Some(known) => known(event, arguments),
            None => {
                let fault = Fault::new(Code::Privilege, format!("`{function}` cannot be called here"));
                Err(fault.help("it is there in tests, or inside of a batch job"))
            }
        }
    }

    /// `app`, `mule` or `server`, as expressions see it.
    pub fn facts(&self, name: &str) -> Value {
        self.facts.get(name)
    }

    /// A new event from outside; what it leads to is counted in its own work.
    pub fn event(self: &Arc<Self>) -> Event {
        self.event_of(&self.work)
    }

    /// A new event as a part of other work.
    pub fn event_of(self: &Arc<Self>, work: &Arc<Work>) -> Event {
        let context = Context { app: self.clone(), work: Work::part_of(work), observer: self.observer.get().cloned() };
        let mut event = Event::new(Arc::new(context), "");
        event.correlation_id = self.new_correlation_id(&event);
        event
    }

    /// A correlation id as `configuration` wants them.
    fn new_correlation_id(&self, event: &Event) -> Str {
        match self.built.correlation.as_ref().map(|generator| generator.text(event)) {
            Some(Ok(Some(id))) => Str::from(id),
            Some(Err(error)) => {
                tracing::error!("the correlation id generator fails: {error}");
                new_correlation_id()
            }
            Some(Ok(None)) | None => new_correlation_id(),
        }
    }

    /// Starts what global elements need: servers, stores.
    ///
    /// # Errors
    /// What one of them fails with; those before it are stopped again.
    pub async fn start(self: &Arc<Self>) -> Result<(), Fault> {
        for (name, global) in &self.built.globals {
            if let Err(fault) = global.start(self).await {
                self.stop_globals().await;
                return Err(Fault::new(fault.code(), format!("`{name}` does not start: {fault}")));
            }
        }
        Ok(())
    }

    /// Starts the sources of all flows that are to be started.
    ///
    /// # Errors
    /// What a source fails with.
    pub async fn start_sources(self: &Arc<Self>) -> Result<(), Fault> {
        let names: Vec<_> = self.built.sources.keys().cloned().collect();
        for name in names {
            if self.flow(&name).is_some_and(|flow| flow.started.load(std::sync::atomic::Ordering::Relaxed)) {
                self.start_source(&name).await?;
            }
        }
        Ok(())
    }

    /// Starts the source of a flow, if it has one that does not run yet.
    ///
    /// # Errors
    /// What the source fails with.
    pub async fn start_source(self: &Arc<Self>, flow: &str) -> Result<(), Fault> {
        let (Some(source), Some(target)) = (self.built.sources.get(flow), self.flow(flow)) else { return Ok(()) };
        let mut running = self.running.lock().await;
        if !running.contains_key(flow) {
            let entry = Entry { app: self.clone(), flow: target.clone() };
            running.insert(flow.to_string(), source.start(entry).await?);
        }
        Ok(())
    }

    /// Stops the source of a flow.
    pub async fn stop_source(&self, flow: &str) {
        let source = self.running.lock().await.remove(flow);
        if let Some(source) = source {
            source.stop().await;
        }
    }

    /// Stops the sources, lets running events end within the time that the configuration gives them, and stops the rest.
    /// Gives how many pieces of work were cut.
    pub async fn stop(self: &Arc<Self>) -> usize {
        let sources: Vec<_> = self.running.lock().await.drain().collect();
        for (_, source) in sources {
            source.stop().await;
        }
        self.batch.pause();
        let ended = tokio::time::timeout(self.shutdown_timeout, self.work.idle()).await;
        let cut = if ended.is_ok() { 0 } else { self.work.running() };
        self.stop_globals().await;
        self.batch.close().await;
        cut
    }

    async fn stop_globals(self: &Arc<Self>) {
        for global in self.built.globals.values().rev() {
            global.stop(self).await;
        }
    }
}
