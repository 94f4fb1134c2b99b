//! `dwrun check FILE…`: parses, resolves and type-checks without running; all errors of all files.

use super::args::CheckArgs;
use super::{Failure, inputs, run};
use crate::diag::{Fault, Report};
use crate::script::EVENT_INPUTS;

/// Checks every file; succeeds silently, so that it fits into hooks and editors.
pub fn check(args: &CheckArgs) -> Result<(), Failure> {
    let engine = inputs::engine(&args.path);
    let names: Vec<&str> = EVENT_INPUTS.iter().copied().chain(args.inputs.iter().map(String::as_str)).collect();
    let mut faults: Vec<Fault> = Vec::new();
    for file in &args.files {
        let source = run::read_script(file)?;
        if let Err(report) = engine.compile_source(&source, &names) {
            faults.extend(report.faults().iter().cloned());
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Report::from(faults).into()) }
}
