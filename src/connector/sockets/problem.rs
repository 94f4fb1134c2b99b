//! Why work with a socket failed, and the error types that flows see.

use crate::connector::reconnection::Attempt;
use crate::flow::event::{Error, Event};
use std::fmt;
use std::io;

/// Why work with a socket failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    kind: Kind,
    text: String,
}

/// The error type of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Connectivity,
    UnknownHost,
    /// The other side took no connection in time.
    ConnectTimeout,
    /// The other side was silent too long.
    Timeout,
    LengthExceeded,
    Exhausted,
    /// `MULE:UNKNOWN`
    Unknown,
}

impl Problem {
    fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }

    /// `SOCKETS:CONNECTIVITY`
    pub fn connectivity(text: impl Into<String>) -> Self {
        Self::new(Kind::Connectivity, text)
    }

    /// The other side takes no connection: `SOCKETS:CONNECTIVITY`, or `SOCKETS:CONNECTION_TIMEOUT` if that took too long.
    pub fn unreachable(text: impl Into<String>, error: &io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::TimedOut => Kind::ConnectTimeout,
            _ => Kind::Connectivity,
        };
        Self::new(kind, text)
    }

    /// The same, told in other words.
    pub fn with_text(self, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..self }
    }

    /// `SOCKETS:UNKNOWN_HOST`
    pub fn unknown_host(host: &str) -> Self {
        Self::new(Kind::UnknownHost, format!("Host '{host}' could not be resolved"))
    }

    /// `SOCKETS:CONNECTION_TIMEOUT`
    pub fn timeout(text: impl Into<String>) -> Self {
        Self::new(Kind::Timeout, text)
    }

    /// `SOCKETS:LENGTH_EXCEEDED`
    pub fn too_long(length: i64, limit: i64) -> Self {
        Self::new(Kind::LengthExceeded, format!("Message length is '{length}' and exceeds the limit '{limit}'"))
    }

    /// What does not keep to its protocol.
    pub fn protocol(text: impl Into<String>) -> Self {
        Self::new(Kind::Unknown, text)
    }

    /// What the system says of reading or writing.
    pub fn io(doing: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::TimedOut => Self::timeout(format!("Socket {doing} operation timed out")),
            _ => Self::connectivity(format!("Socket {doing} operation failed: {error}.")),
        }
    }

    /// The error that flows see.
    pub fn error(self, event: &Event) -> Error {
        let identifier = match self.kind {
            Kind::Connectivity => "CONNECTIVITY",
            Kind::UnknownHost => "UNKNOWN_HOST",
            Kind::ConnectTimeout | Kind::Timeout => "CONNECTION_TIMEOUT",
            Kind::LengthExceeded => "LENGTH_EXCEEDED",
            Kind::Exhausted => "RETRY_EXHAUSTED",
            Kind::Unknown => return Error::mule("UNKNOWN", self.text),
        };
        Error::named(event, &format!("SOCKETS:{identifier}"), self.text)
    }
}

impl Attempt for Problem {
    fn may_be_repeated(&self) -> bool {
        matches!(self.kind, Kind::Connectivity | Kind::UnknownHost | Kind::ConnectTimeout)
    }

    fn exhausted(self) -> Self {
        Self { kind: Kind::Exhausted, ..self }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
