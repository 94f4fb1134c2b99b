//! What the standard library promises: every declaration has an example, every example gives what it says, and the natives
//! that the modules name are those that there are.
#![allow(clippy::unwrap_used)]

use dwrun::builtin;
use dwrun::script::doc::{self, Example, Outcome};
use dwrun::script::{Engine, Inputs};
use dwrun::value::{Value, ops};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn run(script: &str) -> Result<Value, String> {
    // Deferred parts of the value must not fail later, when nobody can say which example they belong to.
    let forced = |value: Value| ops::equal(&value, &value).map(|_| value).map_err(|fault| fault.to_string());
    let script = Engine::new().trusted().on_log(|_, _| {}).compile(script).map_err(|report| report.to_string())?;
    script.run(Inputs::new()).map_err(|report| report.to_string()).and_then(forced)
}

/// What is wrong with an example.
fn mistake(example: &Example) -> Option<String> {
    match (&example.outcome, run(&example.script)) {
        (Outcome::Fails(part), Err(message)) if message.contains(part) => None,
        (Outcome::Fails(part), other) => Some(format!("should fail with `{part}`, but {other:?}")),
        (Outcome::Result(_), Err(message)) => Some(message),
        (Outcome::Result(expected), Ok(value)) => match run(expected) {
            Ok(wanted) if ops::equal(&value, &wanted).unwrap() => None,
            wanted => Some(format!("{value:?} instead of {wanted:?}")),
        },
    }
}

#[test]
fn every_example_gives_what_it_says() {
    let mut wrong = Vec::new();
    for page in doc::modules().iter().filter_map(|module| doc::page(module)) {
        for entry in &page.entries {
            for (i, example) in entry.examples.iter().enumerate() {
                wrong.extend(
                    mistake(example).map(|m| format!("{}::{}, example {}: {m}", page.module, entry.name, i + 1)),
                );
            }
        }
    }
    assert!(wrong.is_empty(), "{} examples:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_declaration_has_a_text_and_an_example() {
    for page in doc::modules().iter().filter_map(|module| doc::page(module)) {
        for entry in &page.entries {
            assert!(!entry.text.is_empty(), "{}::{} has no doc comment", page.module, entry.name);
            assert!(!entry.examples.is_empty(), "{}::{} has no example", page.module, entry.name);
        }
    }
}

fn library_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { library_files(&path) } else { vec![path] }).collect()
}

#[test]
fn natives_are_those_that_are_declared() {
    let mut declared = BTreeSet::new();
    for file in library_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("stdlib")) {
        let text = fs::read_to_string(file).unwrap();
        for code in text.lines().filter(|line| !line.starts_with(" *")) {
            let keys = code.split("native(\"").skip(1).filter_map(|rest| rest.split('"').next());
            declared.extend(keys.map(String::from));
        }
    }
    let natives: Vec<_> = builtin::NATIVES.iter().copied().flatten().map(|native| native.key.to_string()).collect();
    let known: BTreeSet<_> = natives.iter().cloned().collect();
    assert_eq!(natives.len(), known.len(), "a key stands twice");
    let missing: Vec<_> = declared.difference(&known).collect();
    let unused: Vec<_> = known.difference(&declared).collect();
    assert!(missing.is_empty() && unused.is_empty(), "without a body: {missing:?}; not declared: {unused:?}");
}
