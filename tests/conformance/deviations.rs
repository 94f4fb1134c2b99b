//! The list of cases in which we differ from the reference engine on purpose or not yet.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    deviation: Vec<Deviation>,
}

#[derive(Deserialize)]
struct Deviation {
    reason: String,
    cases: Vec<String>,
}

/// Reason by case.
pub fn read(file: &Path) -> BTreeMap<String, String> {
    let text = std::fs::read_to_string(file).unwrap();
    let file: File = toml::from_str(&text).unwrap();
    let all = file.deviation.into_iter();
    all.flat_map(|d| d.cases.into_iter().map(move |case| (case, d.reason.clone()))).collect()
}
