//! Holds the house together: imports between rooms go one way, every file says what lives in it.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every room but the command line.
const ALL: &[&str] = &[
    "text",
    "diag",
    "value",
    "syntax",
    "plan",
    "eval",
    "builtin",
    "format",
    "state",
    "script",
    "suite",
    "flow",
    "connector",
    "munit",
];

/// The rooms of `src/` in their order, each with the rooms it may import (docs/design.md has the same table).
const ROOMS: &[(&str, &[&str])] = &[
    ("text", &[]),
    ("diag", &["text"]),
    ("value", &["diag"]),
    ("syntax", &["text", "diag"]),
    ("plan", &["text", "diag", "value", "syntax"]),
    ("eval", &["text", "diag", "value", "plan"]),
    ("builtin", &["diag", "value", "eval"]),
    ("format", &["text", "diag", "value"]),
    ("state", &["diag", "value"]),
    ("script", &["text", "diag", "value", "syntax", "plan", "eval", "builtin", "format"]),
    ("suite", &["text", "diag", "value", "format", "script"]),
    ("flow", &["text", "diag", "value", "format", "state", "script"]),
    ("connector", &["text", "diag", "value", "format", "state", "script", "flow"]),
    ("munit", &["diag", "value", "format", "script", "suite", "flow"]),
    ("cli", ALL),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(dir: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else if entry.extension().is_some_and(|e| e == extension) {
                found.push(entry);
            }
        }
    }
    found.sort();
    found
}

fn folders_of(dir: &Path) -> Vec<String> {
    let entries = fs::read_dir(dir).unwrap().map(|e| e.unwrap().path());
    entries.filter(|p| p.is_dir()).map(|p| p.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

/// The rooms that a file names behind `crate::`, also inside braces, outside of comments.
fn rooms_imported(text: &str) -> Vec<String> {
    let code: Vec<_> = text.lines().filter(|l| !l.trim_start().starts_with("//")).collect();
    let code = code.join("\n");
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let rest = &code[at + "crate::".len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = &list[..list.find(';').unwrap_or(list.len())];
                let heads = list.split(',').filter_map(|part| part.trim().split("::").next());
                rooms.extend(heads.map(|h| h.trim_matches(['{', '}', ' ']).to_string()));
            }
            None => rooms.push(rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()),
        }
    }
    rooms
}

#[test]
fn rooms_import_only_what_the_design_allows() {
    let known: BTreeMap<_, _> = ROOMS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (room, may) in ROOMS {
        for file in files_below(&root().join("src").join(room), "rs") {
            for import in rooms_imported(&fs::read_to_string(&file).unwrap()) {
                if import != *room && known.contains_key(import.as_str()) && !may.contains(&import.as_str()) {
                    wrong.push(format!("{}: `{room}` may not import `{import}`", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_folder_of_src_is_a_room() {
    for folder in folders_of(&root().join("src")) {
        assert!(ROOMS.iter().any(|(room, _)| *room == folder), "src/{folder} is not in the list of rooms");
    }
}

#[test]
fn every_file_says_what_lives_in_it() {
    let folders = ["src", "tests", "benches"].map(|f| root().join(f));
    let files = folders.iter().filter(|f| f.exists()).flat_map(|f| files_below(f, "rs"));
    let silent: Vec<_> = files.filter(|f| !fs::read_to_string(f).unwrap().starts_with("//! ")).collect();
    assert!(silent.is_empty(), "no header comment in {silent:#?}");
}

#[test]
fn every_format_folder_is_registered() {
    let registry = fs::read_to_string(root().join("src/format/registry.rs")).unwrap();
    for folder in folders_of(&root().join("src/format")) {
        assert!(registry.contains(&format!("{folder}::")), "src/format/{folder} is not in the registry");
    }
}
