//! Runs every recorded case of the reference engine and compares. Deviations are listed with their reasons.

mod case;
mod compare;
mod deviations;

use case::{Case, Expected};
use dwrun::script::{Engine, Inputs};
use dwrun::text::Source;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// What a case did.
type Outcome = Result<(), String>;

#[test]
fn cases_recorded_from_the_reference_engine() {
    let cases = all_cases();
    let outcomes = run_all(&cases);
    let known = deviations::read(&folder().join("deviations.toml"));
    let mut areas: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut surprises = Vec::new();
    for (case, outcome) in cases.iter().zip(&outcomes) {
        let area = areas.entry(&case.area).or_default();
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

fn all_cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut areas: Vec<_> = std::fs::read_dir(folder().join("cases")).unwrap().map(|e| e.unwrap().path()).collect();
    areas.sort();
    for area in areas {
        let mut files: Vec<_> = std::fs::read_dir(&area).unwrap().map(|e| e.unwrap().path()).collect();
        files.sort();
        for file in files.iter().filter(|f| f.extension().is_some_and(|e| e == "case")) {
            cases.extend(case::read(file, &area.file_name().unwrap().to_string_lossy()));
        }
    }
    cases
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
    match (&case.expected, outcome) {
        (Expected::Error(_), Err(report)) if report.trim().is_empty() => Err("it failed without a message".into()),
        (Expected::Error(_), Err(_)) => Ok(()),
        (Expected::Error(message), Ok(bytes)) => {
            Err(format!("should fail ({message}), gave\n{}", String::from_utf8_lossy(&bytes)))
        }
        (Expected::Output { .. }, Err(report)) => Err(report),
        (Expected::Output { mime, bytes }, Ok(got)) => compare::same(mime, bytes, &got),
    }
}

/// The result's bytes, or the rendered report.
fn execute(case: &Case) -> Result<Vec<u8>, String> {
    let mut engine = Engine::new().default_output("application/dw").time_limit(Duration::from_secs(20)).on_log(|_| {});
    for (path, text) in &case.modules {
        engine = engine.module(&path.trim_end_matches(".dwl").replace('/', "::"), text);
    }
    let names: Vec<&str> = case.inputs.iter().map(|i| i.name.as_str()).collect();
    let script = engine.compile_source(&Source::new("script.dwl", &case.script), &names).map_err(|r| r.to_string())?;
    let inputs = case.inputs.iter().fold(Inputs::new(), |all, i| all.content(&i.name, &i.mime, &i.content));
    let mut out = Vec::new();
    script.run_to(inputs, &mut out).map_err(|r| r.to_string())?;
    Ok(out)
}
