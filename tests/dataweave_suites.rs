//! Suites written in DataWeave, run by the binary as a user runs them.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

#[test]
fn suites_show_what_each_test_came_to() {
    let project = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/dataweave");
    let run =
        Command::new(env!("CARGO_BIN_EXE_dwrun")).args(["test", "src/test/dw"]).current_dir(project).output().unwrap();
    let shown = String::from_utf8_lossy(&run.stdout);
    assert_eq!(run.status.code(), Some(1), "{shown}");
    for part in [
        "5 tests",
        "ERROR    Bills > totals > of wrong lines",
        "src/main/dw/shop/Prices.dwl:2:",
        "FAILURE  Bills > totals > several conditions",
        "expected (root) to be 5, but it was 4",
        "Tests: 5, Errors: 1, Failures: 1, Skipped: 1",
    ] {
        assert!(shown.contains(part), "`{part}` is missing in:\n{shown}");
    }
    assert!(!shown.contains("FAILURE  Bills > of two lines"), "{shown}");
}
