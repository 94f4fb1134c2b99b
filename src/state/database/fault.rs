//! What SQLite fails with, in words that tell what to do.

use crate::diag::{Code, Fault};
use rusqlite::{Error, ErrorCode};
use std::path::Path;

/// The fault of a database file.
pub(super) fn failed(path: &Path, error: &Error) -> Fault {
    let file = path.display();
    let (why, help) = match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
            ("it is damaged", "restore the file from a backup, or remove it and lose what is in it")
        }
        Some(ErrorCode::DiskFull) => ("the disk is full", "make room; what was confirmed before is safe"),
        Some(ErrorCode::PermissionDenied | ErrorCode::CannotOpen | ErrorCode::ReadOnly) => {
            ("it cannot be opened for writing", "check the permissions of the file and its folder")
        }
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
            ("another program holds it", "end the program that has the file open")
        }
        Some(ErrorCode::SystemIoFailure) => ("the disk fails", "check the disk and the folder of the file"),
        _ => return Fault::new(Code::Io, format!("state in {file} cannot be used: {error}")),
    };
    Fault::new(Code::Io, format!("state in {file} cannot be used: {why} ({error})")).help(help)
}

/// The fault of a write after the thread that writes has ended.
pub(super) fn ended(path: &Path) -> Fault {
    Fault::new(Code::Io, format!("state in {} cannot be written any more", path.display()))
        .help("restart the app; the log tells what happened before")
}
