//! The configuration files of an app, with those that they import.

use super::Project;
use crate::diag::{Code, Fault, Report};
use crate::flow::config::{Element, read};
use std::collections::HashSet;
use std::path::{Path, PathBuf};

/// The top-level elements of all files, imported ones as well.
pub(super) struct Configuration {
    pub(super) elements: Vec<Element>,
    seen: HashSet<PathBuf>,
    faults: Vec<Fault>,
}

impl Configuration {
    /// Reads the files of a project.
    ///
    /// # Errors
    /// What is wrong with them as XML, and imports that are not there.
    pub(super) fn read(project: &Project) -> Result<Self, Report> {
        let mut all = Self { elements: Vec::new(), seen: HashSet::new(), faults: Vec::new() };
        for file in &project.files {
            all.file(file);
        }
        if all.faults.is_empty() { Ok(all) } else { Err(all.faults.into()) }
    }

    fn file(&mut self, path: &Path) {
        if !self.seen.insert(path.canonicalize().unwrap_or_else(|_| path.to_path_buf())) {
            return;
        }
        let root = match root(path) {
            Ok(root) => root,
            Err(fault) => return self.faults.push(fault),
        };
        for child in root.children {
            match child.name.is("", "import") {
                true => self.import(&child, path),
                false => self.elements.push(child),
            }
        }
    }

    /// Reads an imported file: looked for beside the file that imports it, then where apps keep their files.
    fn import(&mut self, element: &Element, from: &Path) {
        let Some(name) = element.attribute("file").map(|file| file.text.trim()) else {
            let fault = Fault::new(Code::Configuration, "`import` needs `file`");
            return self.faults.push(fault.at(|| element.start()));
        };
        let folder = from.parent().unwrap_or(Path::new("."));
        match IMPORT_FOLDERS.iter().map(|place| folder.join(place).join(name)).find(|path| path.is_file()) {
            Some(path) => self.file(&path),
            None => {
                let fault = Fault::new(Code::Configuration, format!("Could not find imported resource '{name}'"));
                let help = "it is looked for beside this file, in src/main/mule and in src/main/resources";
                self.faults.push(fault.help(help).at(|| element.start()));
            }
        }
    }
}

/// Where imported files are looked for, seen from the file that imports them.
const IMPORT_FOLDERS: [&str; 5] = ["", "../apps", "../../main/mule", "../../main/resources", "../resources"];

/// The root element of a file.
fn root(path: &Path) -> Result<Element, Fault> {
    let root = read(path)?;
    if !matches!(root.name.local.as_str(), "mule" | "domain" | "mule-domain") {
        let fault = Fault::new(Code::Configuration, format!("the root element is `{}`, not `mule`", root.name));
        return Err(fault.at(|| root.start()));
    }
    Ok(root)
}
