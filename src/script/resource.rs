//! Resources by URL: files, and files found along the module path.

use super::engine::Engine;
use super::modules::Modules;
use crate::diag::{Code, Fault};
use crate::format::{Input, Resources};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Opens what a `classpath://` or `file://` URL leads to.
pub fn open(url: &str, modules: &Modules) -> Result<Input, Fault> {
    let Some((scheme, rest)) = url.split_once(':') else {
        let fault = Fault::new(Code::Argument, format!("`{url}` is no URL"));
        return Err(fault.help("write `classpath://data.json` or `file:///data/in.json`"));
    };
    match scheme {
        "classpath" => {
            let path = rest.trim_start_matches('/');
            let found = modules.resource(path);
            file(url, &found.ok_or_else(|| missing(url))?, modules)
        }
        "file" => file(url, Path::new(rest.strip_prefix("//").unwrap_or(rest)), modules),
        "http" | "https" => {
            let fault =
                Fault::new(Code::Io, format!("`{url}` cannot be read: dwrun fetches nothing from the network here"));
            Err(fault.help("fetch it first and give it as an input"))
        }
        other => {
            Err(Fault::new(Code::Argument, format!("unknown kind of URL `{other}:`")).help("use classpath: or file:"))
        }
    }
}

fn file(url: &str, path: &Path, modules: &Modules) -> Result<Input, Fault> {
    modules.note(path);
    match File::open(path) {
        Ok(file) => Ok(Input::file(path.display().to_string(), file)),
        Err(error) => Err(Fault::new(Code::Io, format!("cannot read `{url}`: {error}"))),
    }
}

/// The files that this engine's formats may load: those along the module path, and any other if its scripts are trusted.
pub(super) fn for_formats(engine: &Engine) -> Resources {
    let engine = engine.clone();
    Resources::new(move |path| {
        let settings = engine.settings();
        let found = path.strip_prefix("classpath:").unwrap_or(path).trim_start_matches('/');
        let (path, found) = match settings.modules.resource(found) {
            Some(found) => (path, found),
            None if settings.trusted => (path, PathBuf::from(path.strip_prefix("file://").unwrap_or(path))),
            None => return Err(missing(path)),
        };
        file(path, &found, &settings.modules)?.into_memory()
    })
}

fn missing(url: &str) -> Fault {
    Fault::new(Code::Io, format!("unable to find resource `{url}`"))
        .help("resources are looked up in the folders of --path")
}

/// What is found for a name, or for the name with slashes in the place of backslashes, which apps made on Windows write.
pub fn with_slashes<T>(name: &str, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    find(name).or_else(|| name.contains('\\').then(|| find(&name.replace('\\', "/"))).flatten())
}

/// A file's full path, if it lies in the folder: `..` does not lead out.
pub fn inside(folder: &Path, file: &str) -> Option<PathBuf> {
    let path = folder.join(file);
    let steps_out = Path::new(file).components().any(|c| !matches!(c, std::path::Component::Normal(_)));
    (!steps_out && path.is_file()).then_some(path)
}
