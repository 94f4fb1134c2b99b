//! Script tests laid out as folders: a folder of the script's name holds a folder for each scenario.

use super::mapping::{Project, shown};
use super::scenario::{self, Scenario};
use crate::suite::{Context, Outcome, Suite, Test, Tree};
use std::collections::BTreeMap;
use std::path::{self, Path, PathBuf};

/// The suites among the folders of a tree: scenarios of one folder belong together.
pub fn find(tree: &Tree) -> Vec<Box<dyn Suite>> {
    let mut groups: BTreeMap<PathBuf, Vec<Scenario>> = BTreeMap::new();
    for folder in tree.folders.iter().filter(|folder| scenario::is_one(folder)) {
        groups.entry(group_of(folder)).or_default().push(Scenario::at(folder));
    }
    groups.into_iter().map(|(path, scenarios)| Box::new(Folder::new(path, scenarios)) as Box<dyn Suite>).collect()
}

/// The folder that a scenario's folder lies in, also where that is above the current folder.
fn group_of(scenario: &Path) -> PathBuf {
    let full = path::absolute(scenario).unwrap_or_else(|_| scenario.to_path_buf());
    shown(full.parent().unwrap_or(&full))
}

struct Folder {
    name: String,
    path: PathBuf,
    project: Project,
    /// The script of all scenarios that have none of their own.
    script: Option<PathBuf>,
    module_folders: Vec<PathBuf>,
    scenarios: Vec<Scenario>,
    tests: Vec<Test>,
}

impl Folder {
    fn new(path: PathBuf, scenarios: Vec<Scenario>) -> Self {
        let tests = scenarios.iter().map(Scenario::test).collect();
        let project = Project::around(&path);
        let (name, script, module_folders) = (project.name(), project.script(), project.module_folders());
        Self { name, path, project, script, module_folders, scenarios, tests }
    }
}

impl Suite for Folder {
    fn name(&self) -> &str {
        &self.name
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn tests(&self) -> &[Test] {
        &self.tests
    }

    fn run(&self, test: usize, context: &Context) -> Outcome {
        let scenario = &self.scenarios[test];
        match scenario.script().or_else(|| self.script.clone()) {
            Some(script) => scenario.run(script, &self.module_folders, context),
            None => Outcome::skipped(format!("no script: there is no {}", self.project.wanted())),
        }
    }
}
