//! All results as one JSON document.

use crate::suite::{SuiteResult, TestResult};
use serde_json::{Value, json};
use std::io;

/// Sums, then suites with their tests; times in seconds.
pub fn document(suites: &[SuiteResult]) -> io::Result<Vec<u8>> {
    let counts = SuiteResult::sum(suites);
    let document = json!({
        "tests": counts.tests,
        "failures": counts.failures,
        "errors": counts.errors,
        "skipped": counts.skipped,
        "pending": counts.pending,
        "suites": suites.iter().map(suite).collect::<Vec<_>>(),
    });
    Ok(serde_json::to_vec_pretty(&document)?)
}

fn suite(suite: &SuiteResult) -> Value {
    json!({
        "name": suite.name,
        "path": suite.path.display().to_string(),
        "time": suite.duration().as_secs_f64(),
        "tests": suite.tests.iter().map(test).collect::<Vec<_>>(),
    })
}

fn test(result: &TestResult) -> Value {
    let outcome = &result.outcome;
    json!({
        "name": result.test.name,
        "tags": result.test.tags,
        "status": outcome.status.word(),
        "time": result.duration.as_secs_f64(),
        "message": outcome.message,
        "detail": outcome.detail_text(),
        "output": outcome.output,
    })
}
