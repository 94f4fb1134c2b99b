//! Loading an app: files, imports, properties, then everything is built and checked before anything starts.

use super::{App, Project, Properties, facts};
use crate::diag::{Code, Fault, Report};
use crate::flow::build::{Built, Stubs, build};
use crate::flow::config::{Element, read};
use crate::flow::event::media;
use crate::flow::exec::Work;
use crate::flow::expression::Compiler;
use crate::flow::spec::Registry;
use crate::flow::store::{Limits, MemoryStore};
use crate::format::{Input, MediaType};
use crate::script::{self, Engine, LogLevel};
use crate::value::{Value, coerce};
use std::collections::HashSet;
use std::path::{Path, PathBuf};
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
}

impl App {
    /// Loads an app.
    ///
    /// # Errors
    /// Every mistake in its configuration.
    pub fn load(project: &Project, options: &Options<'_>) -> Result<Arc<Self>, Report> {
        let mut elements = Configuration::read(project)?.elements;
        let properties = properties(&elements, project, options)?;
        resolve_all(&mut elements, &properties)?;
        let compiler = Compiler::new(engine(project, &properties)?);
        let built = build(&elements, options.registry, compiler, project.resources.clone(), options.stubs.clone())?;
        let times = Times {
            shutdown: setting(&elements, "shutdownTimeout").unwrap_or(SHUTDOWN_TIMEOUT),
            response: setting(&elements, "defaultResponseTimeout").unwrap_or(RESPONSE_TIMEOUT),
        };
        Ok(Arc::new(Self::of(project, options, properties, built, &times)))
    }

    fn of(project: &Project, options: &Options<'_>, properties: Properties, built: Built, times: &Times) -> Self {
        Self {
            name: project.name.clone(),
            resources: project.resources.clone(),
            state: options.state.clone(),
            properties,
            store: Arc::new(MemoryStore::new(Limits::default())),
            work: Arc::new(Work::default()),
            shutdown_timeout: times.shutdown,
            response_timeout: times.response,
            built,
            observer: OnceLock::new(),
            functions: OnceLock::new(),
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
}

/// How long the answers of services may take (mule `configuration`).
const RESPONSE_TIMEOUT: Duration = Duration::from_secs(10);
/// How long running events may take when the app stops (mule `configuration`).
const SHUTDOWN_TIMEOUT: Duration = Duration::from_millis(5000);

/// Everything that is wrong with an app, without starting it.
///
/// # Errors
/// Every mistake in its configuration.
pub fn check(path: &Path, options: &Options<'_>) -> Result<(), Report> {
    App::load(&Project::at(path)?, options).map(drop)
}

/// The top-level elements of all files, imported ones as well.
struct Configuration {
    elements: Vec<Element>,
    seen: HashSet<PathBuf>,
}

impl Configuration {
    fn read(project: &Project) -> Result<Self, Report> {
        let mut all = Self { elements: Vec::new(), seen: HashSet::new() };
        let mut faults = Vec::new();
        for file in &project.files {
            faults.extend(all.file(file).err());
        }
        if faults.is_empty() { Ok(all) } else { Err(faults.into()) }
    }

    fn file(&mut self, path: &Path) -> Result<(), Fault> {
        if !self.seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_path_buf())) {
            return Ok(());
        }
        let root = read(path)?;
        if !matches!(root.name.local.as_str(), "mule" | "domain" | "mule-domain") {
            let fault = Fault::new(Code::Configuration, format!("the root element is `{}`, not `mule`", root.name));
            return Err(fault.at(|| root.start()));
        }
        for child in root.children {
            match child.name.is("", "import") {
                true => self.import(&child, path)?,
                false => self.elements.push(child),
            }
        }
        Ok(())
    }

    /// Reads an imported file: looked for beside the file that imports it, then where apps keep their files.
    fn import(&mut self, element: &Element, from: &Path) -> Result<(), Fault> {
        let name = element.attribute("file").map_or("", |file| file.text.trim());
        let folder = from.parent().unwrap_or(Path::new("."));
        let found = IMPORT_FOLDERS.iter().map(|place| folder.join(place).join(name)).find(|path| path.is_file());
        match found {
            Some(path) => self.file(&path),
            None => {
                let fault = Fault::new(Code::Configuration, format!("Could not find imported resource '{name}'"));
                let help = "it is looked for beside this file, in src/main/mule and in src/main/resources";
                Err(fault.help(help).at(|| element.start()))
            }
        }
    }
}

/// Where imported files are looked for, seen from the file that imports them.
const IMPORT_FOLDERS: [&str; 5] = ["", "../apps", "../../main/mule", "../../main/resources", "../resources"];

fn io_fault(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(Code::Io, format!("cannot read {}: {error}", path.display()))
}

/// The properties of an app; files may use those from outside and the global ones.
fn properties(elements: &[Element], project: &Project, options: &Options<'_>) -> Result<Properties, Report> {
    let mut all = Properties::outside(options.properties.clone()).with_folders(project.resources.clone());
    for (name, value) in [("app.name", project.name.as_str()), ("app.home", "."), ("mule.home", ".")] {
        all.built_in(name, value);
    }
    for element in elements.iter().filter(|e| e.name.is("", "global-property")) {
        if let (Some(name), Some(value)) = (element.attribute("name"), element.attribute("value")) {
            all.global(&name.text, &value.text);
        }
    }
    let mut faults = Vec::new();
    for element in elements.iter().filter(|e| e.name.is("", "configuration-properties")) {
        match file_properties(element, &all, &project.resources) {
            Ok(found) => found.into_iter().for_each(|(name, value)| all.from_file(name, value)),
            Err(fault) => faults.push(fault.at(|| element.start())),
        }
    }
    if faults.is_empty() { Ok(all) } else { Err(faults.into()) }
}

/// The properties of one file, YAML or Java properties.
fn file_properties(element: &Element, known: &Properties, folders: &[PathBuf]) -> Result<Vec<(String, String)>, Fault> {
    let name = known.resolve(element.attribute("file").map_or("", |file| file.text.trim()))?;
    let path = folders.iter().map(|folder| folder.join(&name)).find(|path| path.is_file());
    let Some(path) = path else {
        let fault = Fault::new(Code::Configuration, format!("Couldn't find configuration properties file {name}"));
        return Err(fault.help("it is looked for in src/main/resources, or beside the configuration file"));
    };
    let bytes = std::fs::read(&path).map_err(|e| io_fault(&path, &e))?;
    let is_yaml = path.extension().is_some_and(|e| e == "yaml" || e == "yml");
    let mut format: MediaType = media(if is_yaml { "application/yaml" } else { "text/x-java-properties" });
    if let Some(encoding) = element.attribute("encoding") {
        format = format.with_parameter("charset", &encoding.text);
    }
    let value = script::read(Input::memory(path.display().to_string(), bytes), &format)?;
    let mut found = Vec::new();
    flatten(&value, String::new(), &mut found)?;
    Ok(found)
}

/// Nested keys joined with dots; lists joined with commas (mule `YamlConfigurationPropertiesProvider`).
fn flatten(value: &Value, name: String, found: &mut Vec<(String, String)>) -> Result<(), Fault> {
    match value.bare() {
        Value::Object(object) => object.iter().try_for_each(|pair| {
            let key = pair.name.local.as_str();
            flatten(pair.value, if name.is_empty() { key.to_string() } else { format!("{name}.{key}") }, found)
        }),
        Value::Array(items) => {
            let texts: Result<Vec<_>, _> = items.force()?.iter().map(coerce::to_text).collect();
            found.push((name, texts?.join(",")));
            Ok(())
        }
        Value::Null => {
            found.push((name, String::new()));
            Ok(())
        }
        Value::String(text) => {
            found.push((name, text.to_string()));
            Ok(())
        }
        other => {
            let message = format!(
                "YAML configuration properties only supports string values, make sure to wrap the value of `{name}` with quotes"
            );
            Err(Fault::new(Code::Configuration, message).value(name, coerce::to_text(other)?.to_string()))
        }
    }
}

/// Replaces `${…}` in all attributes and texts.
fn resolve_all(elements: &mut [Element], properties: &Properties) -> Result<(), Report> {
    let mut faults = Vec::new();
    for element in elements.iter_mut().filter(|e| !e.name.is("", "global-property")) {
        resolve(element, properties, &mut faults);
    }
    if faults.is_empty() { Ok(()) } else { Err(faults.into()) }
}

fn resolve(element: &mut Element, properties: &Properties, faults: &mut Vec<Fault>) {
    let source = element.source.clone();
    let texts = element.attributes.iter_mut().map(|a| &mut a.value).chain(&mut element.text);
    for text in texts.filter(|text| text.text.contains("${")) {
        match properties.resolve(&text.text) {
            Ok(resolved) => text.text = resolved,
            Err(fault) => faults.push(fault.at(|| crate::text::Place { source: source.clone(), span: text.span })),
        }
    }
    element.children.iter_mut().for_each(|child| resolve(child, properties, faults));
}

/// The engine of the app's expressions.
fn engine(project: &Project, properties: &Properties) -> Result<Engine, Fault> {
    let mut engine =
        Engine::new().default_output("application/java").implicit("Mule").trusted().on_log(|level, line| match level {
            LogLevel::Debug => {
                tracing::debug!(target: "org.mule.runtime.core.internal.processor.LoggerMessageProcessor", "{line}")
            }
            LogLevel::Info => {
                tracing::info!(target: "org.mule.runtime.core.internal.processor.LoggerMessageProcessor", "{line}")
            }
            LogLevel::Warn => {
                tracing::warn!(target: "org.mule.runtime.core.internal.processor.LoggerMessageProcessor", "{line}")
            }
            LogLevel::Error => {
                tracing::error!(target: "org.mule.runtime.core.internal.processor.LoggerMessageProcessor", "{line}")
            }
        });
    for folder in &project.resources {
        engine = engine.module_path(folder);
    }
    for name in properties.names() {
        if let Some(value) = properties.get(name)? {
            engine = engine.property(name, &value);
        }
    }
    Ok(engine)
}

/// A time of the `configuration` element, in milliseconds.
fn setting(elements: &[Element], name: &str) -> Option<Duration> {
    let configuration = elements.iter().find(|element| element.name.is("", "configuration"))?;
    configuration.attribute(name)?.text.trim().parse().ok().map(Duration::from_millis)
}
