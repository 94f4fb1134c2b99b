//! Coverage of DataWeave by expression and branch: what tests ran of the scripts and modules.

mod html;
mod lcov;

use crate::script::{Coverage, Point};
use std::collections::BTreeMap;
use std::path::Path;
use std::{fs, io};

/// What ran of one file.
pub struct FileCoverage {
    /// Its path, as it was compiled.
    pub name: String,
    /// Its text.
    pub text: String,
    /// Its blocks, outer ones before those inside of them.
    pub points: Vec<Point>,
}

/// Something counted: how much of it ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// What ran.
    pub covered: u64,
    /// All there is.
    pub total: u64,
}

impl Share {
    /// In percent; nothing at all counts as all of it.
    pub fn percent(self) -> f64 {
        if self.total == 0 { 100.0 } else { 100.0 * self.covered as f64 / self.total as f64 }
    }

    fn add(&mut self, hit: bool, amount: u64) {
        self.total += amount;
        self.covered += if hit { amount } else { 0 };
    }

    /// The sum of both.
    pub fn plus(self, other: Share) -> Share {
        Share { covered: self.covered + other.covered, total: self.total + other.total }
    }
}

/// What ran of each file; tests themselves are left out.
pub fn files(coverage: &Coverage) -> Vec<FileCoverage> {
    let mut files: BTreeMap<String, FileCoverage> = BTreeMap::new();
    for point in coverage.points() {
        let name = point.source.name().to_string();
        if !files.contains_key(&name) {
            // Where a file cannot be read there is nothing to show: an empty text, as that of tests.
            let text = fs::read_to_string(&name).ok().filter(|text| !is_test(&name, text)).unwrap_or_default();
            files.insert(name.clone(), FileCoverage { name: name.clone(), text, points: Vec::new() });
        }
        // What was escaped in a configuration was compiled as a text of its own.
        let file = files.get_mut(&name).filter(|file| file.text == point.source.text());
        if let Some(file) = file {
            file.points.push(point);
        }
    }
    let mut files: Vec<_> = files.into_values().filter(|file| !file.points.is_empty()).collect();
    for file in &mut files {
        file.points.sort_by_key(|point| (point.span.start, std::cmp::Reverse(point.span.end)));
    }
    files
}

/// The namespace that the configuration files of tests declare.
const TESTS: &str = "http://www.mulesoft.org/schema/mule/munit\"";

fn is_test(name: &str, text: &str) -> bool {
    name.ends_with("Test.dwl") || (name.ends_with(".xml") && text.contains(TESTS))
}

impl FileCoverage {
    /// How many of its expressions ran.
    pub fn expressions(&self) -> Share {
        let mut share = Share::default();
        self.points.iter().for_each(|point| share.add(point.hits > 0, u64::from(point.expressions)));
        share
    }

    /// How many of its branches were taken.
    pub fn branches(&self) -> Share {
        let mut share = Share::default();
        self.points.iter().filter(|point| point.branch).for_each(|point| share.add(point.hits > 0, 1));
        share
    }

    /// The innermost block at a byte.
    fn point_at(&self, at: usize) -> Option<&Point> {
        self.points.iter().rfind(|point| point.span.range().contains(&at))
    }

    /// How often each line ran, counted from 1; lines that no block begins or goes through are left out.
    fn lines(&self) -> Vec<(usize, u64)> {
        let mut start = 0;
        let mut lines = Vec::new();
        for (index, line) in self.text.split_inclusive('\n').enumerate() {
            let indent = line.len() - line.trim_start().len();
            let begins_here = |point: &&Point| (start..start + line.len()).contains(&(point.span.start as usize));
            // A line such as `fun f(n) = n` stands for the body that begins in it.
            let found = self.point_at(start + indent).or_else(|| self.points.iter().find(begins_here));
            if let Some(point) = found.filter(|_| !line.trim().is_empty()) {
                lines.push((index + 1, point.hits));
            }
            start += line.len();
        }
        lines
    }
}

/// Writes `lcov.info` and `index.html` into a folder.
///
/// # Errors
/// What the operating system says.
pub fn write(folder: &Path, files: &[FileCoverage]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    fs::write(folder.join("lcov.info"), lcov::text(files))?;
    fs::write(folder.join("index.html"), html::page(files))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::script::{Engine, Inputs};

    fn covered(script: &str, payload: &str) -> FileCoverage {
        let coverage = Coverage::default();
        let script = Engine::new().coverage(&coverage).compile(script).unwrap();
        script.run_to(Inputs::new().content("payload", "application/json", payload), &mut Vec::new()).unwrap();
        let points = coverage.points();
        let text = points[0].source.text().to_string();
        let mut file = FileCoverage { name: "a.dwl".into(), text, points };
        file.points.sort_by_key(|point| (point.span.start, std::cmp::Reverse(point.span.end)));
        file
    }

    #[test]
    fn branches_that_were_not_taken_show() {
        let file = covered("if (payload > 1)\n  payload + 1\nelse\n  payload - 1", "5");
        assert_eq!(file.branches(), Share { covered: 1, total: 2 });
        assert_eq!(file.lines(), [(1, 1), (2, 1), (3, 1), (4, 0)]);
        assert!(file.expressions().percent() > 50.0 && file.expressions().percent() < 100.0);
    }

    #[test]
    fn functions_that_were_not_called_show() {
        let file = covered("fun twice(n) = n * 2\nfun never(n) = n\n---\npayload map twice($)", "[1, 2]");
        let lcov = lcov::text(std::slice::from_ref(&file));
        assert!(lcov.contains("DA:1,2\nDA:2,0\nDA:4,1\n"), "{lcov}");
        assert!(html::page(&[file]).contains("<span class=\"missed\">n</span>"));
    }
}
