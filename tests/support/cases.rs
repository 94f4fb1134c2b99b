//! The conformance cases: all of them, in the text form of script tests.

pub use dwrun::suite::cases::Case;
use dwrun::suite::cases::read;
use std::path::{Path, PathBuf};

/// All cases: the shared ones, then those that the project added; in the order of their files' names.
pub fn all() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance");
    let files = ["cases", "more"].into_iter().flat_map(|folder| files(&root.join(folder)));
    files.flat_map(|file| read(&std::fs::read_to_string(file).unwrap())).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The script of a case.
pub fn script(case: &Case) -> &str {
    case.last("script").map_or("", |(_, text)| text)
}
