//! Where the scripts and modules of a project are found, as DataWeave libraries and Mule projects lay them out.

use std::env;
use std::path::{self, Path, PathBuf};

/// Names of files and folders that mark the root of a project.
const ROOTS: [&str; 5] = ["pom.xml", "mule-artifact.json", "src/main", "src/test", ".git"];
/// Folders of a project in which scripts and modules lie.
const SOURCES: [&str; 4] = ["src/main/dw", "src/main/resources", "src/test/dw", "src/test/resources"];
/// The script of a scenario or of all scenarios of a folder.
pub const OWN: &str = "transform.dwl";

/// The project around a folder.
pub struct Project {
    /// The folder that was asked for, from the root of the file system on.
    folder: PathBuf,
    /// The nearest folder with a mark of a project, else the current folder or the folder itself.
    root: PathBuf,
}

impl Project {
    /// The project that a folder lies in.
    pub fn around(folder: &Path) -> Self {
        let folder = path::absolute(folder).unwrap_or_else(|_| folder.to_path_buf());
        // The folder may have been given as `.`.
        let folder: PathBuf = folder.components().collect();
        let is_root = |folder: &&Path| ROOTS.iter().any(|mark| folder.join(mark).exists());
        let here = env::current_dir().unwrap_or_default();
        let unmarked = if folder.starts_with(&here) { &here } else { &folder };
        let root = folder.ancestors().find(is_root).unwrap_or(unmarked).to_path_buf();
        Self { folder, root }
    }

    /// The folders in which scripts of the project find their modules.
    pub fn module_folders(&self) -> Vec<PathBuf> {
        let sources = SOURCES.iter().map(|source| self.root.join(source)).filter(|source| source.is_dir());
        sources.chain([self.root.clone()]).map(|folder| shown(&folder)).collect()
    }

    /// The folder's name and place below the sources of its project: `orders/merge` for `src/test/resources/orders/merge`.
    pub fn name(&self) -> String {
        let below = self.folder.strip_prefix(&self.root).unwrap_or(&self.folder);
        let source = SOURCES.iter().find_map(|source| below.strip_prefix(source).ok());
        let name = source.unwrap_or(below).to_string_lossy().replace('\\', "/");
        if name.is_empty() { self.last_name() } else { name }
    }

    /// The script that the scenarios of the folder test: the folder's own, one of the folder's name under the same path in
    /// the project's sources, or the nearest one of that name in a folder above.
    pub fn script(&self) -> Option<PathBuf> {
        let (name, last) = (format!("{}.dwl", self.name()), format!("{}.dwl", self.last_name()));
        let own = [self.folder.join(OWN), self.folder.join(&last), self.folder.with_file_name(&last)].into_iter();
        let sources = SOURCES.iter().map(|source| self.root.join(source).join(&name));
        let above = self.folder.ancestors().skip(1).take_while(|above| above.starts_with(&self.root));
        let above = above.map(|above| above.join(&last));
        own.chain(sources).chain(above).find(|path| path.is_file()).map(|path| shown(&path))
    }

    /// Where [`Project::script`] looks, for people.
    pub fn wanted(&self) -> String {
        let name = format!("{}.dwl", self.name());
        format!(
            "{OWN} in the test's folder, {name} in src/main/dw or src/main/resources, or {}.dwl above",
            self.last_name()
        )
    }

    fn last_name(&self) -> String {
        self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// A path as people write it: relative to the current folder where it lies in it.
pub fn shown(path: &Path) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    match path.strip_prefix(here) {
        Ok(rest) if rest.as_os_str().is_empty() => PathBuf::from("."),
        Ok(rest) => rest.to_path_buf(),
        Err(_) => path.to_path_buf(),
    }
}
