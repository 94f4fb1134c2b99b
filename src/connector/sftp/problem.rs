//! What SSH and the server say, as the error types that flows see.

use crate::connector::file::Problem;
use crate::connector::reconnection::Attempt;
use russh_sftp::client::error::Error as Refusal;
use russh_sftp::protocol::StatusCode;
use std::io::{self, ErrorKind};
use std::path::Path;

impl Attempt for Problem {
    fn may_be_repeated(&self) -> bool {
        self.is_connectivity()
    }

    fn exhausted(self) -> Self {
        Self::exhausted(self)
    }
}

/// The type of what the network says when somebody connects.
pub fn of_network(error: &io::Error) -> &'static str {
    match error.kind() {
        ErrorKind::ConnectionRefused | ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => "CANNOT_REACH",
        ErrorKind::TimedOut => "CONNECTION_TIMEOUT",
        ErrorKind::UnexpectedEof => "DISCONNECTED",
        _ => "CONNECTIVITY",
    }
}

/// The type of what SSH says when somebody connects. A server whose key is not the one that is known is one that cannot be
/// reached.
pub fn of_ssh(error: &russh::Error) -> &'static str {
    match error {
        russh::Error::IO(error) => of_network(error),
        russh::Error::UnknownKey | russh::Error::KeyChanged { .. } => "CANNOT_REACH",
        russh::Error::ConnectionTimeout => "CONNECTION_TIMEOUT",
        russh::Error::KexInit
        | russh::Error::Kex
        | russh::Error::NoCommonAlgo { .. }
        | russh::Error::WrongServerSig
        | russh::Error::StrictKeyExchangeViolation { .. } => "KEY_EXCHANGE_FAILED",
        russh::Error::Disconnect | russh::Error::HUP => "DISCONNECTED",
        russh::Error::ChannelOpenFailure(_) | russh::Error::RequestDenied => "SERVICE_NOT_AVAILABLE",
        _ => "UNKNOWN",
    }
}

/// Whether there is nothing at the path.
pub fn is_missing(refusal: &Refusal) -> bool {
    matches!(refusal, Refusal::Status(status) if status.status_code == StatusCode::NoSuchFile)
}

/// Whether the server has answered at all.
pub fn is_answer(refusal: &Refusal) -> bool {
    match refusal {
        Refusal::Status(status) => !matches!(status.status_code, StatusCode::NoConnection | StatusCode::ConnectionLost),
        _ => false,
    }
}

/// What the server answers to work on a path.
pub fn of_answer(doing: &str, path: &Path, refusal: &Refusal) -> Problem {
    let said = match refusal {
        Refusal::Status(status) if status.error_message.is_empty() => status.status_code.to_string(),
        Refusal::Status(status) => status.error_message.clone(),
        other => other.to_string(),
    };
    let text = format!("Could not {doing} '{}': {said}", path.display());
    match refusal {
        Refusal::Status(status) if status.status_code == StatusCode::NoSuchFile => Problem::path(text),
        Refusal::Status(status) if status.status_code == StatusCode::PermissionDenied => {
            Problem::new("ACCESS_DENIED", text)
        }
        _ => Problem::unknown(text),
    }
}
