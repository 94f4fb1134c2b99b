//! A database file of an app: opened by one process at a time, written by one thread, read by all at once.

mod fault;
mod writer;

use crate::diag::{Code, Fault};
use fault::failed;
use rusqlite::{Connection, OpenFlags};
use std::collections::BTreeMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};
use writer::Writer;

/// The version of the tables, as SQLite's `user_version`.
const VERSION: i64 = 1;

/// How long others, such as a backup or the `sqlite3` program, may hold the file.
const PATIENCE: Duration = Duration::from_secs(5);

/// How long a process that ends may take to let go of the file.
const LAST_MOMENTS: Duration = Duration::from_secs(1);

/// An open database file. What was written stays written: a write is confirmed after the disk has it.
pub struct Database {
    path: PathBuf,
    /// Connections that nobody reads from at the moment.
    readers: Mutex<Vec<Connection>>,
    writer: Writer,
    /// Keeps other processes away; released last.
    _lock: Option<File>,
}

impl Database {
    /// Opens a file or makes it, with its folder; gives the same database again for as long as somebody has it.
    ///
    /// # Errors
    /// Another process that has it open; a file that is damaged or of a newer version; what the system refuses.
    pub fn at(path: &Path) -> Result<Arc<Self>, Fault> {
        static OPEN: Mutex<BTreeMap<PathBuf, Weak<Database>>> = Mutex::new(BTreeMap::new());
        let mut open = OPEN.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = open.get(path).and_then(Weak::upgrade) {
            return Ok(known);
        }
        open.retain(|_, database| database.strong_count() > 0);
        let database = Arc::new(Self::open(path)?);
        open.insert(path.to_path_buf(), Arc::downgrade(&database));
        Ok(database)
    }

    /// Opens a file or makes it, with its folder.
    ///
    /// # Errors
    /// Another process that has it open; a file that is damaged or of a newer version; what the system refuses.
    fn open(path: &Path) -> Result<Self, Fault> {
        Self::with_lock(path, Some(lock(path)?))
    }

    /// The same for a file that several processes use at once: they wait for one another when they write.
    ///
    /// # Errors
    /// A file that is damaged or of a newer version; what the system refuses.
    pub fn shared(path: &Path) -> Result<Self, Fault> {
        make_folder(path)?;
        Self::with_lock(path, None)
    }

    fn with_lock(path: &Path, lock: Option<File>) -> Result<Self, Fault> {
        let writer = Connection::open(path).and_then(prepared).map_err(|e| failed(path, &e))?;
        check_version(path, &writer)?;
        let reader = reader(path).map_err(|e| failed(path, &e))?;
        let writer = Writer::start(path, writer)?;
        Ok(Self { path: path.to_path_buf(), readers: Mutex::new(vec![reader]), writer, _lock: lock })
    }

    /// Writes: the task runs in a transaction that it may share with others, and alone is undone where it fails. When
    /// this is done, the disk has it.
    ///
    /// # Errors
    /// What SQLite fails with, such as a full disk.
    pub async fn write<T: Send + 'static>(
        &self,
        task: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        self.writer.write(&self.path, task).await
    }

    /// Reads what has been confirmed. Nobody waits for others who read.
    ///
    /// # Errors
    /// What SQLite fails with, such as a damaged file.
    pub fn read<T>(&self, task: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T, Fault> {
        let idle = self.readers().pop();
        let connection = idle.map_or_else(|| reader(&self.path), Ok).map_err(|e| failed(&self.path, &e))?;
        let found = task(&connection).map_err(|e| failed(&self.path, &e));
        let mut readers = self.readers();
        if readers.len() < MOST_READERS {
            readers.push(connection);
        }
        found
    }

    fn readers(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many connections are kept that nobody reads from.
const MOST_READERS: usize = 8;

/// A connection that only reads.
fn reader(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let reader = Connection::open_with_flags(path, flags)?;
    reader.busy_timeout(PATIENCE)?;
    Ok(reader)
}

/// Takes the file for this process, by a lock on another file beside it: SQLite has locks of its own on the first.
fn lock(path: &Path) -> Result<File, Fault> {
    let refused = |e: std::io::Error| refused(path, &e);
    make_folder(path)?;
    let beside = path.with_extension("lock");
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside).map_err(refused)?;
    let until = Instant::now() + LAST_MOMENTS;
    let mut locked = file.try_lock();
    while matches!(locked, Err(TryLockError::WouldBlock)) && Instant::now() < until {
        std::thread::sleep(LAST_MOMENTS / 50);
        locked = file.try_lock();
    }
    match locked {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => {
            let message = format!("{} is in use by another process", path.display());
            Err(Fault::new(Code::Io, message).help("stop the other one, or give this one another folder with --state"))
        }
        Err(TryLockError::Error(e)) => Err(refused(e)),
    }
}

fn make_folder(path: &Path) -> Result<(), Fault> {
    path.parent().map_or(Ok(()), |folder| std::fs::create_dir_all(folder).map_err(|e| refused(path, &e)))
}

fn refused(path: &Path, error: &std::io::Error) -> Fault {
    Fault::new(Code::Io, format!("cannot keep state in {}: {error}", path.display()))
        .help("check the permissions of the folder, or name another one with --state")
}

/// Makes a connection write through to the disk.
fn prepared(connection: Connection) -> rusqlite::Result<Connection> {
    connection.busy_timeout(PATIENCE)?;
    // What is kept is often large: larger pages make shorter chains. What is deleted can be given back to the disk.
    connection.pragma_update(None, "page_size", 16_384)?;
    connection.pragma_update(None, "auto_vacuum", "INCREMENTAL")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    Ok(connection)
}

fn check_version(path: &Path, connection: &Connection) -> Result<(), Fault> {
    let version = connection.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0));
    match version.map_err(|e| failed(path, &e))? {
        0 => connection.pragma_update(None, "user_version", VERSION).map_err(|e| failed(path, &e)),
        VERSION => Ok(()),
        other => {
            let message = format!("{} has version {other}, and this program knows version {VERSION}", path.display());
            Err(Fault::new(Code::Io, message).help("it was written by a newer dwrun: use that one"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> PathBuf {
        let name = format!("dwrun-state-{}-{:08x}", std::process::id(), fastrand::u32(..));
        std::env::temp_dir().join(name)
    }

    fn insert(n: i64) -> impl FnOnce(&Connection) -> rusqlite::Result<usize> + Send + 'static {
        move |connection| connection.execute("INSERT INTO numbers VALUES (?)", [n])
    }

    async fn with_table(path: &Path) -> Arc<Database> {
        let database = Database::at(path).unwrap();
        database
            .write(|c| c.execute_batch("CREATE TABLE IF NOT EXISTS numbers (n INTEGER PRIMARY KEY)"))
            .await
            .unwrap();
        database
    }

    fn count(database: &Database) -> i64 {
        database.read(|c| c.query_row("SELECT count(*) FROM numbers", [], |row| row.get(0))).unwrap()
    }

    #[tokio::test]
    async fn many_write_at_once_and_a_failure_is_undone_alone() {
        let path = folder().join("state.db");
        let database = with_table(&path).await;
        let writes = (0..300).map(|n| database.write(insert(n % 200)));
        let outcomes = futures_util::future::join_all(writes).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 200);
        assert_eq!(count(&database), 200);
        drop(database);
        assert_eq!(count(&Database::open(&path).unwrap()), 200);
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[tokio::test]
    async fn those_who_read_do_not_wait_for_each_other() {
        let path = folder().join("state.db");
        let database = with_table(&path).await;
        let inner = database.read(|_| Ok(count(&database))).unwrap();
        assert_eq!((inner, database.readers().len()), (0, 2));
        drop(database);
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn one_process_at_a_time() {
        let path = folder().join("state.db");
        let first = Database::open(&path).unwrap();
        let refused = Database::open(&path).err().unwrap();
        assert!(refused.message().contains("in use by another process"), "{refused}");
        drop(first);
        assert!(Database::open(&path).is_ok());
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn files_that_are_none_and_files_of_the_future() {
        let path = folder().join("state.db");
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "no database at all, but text".repeat(99)).unwrap();
        let fault = Database::open(&path).err().unwrap();
        assert!(fault.message().contains("is damaged"), "{fault}");
        std::fs::remove_file(&path).unwrap();
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 9).unwrap();
        let fault = Database::open(&path).err().unwrap();
        assert!(fault.message().contains("has version 9"), "{fault}");
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }

    #[test]
    fn a_folder_that_cannot_be_made() {
        let folder = folder();
        std::fs::write(&folder, "a file").unwrap();
        let fault = Database::open(&folder.join("state.db")).err().unwrap();
        assert!(fault.message().starts_with("cannot keep state in"), "{fault}");
        std::fs::remove_file(folder).unwrap();
    }

    #[tokio::test]
    async fn a_full_disk_fails_the_write_and_later_ones_go_on() {
        let path = folder().join("state.db");
        let database = with_table(&path).await;
        let pages = |pages: i64| move |c: &Connection| c.pragma_update(None, "max_page_count", pages);
        database.write(pages(4)).await.unwrap();
        let filled =
            database.write(|c| c.execute_batch("CREATE TABLE big (b); INSERT INTO big VALUES (zeroblob(99999))"));
        let fault = filled.await.unwrap_err();
        assert!(fault.message().contains("the disk is full"), "{fault}");
        database.write(pages(1_000_000)).await.unwrap();
        database.write(insert(1)).await.unwrap();
        assert_eq!(count(&database), 1);
        std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
    }
}
