//! MUnit suites of `tests/munit`: what a project's suites can do, and what failing tests tell.
#![allow(clippy::unwrap_used)]

use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Runs the suites of a folder below `tests/munit`; gives what was printed and the report.
fn run(folder: &str, arguments: &[&str]) -> (Output, Value) {
    let reports = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("munit-{folder}"));
    let mut run = Command::new(env!("CARGO_BIN_EXE_dwrun"));
    run.arg("test").arg(Path::new("tests/munit").join(folder)).arg("--reports").arg(&reports).args(arguments);
    let output = run.current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
    let files = std::fs::read_dir(&reports).unwrap().map(|entry| entry.unwrap().path());
    let report = files.into_iter().find(|path| path.extension().is_some_and(|e| e == "json")).unwrap();
    (output, serde_json::from_slice(&std::fs::read(report).unwrap()).unwrap())
}

/// Each test with what came of it.
fn outcomes(report: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_string();
    let mut all = Vec::new();
    for suite in report["suites"].as_array().unwrap() {
        for test in suite["tests"].as_array().unwrap() {
            let message = text(&test["message"]);
            let message = if message.is_empty() { message } else { format!(": {message}") };
            all.push(format!("{} {}{message}", text(&test["name"]), text(&test["status"])));
        }
    }
    all
}

#[test]
fn a_project_s_suites_pass_and_are_covered() {
    let coverage = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("munit-coverage");
    let (output, report) = run("project", &["--coverage", coverage.to_str().unwrap()]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!((report["tests"].as_u64(), report["skipped"].as_u64()), (Some(16), Some(2)));
    let covered = std::fs::read(coverage.join("munit/munit-coverage.json")).unwrap();
    let covered: Value = serde_json::from_slice(&covered).unwrap();
    assert_eq!((covered["processorCount"].as_u64(), covered["coveredProcessorCount"].as_u64()), (Some(9), Some(8)));
    let flows = covered["files"][0]["flows"].as_array().unwrap();
    let missed: Vec<_> = flows.iter().filter(|flow| flow["coverage"] == 0.0).map(|flow| &flow["name"]).collect();
    assert_eq!(missed, ["never"]);
    let expressions = std::fs::read_to_string(coverage.join("lcov.info")).unwrap();
    let files: Vec<_> = expressions.lines().filter_map(|line| line.strip_prefix("SF:")).collect();
    assert!(files.iter().all(|file| file.contains("src/main")) && files.iter().any(|file| file.ends_with("tea.xml")));
    assert!(expressions.lines().any(|line| line.starts_with("DA:") && !line.ends_with(",0")), "{expressions}");
}

#[test]
fn tests_are_selected_as_for_maven() {
    let (_, report) = run("project", &["-Dmunit.test=scopes-.*#.*errors.*"]);
    assert_eq!(outcomes(&report), ["expected-errors-have-type-and-text passed"]);
    let (_, report) = run("project", &["-Dmunit.tags=crm"]);
    assert_eq!(outcomes(&report), ["unknown-connectors-are-mocked passed"]);
}

#[test]
fn too_little_coverage_fails_where_it_should() {
    let coverage = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("munit-limits");
    let wanted = ["--coverage", coverage.to_str().unwrap(), "-DrequiredFlowCoverage=50", "-DfailBuild=true"];
    let (output, _) = run("project", &wanted);
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(
        text.contains("Flow: tea.xml -> never coverage is below defined limit. Required: 50.0% - Current: 0.00%"),
        "{text}"
    );
}

#[test]
fn failing_tests_tell_what_is_wrong() {
    let (output, report) = run("failing", &[]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        outcomes(&report),
        [
            "a-value-differs failed: the greeting: expected { name: \"\", greeting: \"good day\", lines: [ 1, 2 ] }, but it is \
             { name: \"\", greeting: \"hello\", lines: [ 1, 2, 3 ] }",
            "a-matcher-refuses failed: expected greater than 5, but it is 3",
            "a-spy-is-not-silenced failed: expected \"unseen\", but it is \"seen\"",
            "too-few-calls failed: `set-payload` should be called 2 times, but it was called once",
            "nothing-fails-as-expected failed: expected an error of type MULE:EXPRESSION, but nothing failed",
            "an-error-type-that-is-not-there error: the expected error type is not there: Could not find error 'EXPRESION' \
             (did you mean `MULE:EXPRESSION`?)",
            "an-expression-fails error: MULE:EXPRESSION: \"Cannot coerce String to Number\" evaluating expression: \
             \"1 / (payload as Number)\".",
            "takes-too-long error: the test takes longer than 50 ms",
            "java-is-not-there error: MUNIT-TOOLS:UNSUPPORTED: `org.example.Positive` is written in Java, which dwrun does not \
             run: assert the same with `munit-tools:assert`",
        ]
    );
    let detail = report["suites"][0]["tests"][0]["detail"].as_str().unwrap();
    assert_eq!(
        detail,
        ".greeting\n- \"good day\"\n+ \"hello\"\n.lines[2]: not expected\n+ 3\n  at a-value-differs/validation/0/processors/0 @ \
         app:failing-suite.xml:25"
    );
}

/// What apps made elsewhere have: connectors that are not there, paths of Windows, Java, mistakes where no test comes.
#[test]
fn apps_from_elsewhere_are_tested() {
    let (output, report) = run("wild", &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    assert_eq!(report["tests"].as_u64(), Some(4));
}
