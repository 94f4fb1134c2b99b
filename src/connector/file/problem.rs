//! Why work with files failed, and the error types that flows see.

use crate::flow::event::{Error, Event};
use std::fmt;
use std::io::{self, ErrorKind};
use std::path::Path;

/// The types that say that there is no connection to the files.
const CONNECTIVITY: [&str; 10] = [
    "CONNECTIVITY",
    "RETRY_EXHAUSTED",
    "INVALID_CREDENTIALS",
    "CONNECTION_TIMEOUT",
    "CANNOT_REACH",
    "UNKNOWN_HOST",
    "KEY_EXCHANGE_FAILED",
    "SERVICE_NOT_AVAILABLE",
    "DISCONNECTED",
    "UNKNOWN",
];

/// Why work with files failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The identifier of the error's type; `MULE:UNKNOWN` where there is none.
    identifier: Option<&'static str>,
    text: String,
}

impl Problem {
    /// A problem of a type of the connector.
    pub fn new(identifier: &'static str, text: impl Into<String>) -> Self {
        Self { identifier: Some(identifier), text: text.into() }
    }

    /// A problem that has no type of its own.
    pub fn unknown(text: impl Into<String>) -> Self {
        Self { identifier: None, text: text.into() }
    }

    /// `ILLEGAL_PATH`
    pub fn path(text: impl Into<String>) -> Self {
        Self::new("ILLEGAL_PATH", text)
    }

    /// A path that leads out of the working directory.
    pub fn leads_out(text: &str, folder: &Path) -> Self {
        Self::path(format!("Path '{text}' leads out of the working directory '{}'", folder.display()))
    }

    /// `FILE_ALREADY_EXISTS`
    pub fn exists(text: impl Into<String>) -> Self {
        Self::new("FILE_ALREADY_EXISTS", text)
    }

    /// `ILLEGAL_CONTENT`
    pub fn content(text: impl Into<String>) -> Self {
        Self::new("ILLEGAL_CONTENT", text)
    }

    /// `FILE_LOCK`
    pub fn locked(path: &Path) -> Self {
        let text = format!("Could not lock file '{}' because it's already owned by another process", path.display());
        Self::new("FILE_LOCK", text)
    }

    /// What this machine says of work on a path.
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

    /// Whether it is a type of the family of `CONNECTIVITY`: that a server cannot be reached, not what it answers.
    pub fn is_connectivity(&self) -> bool {
        self.identifier.is_some_and(|identifier| CONNECTIVITY.contains(&identifier))
    }

    /// The same after the last of several attempts.
    pub fn exhausted(self) -> Self {
        Self { identifier: Some("RETRY_EXHAUSTED"), ..self }
    }

    /// The error that flows see, in the namespace of a connector.
    pub fn error(self, event: &Event, connector: &str) -> Error {
        match self.identifier {
            Some(identifier) => {
                Error::named(event, &format!("{}:{identifier}", connector.to_ascii_uppercase()), self.text)
            }
            None => Error::mule("UNKNOWN", self.text),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
