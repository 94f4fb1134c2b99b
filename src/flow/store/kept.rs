//! A store that outlives the app: a part of the app's database.

use super::{Answer, Limits, Store};
use crate::diag::Fault;
use crate::flow::event::{Stored, Typed};
use crate::state::Database;
use rusqlite::{Connection, OptionalExtension, params};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Entries of all stores. A value that is stored again becomes the newest.
const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS entries (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        store TEXT NOT NULL,
        key TEXT NOT NULL,
        value BLOB NOT NULL,
        stored INTEGER NOT NULL,
        UNIQUE (store, key)
    );
    CREATE INDEX IF NOT EXISTS entries_by_age ON entries (store, stored);";

/// A store in the app's database. It has to be opened before it is used.
pub struct KeptStore {
    name: Arc<str>,
    limits: Limits,
    database: OnceLock<Arc<Database>>,
    looked: Mutex<Option<Instant>>,
}

impl KeptStore {
    /// The store of this name.
    pub fn new(name: &str, limits: Limits) -> Self {
        Self { name: Arc::from(name), limits, database: OnceLock::new(), looked: Mutex::new(None) }
    }

    /// Opens it.
    ///
    /// # Errors
    /// A database that cannot be written.
    pub async fn open(&self, database: Arc<Database>) -> Result<(), Fault> {
        database.write(|connection| connection.execute_batch(TABLE)).await?;
        let _ = self.database.set(database);
        Ok(())
    }

    /// Whether it is open.
    pub fn is_open(&self) -> bool {
        self.database.get().is_some()
    }

    fn database(&self) -> Result<&Arc<Database>, Fault> {
        self.database.get().ok_or_else(|| Fault::internal(format!("the object store `{}` is not open", self.name)))
    }

    /// The database, after a look for what may not stay, if it is time for one.
    async fn ready(&self) -> Result<&Arc<Database>, Fault> {
        let database = self.database()?;
        if self.is_due() {
            let (name, limits) = (self.name.clone(), self.limits);
            database.write(move |connection| tidy(connection, &name, limits)).await?;
        }
        Ok(database)
    }

    fn is_due(&self) -> bool {
        if self.limits.time_to_live.is_none() && self.limits.max_entries.is_none() {
            return false;
        }
        let mut looked = self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = looked.is_none_or(|last| last.elapsed() >= self.limits.interval);
        if is_due {
            *looked = Some(Instant::now());
        }
        is_due
    }

    /// The time from which on entries are alive, in milliseconds since 1970.
    fn since(&self) -> i64 {
        alive_since(self.limits)
    }

    /// Stores a value by an `INSERT` with four parameters; gives how many rows it changed.
    async fn insert(&self, sql: &'static str, key: &str, value: Typed) -> Result<usize, Fault> {
        let database = self.ready().await?;
        let (name, key, value, since) = (self.name.clone(), key.to_string(), value.to_stored()?, self.since());
        let insert = move |connection: &Connection| {
            connection
                .prepare_cached("DELETE FROM entries WHERE store = ? AND key = ? AND stored < ?")?
                .execute(params![name, key, since])?;
            connection.prepare_cached(sql)?.execute(params![name, key, value, now()])
        };
        database.write(insert).await
    }
}

/// Milliseconds since 1970.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}

fn alive_since(limits: Limits) -> i64 {
    let time = limits.time_to_live.and_then(|time| i64::try_from(time.as_millis()).ok());
    time.map_or(i64::MIN, |time| now().saturating_sub(time).saturating_add(1))
}

/// Removes what has outlived its time, and the oldest of what is too much.
fn tidy(connection: &Connection, name: &str, limits: Limits) -> rusqlite::Result<()> {
    if limits.time_to_live.is_some() {
        let since = alive_since(limits);
        connection.execute("DELETE FROM entries WHERE store = ? AND stored < ?", params![name, since])?;
    }
    if let Some(most) = limits.max_entries {
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        connection.execute(
            "DELETE FROM entries WHERE id IN (SELECT id FROM entries WHERE store = ? ORDER BY id DESC LIMIT -1 OFFSET ?)",
            params![name, most],
        )?;
    }
    Ok(())
}

impl Store for KeptStore {
    fn get<'a>(&'a self, key: &'a str) -> Answer<'a, Option<Typed>> {
        Box::pin(async move {
            let found = self.ready().await?.read(|connection| {
                connection
                    .prepare_cached("SELECT value FROM entries WHERE store = ? AND key = ? AND stored >= ?")?
                    .query_row(params![self.name, key, self.since()], |row| row.get::<_, Vec<u8>>(0))
                    .optional()
            })?;
            found.map(|bytes| Typed::from_stored(&bytes)).transpose()
        })
    }

    fn put<'a>(&'a self, key: &'a str, value: Typed) -> Answer<'a, ()> {
        const SQL: &str = "INSERT OR REPLACE INTO entries (store, key, value, stored) VALUES (?, ?, ?, ?)";
        Box::pin(async move { self.insert(SQL, key, value).await.map(drop) })
    }

    fn add<'a>(&'a self, key: &'a str, value: Typed) -> Answer<'a, bool> {
        const SQL: &str = "INSERT OR IGNORE INTO entries (store, key, value, stored) VALUES (?, ?, ?, ?)";
        Box::pin(async move { self.insert(SQL, key, value).await.map(|rows| rows > 0) })
    }

    fn remove<'a>(&'a self, key: &'a str) -> Answer<'a, bool> {
        Box::pin(async move {
            let (name, key, since) = (self.name.clone(), key.to_string(), self.since());
            let removed = self.ready().await?.write(move |connection| {
                connection
                    .prepare_cached("DELETE FROM entries WHERE store = ? AND key = ? AND stored >= ?")?
                    .execute(params![name, key, since])
            });
            Ok(removed.await? > 0)
        })
    }

    fn clear(&self) -> Answer<'_, ()> {
        Box::pin(async move {
            let name = self.name.clone();
            let cleared = move |c: &Connection| c.execute("DELETE FROM entries WHERE store = ?", [&name]).map(drop);
            self.database()?.write(cleared).await
        })
    }

    fn entries(&self) -> Answer<'_, Vec<(String, Typed)>> {
        Box::pin(async move {
            let rows = self.ready().await?.read(|connection| {
                connection
                    .prepare_cached("SELECT key, value FROM entries WHERE store = ? AND stored >= ? ORDER BY id")?
                    .query_map(params![self.name, self.since()], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))?
                    .collect::<rusqlite::Result<Vec<_>>>()
            })?;
            rows.into_iter().map(|(key, bytes)| Ok((key, Typed::from_stored(&bytes)?))).collect()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::{Path, PathBuf};
    use std::time::Duration;

    fn file() -> PathBuf {
        let name = format!("dwrun-store-{}-{:08x}", std::process::id(), fastrand::u32(..));
        std::env::temp_dir().join(name).join("state.db")
    }

    async fn open(file: &Path, name: &str, limits: Limits) -> KeptStore {
        let store = KeptStore::new(name, limits);
        store.open(Database::at(file).unwrap()).await.unwrap();
        store
    }

    async fn keys(store: &KeptStore) -> String {
        let entries = store.entries().await.unwrap();
        entries.iter().map(|(key, _)| key.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[tokio::test]
    async fn values_outlive_the_store() {
        let file = file();
        {
            let (store, other) = (open(&file, "a", Limits::default()).await, open(&file, "b", Limits::default()).await);
            for (key, is_new) in [("x", true), ("y", true), ("x", false)] {
                assert_eq!(store.add(key, Typed::literal(key)).await.unwrap(), is_new);
            }
            store.put("x", Typed::literal("again")).await.unwrap();
            other.put("x", Typed::null()).await.unwrap();
            assert!(other.remove("x").await.unwrap() && !other.remove("x").await.unwrap());
        }
        let store = open(&file, "a", Limits::default()).await;
        assert_eq!(keys(&store).await, "y x");
        assert_eq!(store.get("x").await.unwrap().unwrap().to_text(), "again");
        store.clear().await.unwrap();
        assert_eq!(keys(&store).await, "");
        std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
    }

    #[tokio::test]
    async fn values_leave_by_age_and_number() {
        let file = file();
        let time = Duration::from_millis(60);
        let old = open(&file, "old", Limits { time_to_live: Some(time), ..Limits::default() }).await;
        old.put("a", Typed::null()).await.unwrap();
        assert!(old.get("a").await.unwrap().is_some() && !old.add("a", Typed::null()).await.unwrap());
        tokio::time::sleep(time).await;
        assert!(old.get("a").await.unwrap().is_none() && old.add("a", Typed::null()).await.unwrap());
        let limits = Limits { max_entries: Some(2), interval: Duration::ZERO, ..Limits::default() };
        let few = open(&file, "few", limits).await;
        for key in ["a", "b", "c", "a"] {
            few.put(key, Typed::null()).await.unwrap();
        }
        assert_eq!(keys(&few).await, "c a");
        std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
    }

    #[tokio::test]
    async fn a_damaged_value_is_an_error() {
        let file = file();
        let store = open(&file, "a", Limits::default()).await;
        store.put("x", Typed::null()).await.unwrap();
        let damage = |c: &Connection| c.execute("UPDATE entries SET value = x'0102'", []).map(drop);
        store.database().unwrap().write(damage).await.unwrap();
        assert!(store.get("x").await.unwrap_err().message().contains("damaged"));
        std::fs::remove_dir_all(file.parent().unwrap()).unwrap();
    }
}
