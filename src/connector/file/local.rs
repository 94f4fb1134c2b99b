//! Files of this machine.

use super::attributes::{Attributes, media_type};
use super::lock::Lock;
use super::problem::Problem;
use super::read::message_of;
use super::system::{FileSystem, Folder, Mode, copy};
use crate::connector::clock::local_time;
use crate::flow::event::{FileContent, Message, Octets, Typed};
use crate::value::temporal::Temporal;
use crate::value::{ObjectBuilder, Value};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// The files of this machine.
#[derive(Clone, Debug, Default)]
pub struct Local {
    /// The folder that paths may not leave; without one, they begin in the home folder.
    pub working: Option<PathBuf>,
}

impl Local {
    fn attributes(path: &Path) -> io::Result<Attributes> {
        let own = path.symlink_metadata()?;
        // A link that leads nowhere has attributes of its own.
        Ok(Attributes::local(path, own.is_symlink(), &path.metadata().unwrap_or(own)))
    }
}

impl FileSystem for Local {
    fn connector(&self) -> &'static str {
        "file"
    }

    fn path(&self, text: &str) -> Result<PathBuf, Problem> {
        if text.trim().is_empty() {
            return Err(Problem::path("path cannot be null nor blank"));
        }
        let base = match &self.working {
            Some(folder) => folder.clone(),
            None => std::env::home_dir().unwrap_or_default(),
        };
        let base = std::path::absolute(&base).map_err(|e| Problem::io("find", &base, &e))?;
        let path = without_steps(&base.join(text));
        match &self.working {
            Some(_) if !is_inside(&path, &without_steps(&base)) => Err(Problem::leads_out(text, &base)),
            _ => Ok(path),
        }
    }

    fn find(&self, path: &Path) -> Result<Option<Attributes>, Problem> {
        match Self::attributes(path) {
            Ok(file) => Ok(Some(file)),
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(Problem::io("look at", path, &error)),
        }
    }

    fn entries(&self, folder: &Path) -> Result<Vec<Attributes>, Problem> {
        let wrong = |e| Problem::io("list the folder", folder, &e);
        let entries: io::Result<Vec<_>> = fs::read_dir(folder).map_err(wrong)?.collect();
        // A file may be gone by the time it is looked at.
        Ok(entries.map_err(wrong)?.iter().filter_map(|entry| Self::attributes(&entry.path()).ok()).collect())
    }

    fn describe(&self, file: &Attributes) -> Typed {
        let time = |time: Option<SystemTime>| {
            time.and_then(local_time).map_or(Value::Null, |time| Value::from(Temporal::from(time)))
        };
        let mut object = ObjectBuilder::with_capacity(9);
        object.field("lastModifiedTime", time(file.modified)).field("lastAccessTime", time(file.accessed));
        object.field("creationTime", time(file.created));
        object.field("size", Value::from(file.size as i64));
        object.field("regularFile", file.is_file()).field("directory", file.is_folder());
        object.field("symbolicLink", file.is_link);
        object.field("path", &*file.path.to_string_lossy()).field("fileName", file.name().as_str());
        Typed::value(object.value())
    }

    fn listed(&self, file: &Attributes) -> Result<Message, Problem> {
        match file.is_file() {
            true => message_of(self, file, Lock::None),
            false => Ok(Message { payload: Typed::null(), attributes: self.describe(file) }),
        }
    }

    fn lists_folders_first(&self) -> bool {
        false
    }

    fn read(&self, file: &Attributes, lock: Lock) -> Result<Typed, Problem> {
        let path = &file.path;
        let wrong = |e: io::Error| Problem::io("read the file", path, &e);
        let mut open = File::open(path).map_err(wrong)?;
        lock.take(&open, path)?;
        if let Some(large) = FileContent::open(path).map_err(wrong)? {
            return Ok(Typed::file(large, media_type(path)));
        }
        let mut content = Vec::with_capacity(usize::try_from(file.size).unwrap_or_default());
        open.read_to_end(&mut content).map_err(wrong)?;
        Ok(Typed::bytes(content, media_type(path)))
    }

    fn write(&self, path: &Path, content: Octets, mode: Mode, lock: Lock) -> Result<(), Problem> {
        let content = apart(content, path)?;
        let mut options = OpenOptions::new();
        match mode {
            Mode::Append => options.append(true).create(true),
            Mode::CreateNew => options.write(true).create_new(true),
            // What somebody else has locked is not to be emptied.
            Mode::Overwrite => options.write(true).create(true).truncate(lock == Lock::None),
        };
        let wrong = |e| Problem::io("write to the file", path, &e);
        let mut file = options.open(path).map_err(wrong)?;
        lock.take(&file, path)?;
        if mode == Mode::Overwrite && lock != Lock::None {
            file.set_len(0).map_err(wrong)?;
        }
        content.write_to(&mut file).map_err(wrong)
    }

    fn copy_file(&self, source: &Path, target: &Path) -> Result<(), Problem> {
        fs::copy(source, target).map(drop).map_err(|e| Problem::io("copy", source, &e))
    }

    /// Between disks, it is copied.
    fn rename(&self, source: &Attributes, target: &Path) -> Result<(), Problem> {
        if target.is_dir() {
            fs::remove_dir_all(target).map_err(|e| Problem::io("replace", target, &e))?;
        }
        match fs::rename(&source.path, target) {
            Err(error) if error.kind() == ErrorKind::CrossesDevices => {
                copy(self, source, target)?;
                self.remove(source)
            }
            outcome => outcome.map_err(|e| Problem::io("move", &source.path, &e)),
        }
    }

    fn remove(&self, file: &Attributes) -> Result<(), Problem> {
        let removed = match file.is_folder() && !file.is_link {
            true => fs::remove_dir_all(&file.path),
            false => fs::remove_file(&file.path),
        };
        removed.map_err(|e| Problem::io("delete", &file.path, &e))
    }

    fn create_folders(&self, path: &Path) -> Result<(), Problem> {
        fs::create_dir_all(path).map_err(|e| Problem::io("create the folder", path, &e))
    }
}

impl From<Local> for Folder {
    fn from(local: Local) -> Self {
        Self::new(Arc::new(local))
    }
}

/// Content that stays as it is while a file is written: what comes from that very file is copied before.
fn apart(content: Octets, path: &Path) -> Result<Octets, Problem> {
    match &content {
        Octets::File(file) if file.is_at(path) => {
            Octets::written(|out| content.write_to(out)).map_err(|e| Problem::io("read the file", path, &e))
        }
        _ => Ok(content),
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
pub fn without_steps(path: &Path) -> PathBuf {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connector::testing::folder;

    #[test]
    fn paths_stay_in_their_folder() {
        let home = folder();
        let inside = Local { working: Some(home.clone()) };
        for path in ["a.txt", "a/../b", ".", home.join("x").to_str().unwrap()] {
            assert!(inside.path(path).is_ok(), "{path}");
        }
        std::os::unix::fs::symlink("/", home.join("link")).unwrap();
        for path in ["", "..", "a/../../b", "/etc/passwd", "link/etc"] {
            assert!(inside.path(path).is_err(), "{path}");
        }
    }

    #[test]
    fn a_large_file_may_be_written_onto_itself() {
        let path = folder().join("large.bin");
        let length = 17 << 20;
        fs::write(&path, vec![7; length]).unwrap();
        for (mode, want) in [(Mode::Overwrite, length), (Mode::Append, length * 2)] {
            let content = Octets::File(FileContent::open(&path).unwrap().unwrap());
            Local::default().write(&path, content, mode, Lock::None).unwrap();
            assert_eq!(fs::read(&path).unwrap(), vec![7; want]);
        }
        fs::remove_file(&path).unwrap();
    }
}
