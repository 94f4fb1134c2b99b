//! Runs every recorded case of the reference engine and compares. Deviations are listed with their reasons.

#![allow(clippy::unwrap_used)]

mod compare;
mod deviations;
#[path = "../support/mod.rs"]
mod support;

use dwrun::script::{Engine, Inputs};
use dwrun::suite::cases::content;
use dwrun::text::Source;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use support::cases::{self, Case};

/// What a case did.
type Outcome = Result<(), String>;

#[test]
fn cases_recorded_from_the_reference_engine() {
    let cases = cases::all();
    let outcomes = run_all(&cases);
    let known = deviations::read(&folder().join("deviations.toml"));
    let mut areas: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut surprises = Vec::new();
    for (case, outcome) in cases.iter().zip(&outcomes) {
        let area = areas.entry(area(case)).or_default();
        area.0 += usize::from(outcome.is_ok());
        area.1 += 1;
        match (outcome, known.contains_key(&case.name)) {
            (Err(why), false) => surprises.push(format!("FAIL {}\n    {}", case.name, why.replace('\n', "\n    "))),
            (Ok(()), true) => surprises.push(format!("{} passes now: take it off deviations.toml", case.name)),
            _ => {}
        }
    }
    for name in known.keys().filter(|name| !cases.iter().any(|c| c.name == **name)) {
        surprises.push(format!("deviations.toml lists {name}, but there is no such case"));
    }
    for (area, (passed, all)) in &areas {
        println!("{area:24} {passed:5} of {all:5} {:6.1} %", 100.0 * *passed as f64 / *all as f64);
    }
    assert!(surprises.is_empty(), "{}\n{} surprises", surprises.join("\n"), surprises.len());
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance")
}

/// Runs the cases on all cores; outcomes in the order of the cases.
fn run_all(cases: &[Case]) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(vec![None; cases.len()]);
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(2, usize::from) {
            scope.spawn(|| {
                while let Some((at, case)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|n| Some((n, cases.get(n)?)))
                {
                    let outcome = run(case);
                    outcomes.lock().unwrap()[at] = Some(outcome);
                }
            });
        }
    });
    outcomes.into_inner().unwrap().into_iter().map(|o| o.unwrap_or_else(|| Err("it did not run".into()))).collect()
}

fn run(case: &Case) -> Outcome {
    let outcome = std::panic::catch_unwind(|| execute(case)).map_err(|_| "it panicked".to_string())?;
    match (case.last("output"), outcome) {
        (None, Err(report)) if report.trim().is_empty() => Err("it failed without a message".into()),
        (None, Err(_)) => Ok(()),
        (None, Ok(bytes)) => {
            let message = case.all("error").next().map_or("", |(_, message)| message);
            Err(format!("should fail ({message}), gave\n{}", String::from_utf8_lossy(&bytes)))
        }
        (Some(_), Err(report)) => Err(report),
        (Some((mime, text)), Ok(got)) => {
            let (mime, wanted) = content(mime, text).unwrap();
            compare::same(&mime, &wanted, &got)
        }
    }
}

fn area(case: &Case) -> &str {
    case.name.split('/').next().unwrap_or_default()
}

/// The result's bytes, or the rendered report.
fn execute(case: &Case) -> Result<Vec<u8>, String> {
    let limit = Duration::from_secs(20);
    let mut engine = Engine::new().default_output("application/dw").time_limit(limit).trusted().on_log(|_, _| {});
    for (path, text) in case.all("module") {
        engine = engine.module(&path.trim_end_matches(".dwl").replace('/', "::"), text);
    }
    let mut inputs = Inputs::new();
    for (argument, text) in case.all("input") {
        let (name, mime) = argument.split_once(' ').unwrap();
        let (mime, bytes) = content(mime, text).unwrap();
        inputs = inputs.content(name, &mime, bytes);
    }
    let names: Vec<String> = inputs.names().map(str::to_string).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let source = Source::new("script.dwl", cases::script(case));
    let script = engine.compile_source(&source, &names).map_err(|r| r.to_string())?;
    let mut out = Vec::new();
    script.run_to(inputs, &mut out).map_err(|r| r.to_string())?;
    Ok(out)
}
