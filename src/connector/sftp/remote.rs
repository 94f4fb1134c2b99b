//! The files of a server, as the operations of the file connector see them.

use super::connection::{Server, Session};
use super::problem::{is_answer, is_missing, of_answer};
use crate::connector::clock::zoned_time;
use crate::connector::file::{Attributes, FileKind, FileSystem, Lock, Mode, Problem, media_type, without_steps};
use crate::connector::reconnection::Reconnection;
use crate::flow::event::{FileContent, Message, Octets, Typed};
use crate::value::temporal::Temporal;
use crate::value::{ObjectBuilder, Value};
use russh_sftp::client::error::Error as Refusal;
use russh_sftp::client::fs::{File, Metadata};
use russh_sftp::protocol::{FileType, OpenFlags};
use std::collections::HashSet;
use std::io::{self, Read as _, SeekFrom, Write as _};
use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};
use tokio::runtime::Handle;

/// Larger files are not held in memory, in bytes.
const LARGE: u64 = 16 << 20;

/// How much is read at once, in bytes.
const PIECE: usize = 256 << 10;

/// The files of a server, for one element of the app.
#[derive(Clone, Default)]
pub struct Remote {
    link: Arc<Link>,
    /// When a lost connection is tried again.
    pub reconnection: Reconnection,
}

/// What the elements with one configuration have in common.
#[derive(Default)]
struct Link {
    server: Server,
    /// The folder that paths may not leave; without one, they begin where the server does.
    working: Option<String>,
    session: tokio::sync::Mutex<Option<Arc<Session>>>,
    /// The files that are worked on alone.
    locked: Mutex<HashSet<PathBuf>>,
}

impl Remote {
    /// The files of a server, below a folder if there is one.
    pub fn new(server: Server, working: Option<String>, reconnection: Reconnection) -> Self {
        Self { link: Arc::new(Link { server, working, ..Link::default() }), reconnection }
    }

    /// The connection; a new one where there is none, or the one there was is lost.
    ///
    /// # Errors
    /// A type of the family of `SFTP:CONNECTIVITY`.
    pub async fn session(&self) -> Result<Arc<Session>, Problem> {
        let mut held = self.link.session.lock().await;
        if let Some(session) = held.as_ref().filter(|session| session.is_open()) {
            return Ok(session.clone());
        }
        let session = Arc::new(self.link.server.connect().await?);
        *held = Some(session.clone());
        Ok(session)
    }

    /// Ends the connection.
    pub async fn close(&self) {
        if let Some(session) = self.link.session.lock().await.take() {
            session.close().await;
        }
    }

    /// Asks the server, again where the connection is lost and the configuration says so.
    fn ask<T, F: Future<Output = Result<T, Refusal>>>(
        &self,
        doing: &str,
        path: &Path,
        question: impl Fn(Arc<Session>) -> F,
    ) -> Result<T, Problem> {
        let question = &question;
        let once = || async move {
            let session = self.session().await?;
            let answer = question(session.clone()).await;
            self.judge(&session, answer).await?.map_err(|refusal| of_answer(doing, path, &refusal))
        };
        Handle::current().block_on(self.reconnection.attempts(once))
    }

    /// Asks the server once what must not be done twice.
    fn ask_once<T>(
        &self,
        doing: &str,
        path: &Path,
        question: impl Future<Output = Result<T, Refusal>>,
    ) -> Result<T, Problem> {
        Handle::current().block_on(async {
            let session = self.session().await?;
            let answer = question.await;
            self.judge(&session, answer).await?.map_err(|refusal| of_answer(doing, path, &refusal))
        })
    }

    /// Tells a refusal from a lost connection, which is given up.
    async fn judge<T>(
        &self,
        session: &Arc<Session>,
        answer: Result<T, Refusal>,
    ) -> Result<Result<T, Refusal>, Problem> {
        let Err(refusal) = &answer else { return Ok(answer) };
        let answers = is_answer(refusal)
            || (!matches!(refusal, Refusal::Timeout) && session.files.canonicalize(".").await.is_ok());
        if answers {
            return Ok(answer);
        }
        let lost =
            Problem::new("CONNECTIVITY", format!("The connection to '{}' is lost: {refusal}", self.link.server.host));
        self.link.session.lock().await.take_if(|held| Arc::ptr_eq(held, session));
        session.close().await;
        Err(lost)
    }

    /// Takes a file for itself as long as the result is there.
    fn hold(&self, path: &Path, lock: Lock) -> Result<Option<Held<'_>>, Problem> {
        if lock == Lock::None {
            return Ok(None);
        }
        let mut locked = self.link.locked.lock().unwrap_or_else(PoisonError::into_inner);
        match locked.insert(path.to_path_buf()) {
            true => Ok(Some(Held { link: &self.link, path: path.to_path_buf() })),
            false => Err(Problem::locked(path)),
        }
    }

    fn open(&self, doing: &str, path: &Path, flags: OpenFlags) -> Result<File, Problem> {
        let at = &text(path);
        self.ask(doing, path, |session| async move { session.files.open_with_flags(at, flags).await })
    }

    /// Whether a path lies in a folder, also after all links on the way have been followed.
    fn is_inside(&self, path: &Path, folder: &Path) -> Result<bool, Problem> {
        let Some(folder) = self.real(folder)? else {
            let folder = folder.display();
            return Err(Problem::path(format!(
                "Could not change working directory to '{folder}'. Path doesn't exist or is not a directory"
            )));
        };
        for ancestor in path.ancestors() {
            if let Some(real) = self.real(ancestor)? {
                return Ok(real.starts_with(folder));
            }
        }
        Ok(false)
    }

    /// Where a path leads; `None` where there is nothing.
    fn real(&self, path: &Path) -> Result<Option<PathBuf>, Problem> {
        let at = &text(path);
        let found = self.ask("find", path, |session| async move {
            match session.files.canonicalize(at).await {
                Err(refusal) if is_missing(&refusal) => Ok(None),
                other => other.map(Some),
            }
        });
        found.map(|found| found.map(PathBuf::from))
    }

    fn make_folder(&self, path: &Path) -> Result<(), Problem> {
        let at = &text(path);
        let made = self.ask("create the folder", path, |session| async move { session.files.create_dir(at).await });
        match made {
            // Somebody else may have made it meanwhile.
            Err(problem) if !self.find(path)?.is_some_and(|found| found.is_folder()) => Err(problem),
            _ => Ok(()),
        }
    }

    /// The content of a file, in a temporary file.
    fn spool(&self, path: &Path) -> Result<FileContent, Problem> {
        let mut from = self.open("read the file", path, OpenFlags::READ)?;
        let wrong = |e: io::Error| Problem::io("keep the content of", path, &e);
        let mut kept = tempfile::tempfile().map_err(wrong)?;
        let mut piece = vec![0; PIECE];
        loop {
            let read = async { Ok(from.read(&mut piece).await?) };
            match self.ask_once("read the file", path, read)? {
                0 => return Ok(FileContent::of(&path.to_string_lossy(), Arc::new(kept))),
                length => kept.write_all(piece.get(..length).unwrap_or_default()).map_err(wrong)?,
            }
        }
    }
}

/// A file that is worked on alone.
struct Held<'a> {
    link: &'a Link,
    path: PathBuf,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.link.locked.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.path);
    }
}

/// Sends what is in a file of this machine.
async fn pour(content: &FileContent, to: &mut File) -> io::Result<()> {
    let (mut from, mut piece) = (content.reader(), vec![0; PIECE]);
    loop {
        match from.read(&mut piece)? {
            0 => return Ok(()),
            length => to.write_all(piece.get(..length).unwrap_or_default()).await?,
        }
    }
}

/// A path as servers write it.
fn text(path: &Path) -> String {
    path.to_string_lossy().replace(MAIN_SEPARATOR_STR, "/")
}

/// What the server says of a path; of what a link leads to as well.
fn attributes(path: &Path, own: &Metadata, target: Option<&Metadata>) -> Attributes {
    let found = target.unwrap_or(own);
    let time = |seconds: Option<u32>| seconds.map(|seconds| UNIX_EPOCH + Duration::from_secs(seconds.into()));
    Attributes {
        path: path.to_path_buf(),
        kind: match found.file_type() {
            FileType::Dir => FileKind::Folder,
            FileType::File => FileKind::File,
            FileType::Symlink | FileType::Other => FileKind::Other,
        },
        is_link: own.file_type().is_symlink(),
        size: found.len(),
        modified: time(found.mtime),
        created: None,
        accessed: None,
        permissions: found.permissions,
    }
}

/// The attributes of a path that has some of its own.
async fn followed(session: &Session, path: &Path, own: Metadata) -> Attributes {
    let target = match own.file_type().is_symlink() {
        true => session.files.metadata(text(path)).await.ok(),
        false => None,
    };
    attributes(path, &own, target.as_ref())
}

impl FileSystem for Remote {
    fn connector(&self) -> &'static str {
        "sftp"
    }

    fn path(&self, text: &str) -> Result<PathBuf, Problem> {
        if text.trim().is_empty() {
            return Err(Problem::path("path cannot be null nor blank"));
        }
        if text.contains(['\n', '\r']) {
            return Err(Problem::path(format!("Path contains newline character: {text}")));
        }
        let home = self.ask("find", Path::new("."), |session| async move { Ok(session.home.clone()) })?;
        let Some(working) = &self.link.working else { return Ok(without_steps(&home.join(text))) };
        let base = without_steps(&home.join(working));
        let path = without_steps(&base.join(text));
        match path.starts_with(&base) && self.is_inside(&path, &base)? {
            true => Ok(path),
            false => Err(Problem::leads_out(text, &base)),
        }
    }

    fn find(&self, path: &Path) -> Result<Option<Attributes>, Problem> {
        let at = &text(path);
        self.ask("look at", path, |session| async move {
            match session.files.symlink_metadata(at).await {
                Ok(own) => Ok(Some(followed(&session, path, own).await)),
                Err(refusal) if is_missing(&refusal) => Ok(None),
                Err(refusal) => Err(refusal),
            }
        })
    }

    fn entries(&self, folder: &Path) -> Result<Vec<Attributes>, Problem> {
        let at = &text(folder);
        self.ask("list the folder", folder, |session| async move {
            let mut found = Vec::new();
            for entry in session.files.read_dir(at).await? {
                found.push(followed(&session, &folder.join(entry.file_name()), entry.metadata()).await);
            }
            Ok(found)
        })
    }

    fn describe(&self, file: &Attributes) -> Typed {
        let since = file.modified.and_then(|time: SystemTime| time.duration_since(UNIX_EPOCH).ok());
        let time = since.and_then(|since| zoned_time(i128::try_from(since.as_nanos()).ok()?));
        let mut object = ObjectBuilder::with_capacity(8);
        object.field("timestamp", time.map_or(Value::Null, |time| Value::from(Temporal::from(time))));
        object.field("size", Value::from(file.size as i64));
        object.field("regularFile", file.is_file()).field("directory", file.is_folder());
        object.field("symbolicLink", file.is_link);
        object.field("permissions", file.permissions.map_or(Value::Null, |bits| Value::from(i64::from(bits))));
        object.field("path", &*text(&file.path)).field("fileName", file.name().as_str());
        Typed::value(object.value())
    }

    /// A list of a server has paths for contents.
    fn listed(&self, file: &Attributes) -> Result<Message, Problem> {
        let path = Typed::value(Value::from(text(&file.path)));
        Ok(Message { payload: path, attributes: self.describe(file) })
    }

    fn lists_folders_first(&self) -> bool {
        true
    }

    fn read(&self, file: &Attributes, lock: Lock) -> Result<Typed, Problem> {
        let path = &file.path;
        let _held = self.hold(path, lock)?;
        if file.size >= LARGE {
            return Ok(Typed::file(self.spool(path)?, media_type(path)));
        }
        let at = &text(path);
        let content = self.ask("read the file", path, |session| async move { session.files.read(at).await })?;
        Ok(Typed::bytes(content, media_type(path)))
    }

    fn write(&self, path: &Path, content: Octets, mode: Mode, lock: Lock) -> Result<(), Problem> {
        let _held = self.hold(path, lock)?;
        let how = match mode {
            Mode::Overwrite => OpenFlags::TRUNCATE,
            Mode::Append => OpenFlags::APPEND,
            Mode::CreateNew => OpenFlags::EXCLUDE,
        };
        let doing = "write to the file";
        let mut file = self.open(doing, path, OpenFlags::WRITE | OpenFlags::CREATE | how)?;
        self.ask_once(doing, path, async {
            if mode == Mode::Append {
                // Not every server heeds the flag.
                let length = file.metadata().await?.len();
                file.seek(SeekFrom::Start(length)).await?;
            }
            match &content {
                Octets::Bytes(bytes) => file.write_all(bytes).await?,
                Octets::File(large) => pour(large, &mut file).await?,
            }
            Ok(file.close().await?)
        })
    }

    fn copy_file(&self, source: &Path, target: &Path) -> Result<(), Problem> {
        let mut from = self.open("copy", source, OpenFlags::READ)?;
        let mut to = self.open("write to", target, OpenFlags::WRITE | OpenFlags::CREATE | OpenFlags::TRUNCATE)?;
        self.ask_once("copy", source, async {
            tokio::io::copy(&mut from, &mut to).await?;
            Ok(to.close().await?)
        })
    }

    /// Servers do not replace what is there.
    fn rename(&self, source: &Attributes, target: &Path) -> Result<(), Problem> {
        if let Some(there) = self.find(target)? {
            self.remove(&there)?;
        }
        let (from, to) = (&text(&source.path), &text(target));
        self.ask("move", &source.path, |session| async move { session.files.rename(from, to).await })
    }

    fn remove(&self, file: &Attributes) -> Result<(), Problem> {
        let (path, at) = (&file.path, &text(&file.path));
        if file.is_folder() && !file.is_link {
            for entry in self.entries(path)? {
                self.remove(&entry)?;
            }
            return self.ask("delete", path, |session| async move { session.files.remove_dir(at).await });
        }
        let _held = self.hold(path, Lock::Exclusive)?;
        self.ask("delete", path, |session| async move { session.files.remove_file(at).await })
    }

    fn create_folders(&self, path: &Path) -> Result<(), Problem> {
        let mut missing = Vec::new();
        for folder in path.ancestors() {
            if self.find(folder)?.is_some() {
                break;
            }
            missing.push(folder);
        }
        missing.iter().rev().try_for_each(|folder| self.make_folder(folder))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bytes::Bytes;

    #[test]
    fn one_works_on_a_locked_file() {
        let remote = Remote::default();
        let metadata = Metadata { size: Some(1), permissions: Some(0o100_644), ..Metadata::empty() };
        let file = attributes(Path::new("/a.txt"), &metadata, None);
        let held = remote.hold(&file.path, Lock::Shared).unwrap();
        let locked = Problem::locked(&file.path);
        assert_eq!(remote.read(&file, Lock::Shared).unwrap_err(), locked);
        assert_eq!(
            remote.write(&file.path, Octets::Bytes(Bytes::new()), Mode::Append, Lock::Exclusive).unwrap_err(),
            locked
        );
        assert_eq!(remote.remove(&file).unwrap_err(), locked);
        drop(held);
        assert!(remote.hold(&file.path, Lock::Exclusive).is_ok());
    }
}
