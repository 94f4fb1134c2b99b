//! Where the files of an API are: among the app's resources, in what Maven has built, or in the local Maven repository.

use super::document::Library;
use crate::diag::{Code, Fault};
use crate::flow::build::Folders;
use crate::text::Source;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What became of the search.
pub enum Found {
    /// The main file of an API.
    File {
        /// The files of the API.
        library: Library,
        /// The path of the main file among them.
        path: String,
        /// The main file.
        source: Arc<Source>,
    },
    /// The API is published, and no copy of it is here.
    Elsewhere,
}

/// The files of the API that `api` names.
///
/// # Errors
/// A file that is not there or cannot be read.
pub fn locate(folders: &Folders, written: &str) -> Result<Found, Fault> {
    if let Some(coordinates) = written.strip_prefix("resource::") {
        return published(folders, coordinates);
    }
    if written.contains("://") {
        let fault = Fault::new(Code::Configuration, format!("the API {written} is not fetched from elsewhere"));
        return Err(fault.help("put its files into src/main/resources/api"));
    }
    let found = folders.resource(&format!("api/{written}")).or_else(|| folders.resource(written));
    let found = found.ok_or_else(|| {
        let fault = Fault::new(Code::Configuration, format!("there is no API {written}"));
        fault.help("it is looked for in src/main/resources/api")
    })?;
    of_folder(&found)
}

/// The API of a main file in a folder.
fn of_folder(file: &Path) -> Result<Found, Fault> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    in_library(Library::folder(folder), &name)
}

fn in_library(library: Library, path: &str) -> Result<Found, Fault> {
    let source = library.file(path)?;
    let source =
        source.ok_or_else(|| Fault::new(Code::Configuration, format!("there is no file {path} in the API")))?;
    Ok(Found::File { library, path: path.to_string(), source })
}

/// The API of `group:artifact:version:classifier:type:file`.
fn published(folders: &Folders, coordinates: &str) -> Result<Found, Fault> {
    let parts: Vec<&str> = coordinates.split(':').collect();
    let [group, artifact, version, classifier, kind, file] = parts[..] else {
        let fault = Fault::new(Code::Configuration, format!("`{coordinates}` are no coordinates of an API"));
        return Err(fault.help("write `resource::GROUP:ARTIFACT:VERSION:raml:zip:FILE`"));
    };
    let copies = [
        format!("api/{file}"),
        format!("api/{artifact}/{file}"),
        format!("api/exchange_modules/{group}/{artifact}/{version}/{file}"),
    ];
    if let Some(copy) = copies.iter().find_map(|copy| folders.resource(copy)) {
        return of_folder(&copy);
    }
    let archive = format!("{}/{artifact}/{version}/{artifact}-{version}-{classifier}.{kind}", group.replace('.', "/"));
    match repositories(folders).iter().map(|folder| folder.join(&archive)).find(|path| path.is_file()) {
        Some(path) => in_library(Library::archive(&path)?, file),
        None => Ok(Found::Elsewhere),
    }
}

/// Where Maven keeps archives: beside what it has built, and for the user.
fn repositories(folders: &Folders) -> Vec<PathBuf> {
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE"));
    let user = home.map(|home| Path::new(&home).join(".m2/repository"));
    [folders.root.join("target/repository")].into_iter().chain(user).collect()
}
