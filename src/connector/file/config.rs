//! `file:config`: where paths begin, and work with files that may wait for the disk.

use crate::diag::Fault;
use crate::flow::app::{App, Global};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// `file:config`
pub static SPEC: Spec = Spec {
    name: "file:config",
    doc: "Where the paths of operations begin.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::default("defaultWriteEncoding", Kind::Text, "UTF-8", "Has no effect here."),
    ],
    parts: &[Part { spec: &CONNECTION, occurs: Occurs::Optional }],
    example: r#"<file:config name="desk"><file:connection workingDir="/srv/desk"/></file:config>"#,
    make: Make::Global(|node| Arc::new(Config::of(node))),
    ..Spec::NEW
};

static CONNECTION: Spec = Spec {
    name: "file:connection",
    doc: "The folder that paths begin in.",
    attributes: &[Attribute::new(
        "workingDir",
        Kind::Text,
        "The folder; no path may lead out of it. Without one, paths begin in the home folder and may lead anywhere.",
    )],
    ..Spec::NEW
};

/// Where paths begin.
pub struct Config {
    /// The folder that paths may not leave.
    working: Option<PathBuf>,
}

impl Config {
    fn of(node: &Node<'_>) -> Self {
        let working = node.part("file:connection").and_then(|connection| connection.text("workingDir"));
        let working = working.filter(|folder| !folder.is_empty());
        Self { working: working.map(|folder| node.builder.folders().folder(&folder)) }
    }
}

impl Global for Config {
    /// A folder that is not there is a matter of the operations that need it: the app starts without it.
    fn start<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            if let Some(folder) = self.working.as_ref().filter(|folder| !folder.is_dir()) {
                tracing::warn!("Provided workingDir '{}' does not exist", folder.display());
            }
            Ok(())
        })
    }
}

/// Why work with files failed.
#[derive(Debug)]
pub struct Problem {
    /// The identifier of the error's type; `MULE:UNKNOWN` where there is none.
    identifier: Option<&'static str>,
    text: String,
}

impl Problem {
    /// `FILE:ILLEGAL_PATH`
    pub fn path(text: impl Into<String>) -> Self {
        Self { identifier: Some("ILLEGAL_PATH"), text: text.into() }
    }

    /// `FILE:FILE_ALREADY_EXISTS`
    pub fn exists(text: impl Into<String>) -> Self {
        Self { identifier: Some("FILE_ALREADY_EXISTS"), text: text.into() }
    }

    /// `FILE:ILLEGAL_CONTENT`
    pub fn content(text: impl Into<String>) -> Self {
        Self { identifier: Some("ILLEGAL_CONTENT"), text: text.into() }
    }

    /// What the system says of work on a path.
    pub fn io(doing: &str, path: &Path, error: &io::Error) -> Self {
        let identifier = match error.kind() {
            ErrorKind::PermissionDenied => Some("ACCESS_DENIED"),
            ErrorKind::NotFound | ErrorKind::IsADirectory | ErrorKind::NotADirectory | ErrorKind::InvalidInput => {
                Some("ILLEGAL_PATH")
            }
            ErrorKind::AlreadyExists => Some("FILE_ALREADY_EXISTS"),
            _ => None,
        };
        Self { identifier, text: format!("Could not {doing} '{}': {error}", path.display()) }
    }

    /// `FILE:FILE_LOCK`
    pub fn locked(path: &Path) -> Self {
        let text = format!("Could not lock file '{}' because it's already owned by another process", path.display());
        Self { identifier: Some("FILE_LOCK"), text }
    }

    /// The error that flows see.
    pub fn error(self, event: &Event) -> Error {
        match self.identifier {
            Some(identifier) => Error::named(event, &format!("FILE:{identifier}"), self.text),
            None => Error::mule("UNKNOWN", self.text),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// Where the paths of an element begin.
#[derive(Clone, Default)]
pub struct Folder(Option<PathBuf>);

impl Folder {
    /// Where the `config-ref` of an element says that paths begin.
    pub fn of(node: &Node<'_>) -> Self {
        Self(node.global::<Config>("config-ref").and_then(|config| config.working.clone()))
    }

    /// The full path of a path in the folder, whether or not there is something.
    ///
    /// # Errors
    /// An empty path, or one that leads out of the folder.
    pub fn path(&self, text: &str) -> Result<PathBuf, Problem> {
        if text.trim().is_empty() {
            return Err(Problem::path("path cannot be null nor blank"));
        }
        let base = match &self.0 {
            Some(folder) => folder.clone(),
            None => std::env::home_dir().unwrap_or_default(),
        };
        let base = std::path::absolute(&base).map_err(|e| Problem::io("find", &base, &e))?;
        let path = without_steps(&base.join(text));
        match &self.0 {
            Some(_) if !is_inside(&path, &without_steps(&base)) => {
                Err(Problem::path(format!("Path '{text}' leads out of the working directory '{}'", base.display())))
            }
            _ => Ok(path),
        }
    }

    /// The full path of something that is there.
    ///
    /// # Errors
    /// `FILE:ILLEGAL_PATH` where there is nothing.
    pub fn existing(&self, text: &str) -> Result<PathBuf, Problem> {
        let path = self.path(text)?;
        match path.symlink_metadata() {
            Ok(_) => Ok(path),
            Err(_) => Err(Problem::path(format!("Path '{}' doesn't exist", path.display()))),
        }
    }
}

/// Whether a path lies in a folder, also after all links on the way have been followed.
fn is_inside(path: &Path, folder: &Path) -> bool {
    let real = |path: &Path| path.ancestors().find_map(|ancestor| ancestor.canonicalize().ok());
    let inside = match (real(path), real(folder)) {
        (Some(path), Some(folder)) => path.starts_with(folder),
        _ => false,
    };
    inside && path.starts_with(folder)
}

/// The path without `.` and `..`.
fn without_steps(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

/// Does work that waits for the disk on a thread of its own.
///
/// # Errors
/// What the work fails with.
pub async fn on_disk<T: Send + 'static>(
    event: &Event,
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Error> {
    match tokio::task::spawn_blocking(work).await {
        Ok(outcome) => outcome.map_err(|problem| problem.error(event)),
        Err(cut) => Err(Error::mule("UNKNOWN", format!("the work with files was cut off: {cut}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connector::testing::folder;

    #[test]
    fn paths_stay_in_their_folder() {
        let home = folder();
        let inside = Folder(Some(home.clone()));
        for path in ["a.txt", "a/../b", ".", home.join("x").to_str().unwrap()] {
            assert!(inside.path(path).is_ok(), "{path}");
        }
        std::os::unix::fs::symlink("/", home.join("link")).unwrap();
        for path in ["", "..", "a/../../b", "/etc/passwd", "link/etc"] {
            assert!(inside.path(path).is_err(), "{path}");
        }
    }
}
