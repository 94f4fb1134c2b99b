//! The files of an app: one configuration file, or a project folder as Studio lays it out.

use crate::diag::{Code, Fault};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the parts of an app are.
#[derive(Clone, Debug)]
pub struct Project {
    /// The app's name.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Its configuration files, sorted.
    pub files: Vec<PathBuf>,
    /// The folders in which files are looked up by name.
    pub resources: Vec<PathBuf>,
}

impl Project {
    /// The project of a configuration file or a folder.
    ///
    /// # Errors
    /// A path that is not there, or a folder without configuration files.
    pub fn at(path: &Path) -> Result<Self, Fault> {
        if path.is_file() {
            let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf();
            let resources = resources_of(&folder);
            return Ok(Self { name: name_of(path), folder, files: vec![path.to_path_buf()], resources });
        }
        if !path.is_dir() {
            let fault = Fault::new(Code::Io, format!("there is no app at {}", path.display()));
            return Err(fault.help("name a Mule configuration file, or the folder of a project"));
        }
        let flows = path.join("src/main/mule");
        let (files, resources) = match flows.is_dir() {
            true => (xml_files(&flows, true)?, vec![path.join("src/main/resources"), flows]),
            false => (xml_files(path, false)?, resources_of(path)),
        };
        if files.is_empty() {
            let fault =
                Fault::new(Code::Configuration, format!("there are no configuration files in {}", path.display()));
            return Err(fault.help("a project keeps them in src/main/mule"));
        }
        let name = path.canonicalize().map_or_else(|_| name_of(path), |full| name_of(&full));
        Ok(Self { name, folder: path.to_path_buf(), files, resources })
    }
}

/// The folders that files beside a configuration file are looked up in.
fn resources_of(folder: &Path) -> Vec<PathBuf> {
    let beside = ["resources", "../resources", "../../main/resources"].map(|name| folder.join(name));
    [folder.to_path_buf()].into_iter().chain(beside.into_iter().filter(|folder| folder.is_dir())).collect()
}

fn name_of(path: &Path) -> String {
    path.file_stem().map_or_else(|| "app".to_string(), |stem| stem.to_string_lossy().into_owned())
}

/// The configuration files of a folder, of its sub-folders as well where `deep`, which is a folder for nothing else but
/// Studio's catalogue of types and beans of Spring; elsewhere files with another root than Mule's are left out.
fn xml_files(folder: &Path, deep: bool) -> Result<Vec<PathBuf>, Fault> {
    let unreadable = |e: std::io::Error| Fault::new(Code::Io, format!("cannot read {}: {e}", folder.display()));
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() && deep {
            files.extend(xml_files(&path, deep)?);
        } else if path.extension().is_some_and(|e| e == "xml") && is_configuration(&path, deep) {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn is_configuration(path: &Path, among_flows: bool) -> bool {
    // What cannot be read is reported when it is loaded.
    let text = fs::read_to_string(path).unwrap_or_default();
    let is_foreign = || ["<types:mule", "<beans"].iter().any(|root| text.contains(root)) && !text.contains("<mule");
    if among_flows { !is_foreign() } else { text.contains("<mule") }
}
