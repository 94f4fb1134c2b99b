//! Why a mail was not sent, and the error types that flows see (mule-email-connector `SendCommand`).

use crate::connector::reconnection::Attempt;
use crate::flow::event::{Error, Event};
use lettre::transport::smtp::Error as Refusal;
use std::error::Error as _;
use std::io;

/// Why a mail was not sent.
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
    ConnectionTimeout,
    Authentication,
    InvalidCredentials,
    Ssl,
    Send,
    Attachment,
    Exhausted,
}

impl Kind {
    fn identifier(self) -> &'static str {
        match self {
            Self::Connectivity => "CONNECTIVITY",
            Self::UnknownHost => "UNKNOWN_HOST",
            Self::ConnectionTimeout => "CONNECTION_TIMEOUT",
            Self::Authentication => "AUTHENTICATION",
            Self::InvalidCredentials => "INVALID_CREDENTIALS",
            Self::Ssl => "SSL_ERROR",
            Self::Send => "SEND",
            Self::Attachment => "ATTACHMENT",
            Self::Exhausted => "RETRY_EXHAUSTED",
        }
    }
}

impl Problem {
    fn new(kind: Kind, text: impl Into<String>) -> Self {
        Self { kind, text: text.into() }
    }

    /// `EMAIL:SEND`: the server, or nobody, takes such a mail.
    pub fn send(why: &str) -> Self {
        Self::new(Kind::Send, format!("Error while sending email: {why}"))
    }

    /// `EMAIL:ATTACHMENT`
    pub fn attachment(name: &str, why: &str) -> Self {
        Self::new(Kind::Attachment, format!("Error while adding attachment: {name}: {why}"))
    }

    /// `EMAIL:UNKNOWN_HOST`: nobody knows where the server is.
    pub fn unknown_host(host: &str, port: u16, millis: u128, error: &io::Error) -> Self {
        Self { kind: Kind::UnknownHost, ..Self::unreachable(host, port, millis, error) }
    }

    /// `EMAIL:CONNECTIVITY`: there is no way to the server. `EMAIL:CONNECTION_TIMEOUT` where it did not open in time.
    pub fn unreachable(host: &str, port: u16, millis: u128, error: &io::Error) -> Self {
        let kind = match error.kind() {
            io::ErrorKind::TimedOut => Kind::ConnectionTimeout,
            _ => Kind::Connectivity,
        };
        let text = format!(
            "Error while sending email: Couldn't connect to host, port: {host}, {port}; timeout {millis}; {error}"
        );
        Self::new(kind, text)
    }

    /// `EMAIL:INVALID_CREDENTIALS`
    pub fn credentials(text: &str) -> Self {
        Self::new(Kind::InvalidCredentials, text)
    }

    /// `EMAIL:SSL_ERROR`
    pub fn tls(error: &io::Error) -> Self {
        Self::new(Kind::Ssl, format!("Error while sending email: the connection could not be secured: {error}"))
    }

    /// What the server says to a mail or a command: `EMAIL:CONNECTIVITY` where it takes none at the moment, or from nobody
    /// that it does not know; else `EMAIL:SEND`.
    pub fn refused(refusal: &Refusal) -> Self {
        let problem = Self::send(&told(refusal));
        match refusal.status().map(u16::from) {
            Some(420 | 421 | 441 | 442 | 447 | 530) => Self { kind: Kind::Connectivity, ..problem },
            _ => problem,
        }
    }

    /// What the server says to a user's name and password.
    pub fn stranger(refusal: &Refusal) -> Self {
        match refusal.status() {
            Some(_) => Self::new(Kind::Authentication, format!("Error while sending email: {}", told(refusal))),
            None => Self::refused(refusal),
        }
    }

    /// The error that flows see.
    pub fn error(self, event: &Event) -> Error {
        Error::named(event, &format!("EMAIL:{}", self.kind.identifier()), self.text)
    }
}

impl Attempt for Problem {
    fn may_be_repeated(&self) -> bool {
        matches!(self.kind, Kind::Connectivity | Kind::UnknownHost | Kind::ConnectionTimeout | Kind::Authentication)
    }

    fn exhausted(self) -> Self {
        Self { kind: Kind::Exhausted, ..self }
    }
}

/// The words of the server, or what else went wrong.
fn told(refusal: &Refusal) -> String {
    let words = refusal.source().map_or_else(|| refusal.to_string(), ToString::to_string);
    match refusal.status() {
        Some(code) => format!("{code} {words}"),
        None => words,
    }
}
