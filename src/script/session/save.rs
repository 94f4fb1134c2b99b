//! The session as a script: saving, loading, reading everything again.

use super::entry::{Entry, Kind};
use super::{Reply, Session};
use crate::diag::{Code, Fault, Report};
use std::fs;
use std::path::{Path, PathBuf};

impl Session {
    /// The session as a script whose body is the last expression; a module if there is none.
    ///
    /// # Errors
    /// The last expression has become too long, `_` standing in `_` again and again.
    pub fn script(&self) -> Result<String, Report> {
        let mut text = String::from("%dw 2.0\n");
        let own = || self.entries.iter();
        let first = |e: &&Entry| matches!(e.kind, Kind::Output | Kind::Input | Kind::Import | Kind::Namespace);
        for entry in own().filter(first).chain(own().filter(|e| !first(e))) {
            text += &entry.text();
            text.push('\n');
        }
        match &self.last {
            None => Ok(text),
            Some(last) => match &last.text {
                Some(body) => Ok(format!("{text}---\n{body}\n")),
                None => {
                    let fault =
                        Fault::new(Code::Limit, "the last expression is too long: `_` stands in it again and again");
                    Err(fault.help("keep its parts in variables").into())
                }
            },
        }
    }

    /// `:save FILE`
    pub(super) fn save(&mut self, file: &str) -> Result<Reply, Report> {
        let path = PathBuf::from(file);
        if path.exists() && !self.files.contains(&path) {
            let fault = Fault::new(Code::Io, format!("{file} is there already, and this session did not load it"));
            return Err(fault.help("choose another name, or remove the file first").into());
        }
        write(&path, self.script()?.as_bytes())?;
        self.remember(path);
        Ok(Reply::Text(format!("saved: dwrun {file}")))
    }

    /// `:load FILE`: declarations are taken over, and the body is evaluated.
    pub(super) fn load(&mut self, file: &str) -> Result<Reply, Report> {
        let path = PathBuf::from(file);
        let text = fs::read_to_string(&path).map_err(|e| Fault::new(Code::Io, format!("cannot read {file}: {e}")))?;
        self.remember(path);
        self.line(file, text.trim_start_matches('\u{feff}'))
    }

    fn remember(&mut self, path: PathBuf) {
        self.files.retain(|known| *known != path);
        self.files.push(path);
    }

    /// `:reload`: reads the inputs and the latest script again; variables that read from them are computed again.
    pub(super) fn reload(&mut self, _: &str) -> Result<Reply, Report> {
        let names: Vec<String> = self.supplied.iter().map(|s| s.name.clone()).collect();
        for name in &names {
            self.read_again(name)?;
        }
        match self.files.last().cloned() {
            Some(path) => self.load(&path.display().to_string()),
            None => Ok(Reply::Text(format!("read again: {}", names.join(", ")))),
        }
    }
}

/// Writes a file, with the folders it lies in.
pub(super) fn write(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let made = folder.map_or(Ok(()), fs::create_dir_all);
    made.and_then(|()| fs::write(path, bytes))
        .map_err(|e| Fault::new(Code::Io, format!("cannot write {}: {e}", path.display())))
}
