//! Runs the suites of the example apps of connectors with the program itself.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::Command;

#[test]
fn examples_of_connectors_pass_their_suites() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/connectors");
    for app in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let run = Command::new(env!("CARGO_BIN_EXE_dwrun")).arg("test").arg(&app).output().unwrap();
        assert!(run.status.success(), "{}\n{}", app.display(), String::from_utf8_lossy(&run.stdout));
    }
}
