//! The files of an API: those of a folder, or those of an archive from a Maven repository.

use crate::diag::{Code, Fault};
use crate::text::Source;
use std::collections::HashMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How large a file of an API may be, in bytes.
const MAX_SIZE: u64 = 16 << 20;

/// The files of an API, by their paths below the folder of its main file.
pub struct Library {
    /// What messages show before the path of a file.
    label: String,
    files: Files,
}

enum Files {
    Folder(PathBuf),
    Archive(HashMap<String, String>),
}

impl Library {
    /// The files of a folder.
    pub fn folder(folder: &Path) -> Self {
        Self { label: folder.display().to_string(), files: Files::Folder(folder.to_path_buf()) }
    }

    /// The files of a ZIP archive.
    ///
    /// # Errors
    /// What is no archive, or cannot be read.
    pub fn archive(path: &Path) -> Result<Self, Fault> {
        let broken = |why: &dyn std::fmt::Display| {
            Fault::new(Code::Io, format!("cannot read the API in {}: {why}", path.display()))
        };
        let bytes = std::fs::read(path).map_err(|e| broken(&e))?;
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| broken(&e))?;
        let mut files = HashMap::new();
        for index in 0..archive.len() {
            let entry = archive.by_index(index).map_err(|e| broken(&e))?;
            let name = entry.name().map_err(|e| broken(&e))?.into_owned();
            let mut bytes = Vec::new();
            entry.take(MAX_SIZE).read_to_end(&mut bytes).map_err(|e| broken(&e))?;
            files.insert(name, String::from_utf8_lossy(&bytes).into_owned());
        }
        Ok(Self { label: path.display().to_string(), files: Files::Archive(files) })
    }

    /// The file at a path; `None` where there is none.
    ///
    /// # Errors
    /// A file that cannot be read, or is larger than any API.
    pub fn file(&self, path: &str) -> Result<Option<Arc<Source>>, Fault> {
        let name = format!("{}/{path}", self.label);
        let text = match &self.files {
            Files::Archive(files) => files.get(path).cloned(),
            Files::Folder(folder) => text_of(&folder.join(path))?,
        };
        Ok(text.map(|text| Source::new(name, text.strip_prefix('\u{feff}').unwrap_or(&text))))
    }

    /// The path of one of its files.
    pub fn path_of<'s>(&self, source: &'s Source) -> &'s str {
        let name = source.name();
        name.strip_prefix(&self.label).map_or(name, |rest| rest.trim_start_matches('/'))
    }

    /// The path of the file that another file means by a reference: beside it or below the API's folder; a reference
    /// that begins with a slash begins there.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub fn find(&self, reference: &str, from: &Source) -> Result<Option<(String, Arc<Source>)>, Fault> {
        let beside = format!("{}/{reference}", directory(self.path_of(from)));
        let candidates = match reference.strip_prefix('/') {
            Some(absolute) => vec![normal(absolute)],
            None => vec![normal(&beside), normal(reference)],
        };
        for path in candidates {
            if let Some(source) = self.file(&path)? {
                return Ok(Some((path, source)));
            }
        }
        Ok(None)
    }
}

/// The text of a file, if there is one.
fn text_of(path: &Path) -> Result<Option<String>, Fault> {
    let unreadable =
        |why: &dyn std::fmt::Display| Fault::new(Code::Io, format!("cannot read {}: {why}", path.display()));
    match std::fs::metadata(path) {
        Ok(found) if found.len() > MAX_SIZE => Err(unreadable(&format!("it has more than {} MB", MAX_SIZE >> 20))),
        Ok(found) if found.is_file() => {
            let bytes = std::fs::read(path).map_err(|e| unreadable(&e))?;
            Ok(Some(String::from_utf8_lossy(&bytes).into_owned()))
        }
        _ => Ok(None),
    }
}

/// The folder of a path.
fn directory(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..at])
}

/// A path without `.` and, as far as possible, without `..`.
fn normal(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match (part, parts.last()) {
            ("..", Some(last)) if *last != ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_made_plain() {
        for (path, want) in
            [("/a/./b", "a/b"), ("types/../x.raml", "x.raml"), ("../../x", "../../x"), ("a/b/../../c", "c")]
        {
            assert_eq!(normal(path), want);
        }
        assert_eq!((directory("a/b.raml"), directory("b.raml")), ("a", ""));
    }
}
