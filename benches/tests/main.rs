//! How long `dwrun test` takes for a thousand small script tests: half of them folders, half of them cases in text files.
//!
//! `cargo bench --bench tests` makes them in a folder of its own and prints the median of whole processes.

#[path = "../speed/measure.rs"]
mod measure;

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs of the command; the median counts.
const RUNS: usize = 11;
/// Tests of each form.
const TESTS: usize = 500;
/// Tests that belong together.
const GROUP: usize = 50;

const SCRIPT: &str = "%dw 2.0\noutput application/json\nimport net from lib::Prices\n---\n\
    { id: payload.id, name: upper(payload.name), net: net(payload.price), tags: payload.tags orderBy $ }\n";
const MODULE: &str = "%dw 2.0\nfun net(price) = price * 0.9\n";

fn main() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("tests");
    // What an earlier version of this benchmark made must not count.
    let _ = fs::remove_dir_all(&folder);
    write(&folder.join("src/main/dw/lib/Prices.dwl"), MODULE);
    for first in (0..TESTS).step_by(GROUP) {
        folders(&folder, first);
        cases(&folder, first);
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_dwrun"));
    command.arg("test").current_dir(&folder).env("CI", "true");
    match &measure::rounds(&mut [command], RUNS)[..] {
        [Some(sample)] => {
            println!("{} tests: {:.0} ms, {:.0} MB", 2 * TESTS, sample.seconds * 1e3, sample.megabytes);
        }
        _ => println!("the tests do not pass"),
    }
}

/// A script with a scenario's folder for each test.
fn folders(folder: &Path, first: usize) {
    write(&folder.join(format!("src/main/dw/group{first}.dwl")), SCRIPT);
    for id in first..first + GROUP {
        let scenario = folder.join(format!("src/test/resources/group{first}/test {id}"));
        write(&scenario.join("inputs/payload.json"), &input(id));
        write(&scenario.join("out.json"), &output(id));
    }
}

/// A file with a case for each test.
fn cases(folder: &Path, first: usize) {
    let mut text = format!("----- script file:../main/dw/group{first}.dwl\n");
    for id in first..first + GROUP {
        let (input, output) = (input(id), output(id));
        write!(text, "\n===== test {id}\n----- input payload application/json\n{input}\n").expect("text");
        write!(text, "----- output application/json\n{output}\n").expect("text");
    }
    write(&folder.join(format!("src/test/group{first}.case")), &text);
}

fn input(id: usize) -> String {
    format!(r#"{{"id": {id}, "name": "customer {id}", "price": {id}, "tags": ["new", "b2b", "eu"]}}"#)
}

fn output(id: usize) -> String {
    let net = format!("{}.{}", id * 9 / 10, id * 9 % 10);
    format!(r#"{{"id": {id}, "name": "CUSTOMER {id}", "net": {net}, "tags": ["b2b", "eu", "new"]}}"#)
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("room for the tests");
    fs::write(file, text).expect("room for the tests");
}
