//! Runs the MUnit suites of `tests/flows` with the program itself: all of them have to pass, but for those that wait for
//! something that is not built yet.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Suites that do not pass yet, and what they wait for. One that passes must be taken out.
const WAITING: &[(&str, &str)] = &[];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/flows/munit")
}

/// What came of all suites, as the program reports it.
fn results() -> Value {
    let reports = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("flows");
    let mut run = Command::new(env!("CARGO_BIN_EXE_dwrun"));
    run.arg("test").arg(folder()).arg("--reports").arg(&reports);
    // The exit status tells of those that wait, too.
    run.output().unwrap();
    let report = std::fs::read_dir(&reports).unwrap().map(|entry| entry.unwrap().path());
    let report = report.into_iter().find(|path| path.extension().is_some_and(|e| e == "json")).unwrap();
    serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap()
}

/// The tests of a suite that did not pass, with the reason.
fn failed(suite: &Value) -> Vec<String> {
    let tests = suite["tests"].as_array().unwrap().iter().filter(|test| test["status"] != "passed");
    tests.map(|test| format!("{} {}: {}", suite["name"], test["name"], test["message"])).collect()
}

#[test]
fn suites_pass_unless_they_wait_for_something() {
    let results = results();
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for suite in results["suites"].as_array().unwrap() {
        let name = suite["name"].as_str().unwrap();
        seen.insert(name.to_string());
        let failed = failed(suite);
        match WAITING.iter().find(|(waiting, _)| *waiting == name) {
            None => wrong.extend(failed),
            Some((_, what)) if failed.is_empty() => {
                wrong.push(format!("{name} passes: it need not wait for {what} any more"));
            }
            Some(_) => {}
        }
    }
    let files = std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
    wrong.extend(files.filter(|file| !seen.contains(file)).map(|file| format!("{file} was not run")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
