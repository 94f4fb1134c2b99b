//! The reference pages in `docs/reference` are those that `dwrun doc --write` writes.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

/// All files below a folder, by their path in it.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        let name = entry.file_name().unwrap().to_string_lossy().into_owned();
        if entry.is_dir() {
            found.extend(files(&entry).into_iter().map(|(inner, text)| (format!("{name}/{inner}"), text)));
        } else {
            found.insert(name, fs::read_to_string(&entry).unwrap());
        }
    }
    found
}

#[test]
fn pages_are_fresh() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("reference");
    let _ = fs::remove_dir_all(&folder);
    let status = Command::new(env!("CARGO_BIN_EXE_dwrun")).args(["doc", "--write"]).arg(&folder).status().unwrap();
    assert!(status.success());
    let committed = files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reference"));
    let written = files(&folder);
    let left_over: Vec<_> = committed.keys().filter(|file| !written.contains_key(*file)).collect();
    assert!(left_over.is_empty(), "remove from docs/reference what is no longer written: {left_over:?}");
    let stale: Vec<_> = written.iter().filter(|(file, text)| committed.get(*file) != Some(text)).collect();
    let stale: Vec<_> = stale.iter().map(|(file, _)| file).collect();
    assert!(stale.is_empty(), "stale: {stale:?}; run `cargo run -- doc --write docs/reference`");
}
