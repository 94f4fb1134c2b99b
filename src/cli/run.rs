//! `dwrun SCRIPT [PAYLOAD]` and `dwrun -e EXPRESSION [PAYLOAD]`: runs one script and writes its result.

use super::args::RunArgs;
use super::output::Output;
use super::watch::{Watch, full};
use super::{Failure, inputs};
use crate::script::Files;
use crate::text::Source;
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// Runs the script of the command line.
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    if args.watch { watch(args) } else { once(args, &Files::default()) }
}

/// Runs the script and lists the modules and resources it reads.
fn once(args: &RunArgs, files: &Files) -> Result<(), Failure> {
    let (source, payload) = script(args)?;
    let given = inputs::inputs(&args.inputs, payload)?;
    let names: Vec<String> = given.names().map(str::to_string).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut engine = inputs::engine(&args.inputs.path).list_files(files);
    if let Some(seconds) = args.time_limit {
        let limit = Duration::try_from_secs_f64(seconds);
        let wrong = |e| Failure::Usage(format!("--time-limit takes a number of seconds, not `{seconds}`: {e}"));
        engine = engine.time_limit(limit.map_err(wrong)?);
    }
    let script = engine.compile_source(&source, &names)?;
    let mut output = Output::open(args.output.as_deref())?;
    match script.run_to(given, &mut output) {
        Ok(()) => output.finish(),
        Err(report) => {
            output.abandon();
            Err(report.into())
        }
    }
}

/// Runs the script now and whenever one of its files has changed, until the process is stopped.
fn watch(args: &RunArgs) -> Result<(), Failure> {
    let own = own_files(args);
    if own.iter().any(|path| path == Path::new("-")) {
        return Err(Failure::Usage("--watch needs files: standard input can be read only once".into()));
    }
    let mut watch = Watch::new()?;
    watch.add(own.iter().map(PathBuf::as_path));
    loop {
        let read = Files::default();
        match once(args, &read) {
            Err(Failure::Usage(why)) => return Err(Failure::Usage(why)),
            Err(failure) => drop(super::report(&failure)),
            // Each result ends with its line, so that the next starts on one of its own.
            Ok(()) if args.output.is_none() && !io::stdout().is_terminal() => println!(),
            Ok(()) => {}
        }
        let files: BTreeSet<PathBuf> = own.iter().chain(&read.list()).map(|path| full(path)).collect();
        watch.add(files.iter().map(PathBuf::as_path));
        let changed = loop {
            let changed = watch.wait();
            if let Some(path) = changed.intersection(&files).next() {
                break path.clone();
            }
        };
        eprintln!("-- {} changed", changed.file_name().unwrap_or_default().to_string_lossy());
    }
}

/// The files that the command line names: the script and the inputs.
fn own_files(args: &RunArgs) -> Vec<PathBuf> {
    let inputs =
        args.inputs.inputs.iter().filter_map(|given| given.split_once('=')).map(|(_, file)| PathBuf::from(file));
    inputs.chain(args.script.clone()).chain(args.payload.clone()).collect()
}

/// The script's text and the payload's file: with `-e` the first positional argument is the payload.
fn script(args: &RunArgs) -> Result<(Arc<Source>, Option<&Path>), Failure> {
    match (&args.expression, &args.script, &args.payload) {
        (Some(text), payload, None) => Ok((Source::new("<expression>", text), payload.as_deref())),
        (Some(_), Some(_), Some(extra)) => {
            Err(Failure::Usage(format!("with -e there is one payload, but `{}` follows it", extra.display())))
        }
        (None, Some(path), payload) => Ok((read_script(path)?, payload.as_deref())),
        (_, None, _) => Err(Failure::Usage("a script is missing: name a .dwl file or use -e".into())),
    }
}

/// The text of a script file.
pub fn read_script(path: &Path) -> Result<Arc<Source>, Failure> {
    let bytes = fs::read(path).map_err(|e| {
        let why = if path.is_dir() { "it is a folder".to_string() } else { e.to_string() };
        Failure::Plain(format!("cannot read the script {}: {why}", path.display()))
    })?;
    let text = String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        Failure::Plain(format!("the script {} is not UTF-8 (byte {at}); save it as UTF-8", path.display()))
    })?;
    let text = text.strip_prefix('\u{feff}').map(str::to_string).unwrap_or(text);
    Ok(Source::new(path.display().to_string(), text))
}
