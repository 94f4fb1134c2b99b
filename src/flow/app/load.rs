//! Loading an app: files, imports, properties, then everything is built and checked before anything starts.

use super::configuration::Configuration;
use super::{App, Project, Properties, engine, facts, property_files};
use crate::diag::{Fault, Report};
use crate::flow::batch::Engine as Batches;
use crate::flow::build::{Built, Folders, Stubs, build};
use crate::flow::config::Element;
use crate::flow::exec::Work;
use crate::flow::expression::Compiler;
use crate::flow::spec::Registry;
use crate::flow::store::{KeptStore, Limits};
use crate::script::{Coverage, Engine};
use crate::text::Place;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// How an app is loaded.
pub struct Options<'a> {
    /// The components there are.
    pub registry: &'a Registry,
    /// Properties given from outside.
    pub properties: Vec<(String, String)>,
    /// The folder for what the app keeps beyond its end.
    pub state: PathBuf,
    /// The connectors that need not be there.
    pub stubs: Stubs,
    /// What notes how much of its expressions runs.
    pub coverage: Option<Coverage>,
}

impl App {
    /// Loads an app.
    ///
    /// # Errors
    /// Every mistake in its configuration.
    pub fn load(project: &Project, options: &Options<'_>) -> Result<Arc<Self>, Report> {
        let mut elements = Configuration::read(project)?.elements;
        let (properties, mut faults) = property_files::properties(&elements, project, options);
        let unresolved = resolve_all(&mut elements, &properties);
        // Where a file of properties is missing, so are its properties: one mistake, not many.
        if faults.is_empty() {
            faults.extend(unresolved);
        }
        let has_property_faults = !faults.is_empty();
        let compiler = Compiler::new(engine::engine(project, &properties, options.coverage.as_ref()));
        let compiler = compiler.late(options.stubs.unknown);
        let folders = Folders { root: project.folder.clone(), resources: project.resources.clone() };
        let built = build(&elements, options.registry, compiler, folders, options.stubs.clone());
        let built = match built {
            Ok(built) if faults.is_empty() => built,
            Ok(_) => return Err(sorted(faults)),
            Err(report) => {
                // What is wrong with a value in which a property is missing has been told.
                let is_told = |fault: &&Fault| !has_property_faults || !fault.message().contains("${");
                faults.extend(report.faults().iter().filter(is_told).cloned());
                return Err(sorted(faults));
            }
        };
        let times = Times {
            shutdown: setting(&elements, "shutdownTimeout").unwrap_or(SHUTDOWN_TIMEOUT),
            response: setting(&elements, "defaultResponseTimeout").unwrap_or(RESPONSE_TIMEOUT),
            transaction: setting(&elements, "defaultTransactionTimeout").unwrap_or(TRANSACTION_TIMEOUT),
        };
        Ok(Arc::new(Self::of(project, options, properties, built, &times)))
    }

    fn of(project: &Project, options: &Options<'_>, properties: Properties, built: Built, times: &Times) -> Self {
        Self {
            name: project.name.clone(),
            state: options.state.clone(),
            database: OnceLock::new(),
            properties,
            batch: Batches::new(&options.state),
            work: Arc::new(Work::default()),
            store: Arc::new(KeptStore::new(DEFAULT_STORE, Limits::default())),
            shutdown_timeout: times.shutdown,
            response_timeout: times.response,
            transaction_timeout: times.transaction,
            built,
            observer: OnceLock::new(),
            metrics: OnceLock::new(),
            library: options.registry.modules().iter().flat_map(|module| module.functions).copied().collect(),
            running: Default::default(),
            facts: facts::Facts::new(&project.name, &project.folder.display().to_string(), ""),
        }
    }
}

/// What the `configuration` element says of times.
struct Times {
    shutdown: Duration,
    response: Duration,
    transaction: Duration,
}

/// What the reference calls the store that is used where none is named.
pub const DEFAULT_STORE: &str = "_defaultUserObjectStore";

/// How long the answers of services may take (mule `configuration`).
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(10);

/// How long transactions may take (mule `configuration`).
const TRANSACTION_TIMEOUT: Duration = Duration::from_secs(30);

/// How long running events may take when the app stops (mule `configuration`).
const SHUTDOWN_TIMEOUT: Duration = Duration::from_millis(5000);

/// The engine of an app's expressions, with its modules and properties; the app itself need not be complete.
///
/// # Errors
/// Configuration that is no XML, and files of properties that cannot be read.
pub fn expressions(project: &Project, options: &Options<'_>) -> Result<Engine, Report> {
    let elements = Configuration::read(project)?.elements;
    let (properties, faults) = property_files::properties(&elements, project, options);
    if faults.is_empty() { Ok(engine::engine(project, &properties, None)) } else { Err(sorted(faults)) }
}

/// Faults as a reader finds them, file by file from top to bottom, each once.
fn sorted(mut faults: Vec<Fault>) -> Report {
    let key = |fault: &Fault| fault.place().map(|p| (p.source.name().to_string(), p.span.start));
    faults.sort_by_cached_key(key);
    faults.dedup_by(|a, b| a.message() == b.message() && key(a) == key(b));
    faults.into()
}

/// Replaces `${…}` in all attributes and texts; gives what cannot be replaced.
fn resolve_all(elements: &mut [Element], properties: &Properties) -> Vec<Fault> {
    let mut faults = Vec::new();
    for element in elements {
        // Global properties are resolved when they are used: another one may win over them.
        match element.name.is("", "global-property") {
            true => resolve(&mut element.clone(), properties, &mut faults),
            false => resolve(element, properties, &mut faults),
        }
    }
    faults
}

fn resolve(element: &mut Element, properties: &Properties, faults: &mut Vec<Fault>) {
    let source = element.source.clone();
    let texts = element.attributes.iter_mut().map(|a| &mut a.value).chain(&mut element.text);
    for text in texts.filter(|text| text.text.contains("${")) {
        match properties.resolve(&text.text) {
            Ok(resolved) => text.text = resolved,
            Err(fault) => faults.push(fault.at(|| Place { source: source.clone(), span: text.span })),
        }
    }
    element.children.iter_mut().for_each(|child| resolve(child, properties, faults));
}

/// A time of the `configuration` element, in milliseconds.
fn setting(elements: &[Element], name: &str) -> Option<Duration> {
    let configuration = elements.iter().find(|element| element.name.is("", "configuration"))?;
    configuration.attribute(name)?.text.trim().parse().ok().map(Duration::from_millis)
}
