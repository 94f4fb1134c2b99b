//! Where suites lie, and what belongs to them there.

use crate::diag::Fault;
use crate::flow::app::Project;
use crate::munit::pom::Pom;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Where a suite is, and where its app is.
#[derive(Clone)]
pub struct Place {
    /// The suite's file.
    pub path: PathBuf,
    /// The root of the project, if the suite lies in one.
    pub project: Option<PathBuf>,
    /// The folders in which files are looked up by name: those of the tests first.
    pub resources: Vec<PathBuf>,
    /// What the project's `pom.xml` says of its tests.
    pub pom: Arc<Pom>,
}

/// Where files are looked up in a project: those of the tests first.
const IN_PROJECT: [&str; 5] =
    ["src/test/resources", "src/test/munit", "src/main/resources", "src/main/mule", "src/test/mule"];

/// Where files are looked up, seen from a suite that lies in no project.
const BESIDE: [&str; 5] = ["", "../apps", "../../main/mule", "../../main/resources", "../resources"];

impl Place {
    /// The place of a suite's file: in `src/test/munit` of a project, or beside its app.
    pub fn of(path: &Path) -> Self {
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let full = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
        let root =
            full.ancestors().find(|above| above.ends_with("src/test/munit")).and_then(|tests| tests.ancestors().nth(3));
        let root = root.filter(|root| root.join("src/main/mule").is_dir()).map(Path::to_path_buf);
        let resources = match &root {
            Some(root) => IN_PROJECT.map(|name| root.join(name)),
            None => BESIDE.map(|name| folder.join(name)),
        };
        let resources = resources.into_iter().filter(|folder| folder.is_dir()).collect();
        let pom = Arc::new(root.as_deref().map_or_else(Pom::default, Pom::of));
        Self { path: path.to_path_buf(), project: root, resources, pom }
    }

    /// The app: all files of the project and the suite's, or what the suite's file imports.
    pub(super) fn project(&self) -> Result<Project, Fault> {
        let mut project = match &self.project {
            Some(root) => Project::at(root)?,
            None => Project::at(&self.path)?,
        };
        if !project.files.contains(&self.path) {
            project.files.push(self.path.clone());
        }
        project.resources = self.resources.clone();
        Ok(project)
    }
}
