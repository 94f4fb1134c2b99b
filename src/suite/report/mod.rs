//! Reports of a run for other programs: JUnit XML as Surefire writes it, and JSON.

mod json;
mod junit;

use super::SuiteResult;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// The file with all results as JSON.
const JSON: &str = "dwrun-tests.json";

/// Writes `TEST-<suite>.xml` for each suite and `dwrun-tests.json` into a folder, which is made if it is not there.
pub fn write(folder: &Path, suites: &[SuiteResult]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut taken = BTreeSet::new();
    for suite in suites {
        let mut name = file_name(&suite.name);
        while !taken.insert(name.clone()) {
            name.push('_');
        }
        fs::write(folder.join(format!("TEST-{name}.xml")), junit::document(suite)?)?;
    }
    fs::write(folder.join(JSON), json::document(suites)?)
}

/// A suite's name as part of a file's name: `orders.merge` for `orders/merge`.
fn file_name(suite: &str) -> String {
    let name: String = suite.chars().map(|c| if c.is_alphanumeric() || "-_ .".contains(c) { c } else { '.' }).collect();
    name.trim_end_matches(".xml").trim_matches('.').to_string()
}
