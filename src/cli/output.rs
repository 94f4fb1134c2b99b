//! Where results go: a file that appears whole or not at all, or standard output.

use super::Failure;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Held back before anything reaches standard output, so that a small failing script writes nothing there.
const HELD_BACK: usize = 1 << 20;

/// The result's destination.
pub enum Output {
    /// Standard output, after the first mebibyte as it comes.
    Stdout(Vec<u8>),
    /// A temporary file beside the target, renamed at the end.
    File { target: PathBuf, temporary: PathBuf, file: io::BufWriter<File> },
    /// What is no ordinary file, such as a device or a named pipe: written as it comes.
    Device { target: PathBuf, file: io::BufWriter<File> },
}

impl Output {
    /// Opens the destination; `None` is standard output.
    pub fn open(target: Option<&Path>) -> Result<Self, Failure> {
        const BUFFER: usize = 1 << 16;
        let Some(target) = target else { return Ok(Output::Stdout(Vec::new())) };
        // A file that a link leads to is replaced, and not the link.
        let target = &target.canonicalize().unwrap_or_else(|_| target.to_path_buf());
        if fs::metadata(target).is_ok_and(|found| !found.is_file()) {
            let file = File::create(target).map_err(|e| failure(target, &e))?;
            return Ok(Output::Device { target: target.clone(), file: io::BufWriter::with_capacity(BUFFER, file) });
        }
        let mut name = target.file_name().map(ToOwned::to_owned).unwrap_or_default();
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = target.with_file_name(name);
        let file = File::create(&temporary).map_err(|e| failure(target, &e))?;
        Ok(Output::File { target: target.clone(), temporary, file: io::BufWriter::with_capacity(BUFFER, file) })
    }

    /// Writes what is held back; the file gets its name.
    pub fn finish(self) -> Result<(), Failure> {
        match self {
            Output::Stdout(held) => {
                let mut out = io::stdout().lock();
                // On a terminal the prompt should not stick to the result; a pipe gets the result's bytes only.
                let end: &[u8] = if out.is_terminal() && !held.ends_with(b"\n") { b"\n" } else { b"" };
                let written = out.write_all(&held).and_then(|()| out.write_all(end)).and_then(|()| out.flush());
                written.map_err(|e| stdout_failure(&e))
            }
            Output::Device { target, mut file } => file.flush().map_err(|e| failure(&target, &e)),
            Output::File { target, temporary, mut file } => {
                file.flush().and_then(|()| fs::rename(&temporary, &target)).map_err(|e| failure(&target, &e))
            }
        }
    }

    /// Gives up: a started file is removed.
    pub fn abandon(self) {
        if let Output::File { temporary, file, .. } = self {
            drop(file);
            // It may be gone already; the failure that led here is what the user has to see.
            let _ = fs::remove_file(temporary);
        }
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Output::Stdout(held) => {
                held.extend_from_slice(bytes);
                if held.len() >= HELD_BACK {
                    io::stdout().lock().write_all(held)?;
                    held.clear();
                }
                Ok(bytes.len())
            }
            Output::File { file, .. } | Output::Device { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Output::Stdout(..) => Ok(()),
            Output::File { file, .. } | Output::Device { file, .. } => file.flush(),
        }
    }
}

fn failure(target: &Path, error: &io::Error) -> Failure {
    Failure::Plain(format!("cannot write {}: {error}", target.display()))
}

fn stdout_failure(error: &io::Error) -> Failure {
    match error.kind() {
        io::ErrorKind::BrokenPipe => Failure::Plain("standard output was closed before the result was complete".into()),
        _ => Failure::Plain(format!("cannot write to standard output: {error}")),
    }
}
