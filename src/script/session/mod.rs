//! A session: declarations stay from line to line, values are kept, and all of it can be written as a script.
//!
//! Functions, types, namespaces and imports are text that is compiled in front of each line. A variable is computed once
//! and handed to later lines as an input that holds its value; it is computed again when something it reads has changed.
//! There is no terminal here.

mod catalogue;
mod command;
mod complete;
mod describe;
mod entry;
mod evaluate;
mod gather;
mod line;
mod piece;
mod save;
mod screen;
mod select;
mod shape;
mod supply;
mod test_folder;
#[cfg(test)]
mod tests;

pub use complete::{Candidate, Completion};
pub use screen::Screen;

use super::Engine;
use super::program::Script;
use crate::diag::{Code, Fault, Report};
use crate::format::{Options, registry};
use crate::value::Value;
use catalogue::Catalogue;
use entry::Entries;
use piece::Sheets;
use screen::{Cut, Stoppable, joined};
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use supply::Supplied;

/// A result of this many characters is shown on one line, if the screen has room for it.
const ONE_LINE: usize = 72;

/// A session. One line is evaluated at a time.
pub struct Session {
    /// As for scripts that are run from the command line.
    engine: Engine,
    /// The type of results without an `output` directive.
    shown_as: String,
    entries: Entries,
    supplied: Vec<Supplied>,
    last: Option<Last>,
    sheets: Sheets,
    lines: usize,
    interrupt: Arc<AtomicBool>,
    /// The scripts that were loaded or saved, the latest last.
    files: Vec<PathBuf>,
    catalogue: OnceCell<Catalogue>,
}

/// The last result.
#[derive(Clone)]
struct Last {
    value: Value,
    /// The expression, in terms of the declarations; `None` once it is too long.
    text: Option<String>,
    reads: BTreeSet<String>,
    script: Script,
}

/// What comes of a line.
pub enum Reply {
    /// Nothing to say.
    Nothing,
    /// Words for the user.
    Text(String),
    /// A result.
    Result(Answer),
    /// The user wants to leave.
    Leave,
}

/// A result that is still to be shown.
pub struct Answer {
    value: Value,
    script: Script,
    /// Whether all of it is wanted, however long it is.
    pub whole: bool,
}

impl Session {
    /// A session without declarations, whose results are of this type unless an `output` directive says otherwise.
    pub fn new(engine: Engine, shown_as: &str) -> Self {
        Self {
            engine,
            shown_as: shown_as.to_string(),
            entries: Entries::default(),
            supplied: Vec::new(),
            last: None,
            sheets: Sheets::default(),
            lines: 0,
            interrupt: Arc::default(),
            files: Vec::new(),
            catalogue: OnceCell::new(),
        }
    }

    /// Set it to end what is being evaluated or shown; the next line resets it.
    pub fn interrupt(&self) -> Arc<AtomicBool> {
        self.interrupt.clone()
    }

    /// The number of the next line, from 1.
    pub fn next_line(&self) -> usize {
        self.lines + 1
    }

    /// Takes a line: declarations, an expression, both, or a command.
    ///
    /// # Errors
    /// What is wrong, with places in the lines that were typed.
    pub fn enter(&mut self, text: &str) -> Result<Reply, Report> {
        self.interrupt.store(false, Ordering::Relaxed);
        let text = text.trim();
        if text.is_empty() {
            return Ok(Reply::Nothing);
        }
        self.lines += 1;
        match text.strip_prefix(':') {
            Some(command) => self.command(command),
            None => self.line(&format!("line {}", self.lines), text),
        }
    }

    /// Whether a text needs no further line: it is a command, it is complete, or it is wrong as it is.
    pub fn is_complete(&self, text: &str) -> bool {
        text.trim_start().starts_with(':')
            || text.trim().is_empty()
            || !matches!(line::Line::parse("", text, ""), Ok(None))
    }

    /// Writes a result as the session's `output` says.
    ///
    /// # Errors
    /// What is not computed before it is written can fail.
    pub fn write(&self, answer: &Answer, out: &mut dyn Write) -> Result<(), Report> {
        let mut out = Stoppable::new(out, &self.interrupt);
        let written = match self.entries.of_kind(entry::Kind::Output, "") {
            Some(_) => answer.script.write_value(answer.value.clone(), &mut out),
            None => self.write_plain(answer.value.clone(), &self.shown_as, &mut out),
        };
        match written {
            Err(_) if self.interrupt.load(Ordering::Relaxed) => Err(interrupted().into()),
            Err(fault) => Err(self.sheets.relocated(fault).into()),
            Ok(()) => Ok(()),
        }
    }

    /// Writes a value as a type, without what says how its text was read.
    fn write_plain(&self, value: Value, mime: &str, out: &mut dyn Write) -> Result<(), Fault> {
        let format = registry::by_name(mime)?;
        let plain = [("ignoreSchema".into(), Value::from(true))];
        format.write(value, out, &Options::lenient(format.writer_properties(), &plain)?)
    }

    /// As much of a result as fits on a screen, and whether that is not all.
    ///
    /// # Errors
    /// As for [`Session::write`].
    pub fn show(&self, answer: &Answer, screen: Screen) -> Result<(String, bool), Report> {
        let mut cut = Cut::new(screen);
        let written = self.write(answer, &mut cut);
        if !cut.is_full() {
            written?;
        } else if self.interrupt.load(Ordering::Relaxed) {
            return Err(interrupted().into());
        }
        let (text, is_cut) = cut.finish();
        let line = if is_cut || !self.is_shown_as_dataweave() { String::new() } else { joined(&text) };
        let fits = !line.is_empty() && line.chars().count() <= screen.columns.min(ONE_LINE);
        Ok((if fits { line } else { text }, is_cut))
    }

    fn is_shown_as_dataweave(&self) -> bool {
        let is_dataweave = registry::by_name(&self.shown_as).is_ok_and(|format| format.id() == "dw");
        is_dataweave && self.entries.of_kind(entry::Kind::Output, "").is_none()
    }

    fn catalogue(&self) -> &Catalogue {
        self.catalogue.get_or_init(Catalogue::of_library)
    }
}

fn interrupted() -> Fault {
    Fault::new(Code::Interrupted, "the evaluation was interrupted")
}
