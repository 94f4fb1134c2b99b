//! What the commands that run apps share: loading one with the options of the command line, and the runtime it runs on.

use super::Failure;
use super::args::AppArgs;
use crate::flow::app::{App, Options, Project};
use crate::flow::build::Stubs;
use crate::flow::spec::Registry;
use crate::script::Engine;
use crate::{connector, flow, munit};
use std::future::Future;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Every component there is.
pub fn registry() -> Registry {
    Registry::new(flow::MODULES.iter().chain(connector::MODULES).chain(munit::MODULES).copied())
}

/// The app that the command line names.
pub fn load(args: &AppArgs) -> Result<Arc<App>, Failure> {
    let of_mule = args.mule_properties.iter().map(|text| text.strip_prefix("-D").unwrap_or(text));
    let given = args.properties.iter().map(String::as_str).chain(of_mule);
    let stubs = Stubs { named: args.stubs.clone(), unknown: false };
    load_at(&args.app, given, args.state.as_deref(), stubs)
}

/// The app at a path, with these properties and this folder for what it keeps, without the connectors that are stubs.
pub fn load_at<'a>(
    path: &Path,
    properties: impl Iterator<Item = &'a str>,
    state: Option<&Path>,
    stubs: Stubs,
) -> Result<Arc<App>, Failure> {
    let project = Project::at(path).map_err(|fault| Failure::Report(fault.into()))?;
    let properties = properties.map(property).collect::<Result<_, _>>()?;
    let state = state.map_or_else(|| state_beside(&project.folder), Path::to_path_buf);
    Ok(App::load(&project, &Options { registry: &registry(), properties, state, stubs, coverage: None })?)
}

/// The engine of an app's expressions, whose results are JSON and whose log is plain.
pub fn engine(path: &Path) -> Result<Engine, Failure> {
    let project = Project::at(path).map_err(|fault| Failure::Report(fault.into()))?;
    let state = state_beside(&project.folder);
    let options =
        Options { registry: &registry(), properties: Vec::new(), state, stubs: Stubs::default(), coverage: None };
    let engine = flow::app::expressions(&project, &options)?;
    Ok(engine.default_output("application/json").on_log(|_, line| eprintln!("{line}")))
}

/// Where the app at a path keeps what outlives it.
pub fn state_of(path: &Path, given: Option<&Path>) -> Result<PathBuf, Failure> {
    let project = Project::at(path).map_err(|fault| Failure::Report(fault.into()))?;
    Ok(given.map_or_else(|| state_beside(&project.folder), Path::to_path_buf))
}

/// `.dwrun`, beside the app.
fn state_beside(folder: &Path) -> PathBuf {
    folder.join(".dwrun")
}

/// `NAME=VALUE`; without a value it is `true`, as for Maven.
pub fn property(text: &str) -> Result<(String, String), Failure> {
    match text.split_once('=').unwrap_or((text, "true")) {
        ("", _) => Err(Failure::Usage(format!("-D takes NAME=VALUE, not `{text}`"))),
        (name, value) => Ok((name.to_string(), value.to_string())),
    }
}

/// Runs a future to its end on a runtime for flows.
pub fn block_on<T>(future: impl Future<Output = T>) -> Result<T, Failure> {
    let runtime =
        tokio::runtime::Builder::new_multi_thread().enable_all().thread_name("uber").thread_stack_size(STACK).build();
    let runtime = runtime.map_err(|e| Failure::Plain(format!("cannot start the threads that run flows: {e}")))?;
    let result = runtime.block_on(future);
    runtime.shutdown_background();
    Ok(result)
}

/// The stack of a thread, in bytes: flows that call each other nest on it. Only what is used takes memory.
const STACK: usize = 32 << 20;
