//! Where the script of a folder of scenarios is found, as DataWeave libraries and Mule projects lay them out.

use crate::suite::tree::project_of;
use std::path::{Path, PathBuf};

/// Folders of a project in which scripts and modules lie.
const SOURCES: [&str; 4] = ["src/main/dw", "src/main/resources", "src/test/dw", "src/test/resources"];
/// The script of a scenario or of all scenarios of a folder.
pub const OWN: &str = "transform.dwl";

/// The folders in which scripts of the project around a folder find their modules.
pub fn module_folders(folder: &Path) -> Vec<PathBuf> {
    let root = project_of(&folder.join("x"));
    let sources = SOURCES.iter().map(|source| root.join(source)).filter(|source| source.is_dir());
    let mut all: Vec<PathBuf> = sources.collect();
    all.push(if root.as_os_str().is_empty() { PathBuf::from(".") } else { root });
    all
}

/// A folder's name and place below the test resources of its project: `orders/merge` for
/// `src/test/resources/orders/merge`.
pub fn name_of(folder: &Path) -> String {
    let root = project_of(folder);
    let below = folder.strip_prefix(&root).unwrap_or(folder);
    let source = SOURCES.iter().find_map(|source| below.strip_prefix(source).ok());
    let name = source.unwrap_or(below).to_string_lossy().replace('\\', "/");
    if name.is_empty() { folder.file_name().unwrap_or_default().to_string_lossy().into_owned() } else { name }
}

/// The script that the scenarios of a folder test: the folder's own, one of the folder's name under the same path in the
/// project's sources, or the nearest one of that name in a folder above.
pub fn of(folder: &Path) -> Option<PathBuf> {
    let own = [folder.join(OWN), with_extension(folder), folder.join(file_name(folder)?)];
    if let Some(own) = own.into_iter().find(|path| path.is_file()) {
        return Some(own);
    }
    let root = project_of(folder);
    let name = format!("{}.dwl", name_of(folder));
    let sources = SOURCES.iter().map(|source| root.join(source).join(&name));
    let above = folder.ancestors().skip(1).take_while(|above| above.starts_with(&root));
    let above = above.filter_map(|above| Some(above.join(file_name(folder)?)));
    sources.chain(above).find(|path| path.is_file())
}

/// Where [`of`] looks, for people.
pub fn wanted(folder: &Path) -> String {
    let name = format!("{}.dwl", name_of(folder));
    format!("{OWN} in the scenario, or {name} in src/main/dw or src/main/resources, or beside the folder")
}

fn file_name(folder: &Path) -> Option<String> {
    Some(format!("{}.dwl", folder.file_name()?.to_string_lossy()))
}

fn with_extension(folder: &Path) -> PathBuf {
    let mut name = folder.as_os_str().to_os_string();
    name.push(".dwl");
    PathBuf::from(name)
}
