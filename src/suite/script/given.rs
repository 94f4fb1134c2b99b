//! What a script test gives to its script: content from files or from the test itself.

use crate::diag::Report;
use crate::format::{Input, registry};
use crate::script::{Engine, Inputs};
use crate::value::{ObjectBuilder, Str, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// An input of a script test.
#[derive(Clone, Debug)]
pub struct Given {
    /// The name that the script knows it by.
    pub name: String,
    /// What it is.
    pub content: Content,
}

/// What an input is.
#[derive(Clone, Debug)]
pub enum Content {
    /// Bytes of a MIME type.
    Bytes {
        /// The type.
        mime: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// A file, its type known by the extension; reader properties in `NAME-config.properties` beside it.
    File(PathBuf),
    /// An object with a pair for each entry of the folder.
    Folder(PathBuf),
}

/// The MIME type of a file.
pub fn type_of(file: &Path) -> &'static str {
    let extension = file.extension().and_then(|e| e.to_str()).unwrap_or_default();
    registry::by_extension(extension).map_or("application/octet-stream", |format| format.mime_type())
}

/// The name of an input that lies in a file or folder; none for what holds properties, and for hidden ones.
fn name_of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?;
    let stem = if path.is_dir() { name } else { path.file_stem()?.to_str()? };
    let is_config = name.ends_with("config.properties");
    (!is_config && !name.starts_with('.')).then(|| stem.to_string())
}

/// The inputs that lie in a folder, by name.
pub fn in_folder(folder: &Path) -> Vec<Given> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    paths.into_iter().filter_map(at).collect()
}

/// The input that a file or folder is.
pub fn at(path: PathBuf) -> Option<Given> {
    let name = name_of(&path)?;
    let content = if path.is_dir() { Content::Folder(path) } else { Content::File(path) };
    Some(Given { name, content })
}

impl Given {
    /// Adds it to the inputs of a run; files that are needed are put on the list.
    pub fn add_to(&self, inputs: Inputs, engine: &Engine, files: &mut Vec<PathBuf>) -> Result<Inputs, Report> {
        match &self.content {
            Content::Bytes { mime, bytes } => Ok(inputs.content(&self.name, mime, bytes)),
            Content::File(path) => {
                files.push(path.clone());
                Ok(inputs.file(&self.name, type_of(path), properties(path, engine, files)?, path)?)
            }
            Content::Folder(path) => Ok(inputs.value(&self.name, object(path, engine, files)?)),
        }
    }

    /// Its value.
    pub fn read(&self, engine: &Engine, files: &mut Vec<PathBuf>) -> Result<Value, Report> {
        match &self.content {
            Content::Folder(path) => object(path, engine, files),
            _ => read(self.add_to(Inputs::new(), engine, files)?.take(&self.name), engine),
        }
    }
}

/// The files and folders of a folder as one object.
pub fn object(folder: &Path, engine: &Engine, files: &mut Vec<PathBuf>) -> Result<Value, Report> {
    let mut all = ObjectBuilder::default();
    for given in in_folder(folder) {
        all.field(&given.name, given.read(engine, files)?);
    }
    Ok(all.value())
}

fn read(supply: Option<crate::script::Supply>, engine: &Engine) -> Result<Value, Report> {
    match supply {
        Some(crate::script::Supply::Content { input, mime, properties }) => engine.read(input, &mime, &properties),
        Some(crate::script::Supply::Value(value)) => Ok(value),
        None => Ok(Value::Null),
    }
}

/// The reader properties of an input: those in `payload-config.properties` beside `payload.csv`.
fn properties(file: &Path, engine: &Engine, files: &mut Vec<PathBuf>) -> Result<Vec<(Str, Value)>, Report> {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let config = file.with_file_name(format!("{stem}-config.properties"));
    if !config.is_file() {
        return Ok(Vec::new());
    }
    files.push(config.clone());
    pairs(&config, engine)
}

/// The names and texts of a properties file.
pub fn pairs(file: &Path, engine: &Engine) -> Result<Vec<(Str, Value)>, Report> {
    let bytes = fs::read(file).unwrap_or_default();
    let value = engine.read(Input::memory(file.display().to_string(), bytes), "properties", &[])?;
    let Value::Object(object) = value.bare() else { return Ok(Vec::new()) };
    Ok(object.iter().map(|pair| (pair.name.local.clone(), pair.value.clone())).collect())
}
