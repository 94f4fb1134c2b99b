//! `dwrun check FILE…`: parses, resolves and type-checks scripts and Mule apps without running them; all errors at once.

use super::args::CheckArgs;
use super::{Failure, app, inputs, run};
use crate::diag::{Fault, Report};
use crate::flow::build::Stubs;
use crate::script::{EVENT_INPUTS, Engine};
use std::path::Path;

/// Checks everything; succeeds silently, so that it fits into hooks and editors.
pub fn check(args: &CheckArgs) -> Result<(), Failure> {
    let engine = inputs::engine(&args.path);
    let mut faults: Vec<Fault> = Vec::new();
    for path in &args.files {
        let outcome = if is_app(path) {
            app::load_at(path, args.properties.iter().map(String::as_str), None, Stubs::default()).map(drop)
        } else {
            script(path, &engine, args)
        };
        match outcome {
            Ok(()) => {}
            Err(Failure::Report(report)) => faults.extend(report.faults().iter().cloned()),
            Err(failure) => return Err(failure),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Report::from(faults).into()) }
}

/// Whether a path is a Mule app: a configuration file, or a folder.
fn is_app(path: &Path) -> bool {
    path.is_dir() || path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xml"))
}

fn script(path: &Path, engine: &Engine, args: &CheckArgs) -> Result<(), Failure> {
    let names: Vec<&str> = EVENT_INPUTS.iter().copied().chain(args.inputs.iter().map(String::as_str)).collect();
    let source = run::read_script(path)?;
    Ok(engine.compile_source(&source, &names).map(drop)?)
}
