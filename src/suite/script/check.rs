//! Runs a script and judges what it wrote against what is expected.

use super::cases;
use super::given::Given;
use crate::diag::{Code, Fault, Report, Style};
use crate::script::{EVENT_INPUTS, Engine, Files, Inputs, LogLevel, Script};
use crate::suite::compare::{Content, compare};
use crate::suite::{Context, Line, Mark, Outcome, Proposal, Snapshots};
use crate::text::Source;
use crate::value::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The type of results that are values of the runtime's own language: they are compared in the type that is expected.
const JAVA: &str = "application/java";
const JSON: &str = "application/json";

/// A script test, ready to run.
pub struct Check {
    /// The script.
    pub source: Arc<Source>,
    /// Modules that belong to the test: name and text.
    pub modules: Vec<(String, String)>,
    /// Folders in which modules are looked up, besides those of the command line.
    pub folders: Vec<PathBuf>,
    /// What it is given.
    pub inputs: Vec<Given>,
    /// What should come of it.
    pub expected: Expected,
    /// Files and folders that belong to the test, whether or not the script reads them.
    pub files: Vec<PathBuf>,
}

/// What should come of a script.
pub enum Expected {
    /// An output of this type.
    Output {
        /// The MIME type.
        mime: String,
        /// The bytes.
        bytes: Vec<u8>,
        /// Where it stands.
        place: Place,
    },
    /// A failure.
    Failure {
        /// The code it has to have; empty for any.
        code: String,
        /// A part of its message.
        part: String,
    },
    /// Nobody knows yet: where the output would be recorded.
    Unknown(Place),
}

/// Where an output is recorded.
#[derive(Clone)]
pub enum Place {
    /// In a file of its own.
    File(PathBuf),
    /// In a folder, as `out.` and the extension of its type.
    Folder(PathBuf),
    /// In a file of cases, under this name.
    Case(PathBuf, String),
}

/// What a script wrote.
struct Written {
    mime: String,
    bytes: Vec<u8>,
}

impl Check {
    /// Runs the script and judges.
    pub fn run(self, context: &Context) -> Outcome {
        let mut files = self.files.clone();
        let (log, read) = (Arc::new(Mutex::new(String::new())), Files::default());
        let engine = self.engine(context, &log, &read);
        let result = self.evaluate(&engine, &mut files);
        let mut outcome = self.judge(result, &engine, context.snapshots);
        files.extend(read.list());
        outcome.files = files;
        outcome.output = log.lock().unwrap_or_else(PoisonError::into_inner).clone();
        outcome
    }

    fn engine(&self, context: &Context, log: &Arc<Mutex<String>>, read: &Files) -> Engine {
        let log = log.clone();
        let mut engine = context.engine.clone().time_limit(context.time_limit).list_files(read);
        engine = engine.on_log(move |_: LogLevel, line| {
            let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
            log.push_str(line);
            log.push('\n');
        });
        for (name, text) in &self.modules {
            engine = engine.module(name, text);
        }
        for folder in &self.folders {
            engine = engine.module_path(folder);
        }
        match &self.expected {
            Expected::Output { mime, .. } => engine.default_output(mime),
            _ => engine,
        }
    }

    fn evaluate(&self, engine: &Engine, files: &mut Vec<PathBuf>) -> Result<Written, Report> {
        // Every Mule event has these two.
        let mut inputs = Inputs::new().value("vars", Value::empty_object()).value("attributes", Value::Null);
        for given in &self.inputs {
            inputs = given.add_to(inputs, engine, files)?;
        }
        let names: Vec<String> = inputs.names().map(str::to_string).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).chain(EVENT_INPUTS).collect();
        let script = engine.compile_source(&self.source, &names)?;
        let mut bytes = Vec::new();
        let mime = script.output_type()?;
        if mime == JAVA {
            return self.without_java(&script, inputs, engine);
        }
        script.run_to(inputs, &mut bytes)?;
        Ok(Written { mime, bytes })
    }

    /// The result of a script whose output is Java objects, in the type that is expected.
    fn without_java(&self, script: &Script, inputs: Inputs, engine: &Engine) -> Result<Written, Report> {
        let mime = match &self.expected {
            Expected::Output { mime, .. } => mime.clone(),
            _ => JSON.to_string(),
        };
        let value = script.run(inputs)?;
        let mut bytes = Vec::new();
        let writer = engine.clone().default_output(&mime).compile("payload")?;
        writer.run_to(Inputs::new().value("payload", value), &mut bytes)?;
        Ok(Written { mime, bytes })
    }

    fn judge(&self, result: Result<Written, Report>, engine: &Engine, snapshots: Snapshots) -> Outcome {
        match (&self.expected, result) {
            (Expected::Failure { code, part }, Err(report)) => failed_as_expected(code, part, &report),
            (Expected::Failure { .. }, Ok(written)) => {
                let mut outcome = Outcome::failed("the script should fail, but gives a result");
                outcome.detail = excerpt(&written.bytes);
                outcome
            }
            (_, Err(report)) => script_failed(&report),
            (Expected::Output { mime, bytes, place }, Ok(written)) => {
                let content = Content { mime: &written.mime, bytes: &written.bytes };
                let differences = compare(engine, Content { mime, bytes }, content);
                match differences.is_empty() {
                    true => passed(place),
                    false => changed(differences, place, written, snapshots),
                }
            }
            (Expected::Unknown(place), Ok(written)) => missing(place, written, snapshots),
        }
    }
}

/// A report as the test's error: the first line of its message, and all of it as detail.
pub(in crate::suite) fn script_failed(report: &Report) -> Outcome {
    let first = report.faults().first().and_then(|fault| fault.message().lines().next());
    Outcome::error(first.unwrap_or("the script fails")).explained(&report.render(Style::default()))
}

fn failed_as_expected(code: &str, part: &str, report: &Report) -> Outcome {
    let fits = |fault: &&Fault| (code.is_empty() || fault.code().id() == code) && fault.message().contains(part);
    if report.faults().iter().any(|fault| fits(&fault)) {
        return Outcome::passed();
    }
    if !code.is_empty() && Code::ALL.iter().all(|known| known.id() != code) {
        let known: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
        return Outcome::error(format!("no error has the code `{code}`")).explained(&known.join(", "));
    }
    let mut outcome = Outcome::failed("the script fails, but with another error");
    let wanted = [code, part].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
    outcome.detail.push(Line::new(Mark::Expected, wanted));
    let given = report.faults().iter().map(|f| Line::new(Mark::Actual, format!("{}: {f}", f.code().id())));
    outcome.detail.extend(given);
    outcome
}

/// A result that waited for review is settled.
fn passed(place: &Place) -> Outcome {
    if let Place::File(file) = place {
        // There usually is none.
        let _ = fs::remove_file(waiting(file));
    }
    Outcome::passed()
}

fn changed(differences: Vec<Line>, place: &Place, written: Written, snapshots: Snapshots) -> Outcome {
    let proposal = proposal(place, written);
    if snapshots == Snapshots::Record {
        return recorded(&proposal);
    }
    let mut outcome = Outcome::failed("the result differs from what is expected");
    outcome.detail = differences;
    outcome.proposal = Some(Box::new(proposal));
    outcome
}

fn missing(place: &Place, written: Written, snapshots: Snapshots) -> Outcome {
    let proposal = proposal(place, written);
    let file = proposal.file.display().to_string();
    let mut outcome = match snapshots {
        Snapshots::Record => return recorded(&proposal),
        Snapshots::Insist => Outcome::failed(format!("no output is recorded in {file}")),
        Snapshots::Pend if proposal.case.is_some() => Outcome::pending(format!("no output is recorded in {file}")),
        Snapshots::Pend => match fs::write(waiting(&proposal.file), &proposal.bytes) {
            Ok(()) => Outcome::pending(format!("no output is recorded; {file}.new waits for review")),
            Err(e) => Outcome::error(format!("cannot write {file}.new: {e}")),
        },
    };
    outcome.detail.extend(excerpt(&proposal.bytes));
    outcome.proposal = Some(Box::new(proposal));
    outcome
}

/// The first lines of a result.
fn excerpt(bytes: &[u8]) -> Vec<Line> {
    const LINES: usize = 40;
    const WIDTH: usize = 200;
    let Ok(text) = std::str::from_utf8(bytes) else {
        return vec![Line::new(Mark::Actual, format!("{} bytes that are no text", bytes.len()))];
    };
    let cut = |line: &str| line.chars().take(WIDTH).collect::<String>();
    let mut lines: Vec<Line> = text.lines().take(LINES).map(|line| Line::new(Mark::Actual, cut(line))).collect();
    match text.lines().count() {
        all if all > LINES => lines.push(Line::new(Mark::Plain, format!("… and {} more lines", all - LINES))),
        _ => {}
    }
    lines
}

fn recorded(proposal: &Proposal) -> Outcome {
    match record(proposal) {
        Ok(()) => {
            let mut outcome = Outcome::passed();
            outcome.message = format!("recorded in {}", proposal.file.display());
            outcome
        }
        Err(why) => Outcome::error(why),
    }
}

fn proposal(place: &Place, written: Written) -> Proposal {
    let Written { mime, bytes } = written;
    let extension = || {
        let format = crate::format::registry::by_name(&mime).ok();
        format.and_then(|f| f.extensions().first().copied()).unwrap_or("bin")
    };
    let (file, case) = match place {
        Place::File(file) => (file.clone(), None),
        Place::Folder(folder) => (folder.join(format!("out.{}", extension())), None),
        Place::Case(file, case) => (file.clone(), Some(case.clone())),
    };
    Proposal { file, case, mime, bytes }
}

/// The file beside its place in which a result waits for review.
fn waiting(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_os_string();
    name.push(".new");
    PathBuf::from(name)
}

/// Cases of one file are recorded by several threads.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// Records a result in its place.
///
/// # Errors
/// The file cannot be read or written, or has lost the case meanwhile.
pub fn record(proposal: &Proposal) -> Result<(), String> {
    let _guard = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let file = &proposal.file;
    let failed = |e: std::io::Error| format!("cannot record the result in {}: {e}", file.display());
    let Some(case) = &proposal.case else {
        fs::write(file, &proposal.bytes).map_err(failed)?;
        return dismiss(proposal);
    };
    let text = fs::read_to_string(file).map_err(failed)?;
    let text = cases::with_output(&text, case, &proposal.mime, &proposal.bytes);
    let text = text.ok_or_else(|| format!("{} has no case `{case}` any more", file.display()))?;
    fs::write(file, text).map_err(failed)
}

/// Removes a result that waited for review.
///
/// # Errors
/// It is there and cannot be removed.
pub fn dismiss(proposal: &Proposal) -> Result<(), String> {
    match fs::remove_file(waiting(&proposal.file)) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
            Err(format!("{}: {e}", waiting(&proposal.file).display()))
        }
        _ => Ok(()),
    }
}
