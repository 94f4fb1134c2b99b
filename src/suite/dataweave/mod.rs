//! Suites written in DataWeave: `*Test.dwl` files on `dw::test::Tests` and `dw::test::Asserts`.

mod resources;
mod tree;

use super::script::check::script_failed;
use super::script::mapping::Project;
use super::{Broken, Context, Kind, Line, Mark, Outcome, Suite, Test, Tree};
use crate::diag::Report;
use crate::script::{Engine, Files, Inputs, LogLevel};
use crate::text::Source;
use crate::value::Value;
use resources::Resources;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tree::Case;

/// The kind of suites written in DataWeave.
pub struct DataWeave {
    engine: Engine,
}

impl DataWeave {
    /// Suites that find modules as this engine does, and in the folders of their projects.
    pub fn new(engine: Engine) -> Self {
        Self { engine }
    }
}

impl Kind for DataWeave {
    fn find(&self, tree: &Tree) -> Vec<Box<dyn Suite>> {
        tree.files.iter().filter(|path| is_suite(path)).map(|path| load(&self.engine, path)).collect()
    }
}

/// Whether a file is a suite: by its name, and because it imports the framework.
fn is_suite(path: &Path) -> bool {
    let is_named = path.file_name().is_some_and(|name| name.to_string_lossy().ends_with("Test.dwl"));
    is_named && fs::read_to_string(path).is_ok_and(|text| text.contains("dw::test::"))
}

/// The suite in a file. Its tests are listed by running the file, which runs none of them.
fn load(engine: &Engine, path: &Path) -> Box<dyn Suite> {
    let name = Project::around(&path.with_extension("")).name();
    match evaluate(engine, path).map_err(|report| script_failed(&report)).and_then(|value| tree::cases(&value)) {
        Ok(cases) => {
            let tests = cases.iter().map(Case::test).collect();
            Box::new(File { name, path: path.to_path_buf(), tests })
        }
        Err(why) => Box::new(Broken::new(name, path, why)),
    }
}

/// What a file of tests gives: a tree of suites and tests that wait.
fn evaluate(engine: &Engine, path: &Path) -> Result<Value, Report> {
    let text = fs::read_to_string(path).map_err(|e| {
        let message = format!("cannot read {}: {e}", path.display());
        crate::diag::Fault::new(crate::diag::Code::Io, message)
    })?;
    let folders = Project::around(path.parent().unwrap_or(Path::new("."))).module_folders();
    let engine = folders.iter().fold(engine.clone(), |engine, folder| engine.module_path(folder));
    let script = engine.compile_source(&Source::new(path.display().to_string(), text), &[])?;
    script.run(Inputs::new().within(Arc::new(Resources { engine, folders })))
}

/// A file of tests.
struct File {
    name: String,
    path: PathBuf,
    tests: Vec<Test>,
}

impl Suite for File {
    fn name(&self) -> &str {
        &self.name
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn tests(&self) -> &[Test] {
        &self.tests
    }

    fn run(&self, test: usize, context: &Context) -> Outcome {
        let (log, read) = (Arc::new(Mutex::new(String::new())), Files::default());
        let lines = log.clone();
        let engine = context.engine.clone().time_limit(context.time_limit).list_files(&read);
        let engine = engine.on_log(move |_: LogLevel, line| {
            let mut lines = lines.lock().unwrap_or_else(PoisonError::into_inner);
            lines.push_str(line);
            lines.push('\n');
        });
        let mut outcome = match evaluate(&engine, &self.path) {
            Ok(value) => run_case(&value, test),
            Err(report) => script_failed(&report),
        };
        outcome.output = log.lock().unwrap_or_else(PoisonError::into_inner).clone();
        outcome.files = read.list();
        outcome.files.push(self.path.clone());
        outcome
    }
}

/// Runs the test at this position in the tree.
fn run_case(value: &Value, test: usize) -> Outcome {
    let cases = match tree::cases(value) {
        Ok(cases) => cases,
        Err(outcome) => return outcome,
    };
    let Some(case) = cases.get(test) else {
        return Outcome::error("the file gave this test when it was listed, but not when it ran");
    };
    match case.judge() {
        Ok(result) => outcome_of(&result),
        Err(fault) => script_failed(&fault.into()),
    }
}

/// What a matcher's result means.
fn outcome_of(result: &Value) -> Outcome {
    let Value::Object(result) = result.bare() else { return Outcome::error("the test gave no result") };
    if matches!(result.get("matches").map(Value::bare), Some(Value::Boolean(true))) {
        return Outcome::passed();
    }
    let description = |part| match result.get("description").map(Value::bare) {
        Some(Value::Object(texts)) => texts.get(part).and_then(Value::as_str).unwrap_or_default().to_string(),
        _ => String::new(),
    };
    let (expected, actual) = (description("expected"), description("actual"));
    let mut outcome = match (expected.lines().count(), actual.lines().count()) {
        (0 | 1, 0 | 1) => Outcome::failed(format!("expected {expected}, but it was {actual}")),
        _ => Outcome::failed("the value is not as expected"),
    };
    let reasons = result.get("reasons").and_then(Value::elements).into_iter().flatten().flatten();
    let reasons: Vec<_> = reasons.filter_map(|reason| reason.as_str().map(str::to_string)).collect();
    match reasons.is_empty() {
        false => outcome.detail.extend(reasons.iter().map(|reason| Line::new(Mark::Plain, reason.as_str()))),
        true => {
            outcome.detail.extend(expected.lines().map(|line| Line::new(Mark::Expected, line)));
            outcome.detail.extend(actual.lines().map(|line| Line::new(Mark::Actual, line)));
        }
    }
    outcome
}
