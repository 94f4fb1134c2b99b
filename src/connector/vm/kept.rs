//! Messages of persistent queues in the app's database.

use super::letter::{Letter, Waiting};
use crate::diag::{Code, Fault};
use crate::flow::app::App;
use crate::flow::event::{Stored, Typed, decoder, encoder};
use crate::flow::transaction::Decision;
use crate::state::Database;
use crate::value::Str;
use rusqlite::{Connection, params};
use std::sync::{Arc, Mutex, PoisonError};

/// Messages of all queues; they leave in the order of their numbers.
const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS letters (id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, body BLOB NOT NULL);
    CREATE INDEX IF NOT EXISTS letters_by_queue ON letters (queue, id);
    CREATE TABLE IF NOT EXISTS promises (id TEXT NOT NULL, decider TEXT NOT NULL, letter INTEGER NOT NULL, is_taken INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS promises_by_letter ON promises (letter);";

/// The messages that are there: neither promised to somebody nor promised to come.
const THERE: &str =
    "SELECT id, body FROM letters WHERE queue = ? AND id NOT IN (SELECT letter FROM promises) ORDER BY id";

/// The database of a persistent queue, from the app's start to its end.
#[derive(Default)]
pub struct Kept(Mutex<Option<Arc<Database>>>);

impl Kept {
    /// Opens the database; gives the messages that are there, the oldest first.
    ///
    /// # Errors
    /// A database that cannot be used.
    pub async fn open(&self, app: &Arc<App>, queue: &str) -> Result<Vec<Letter>, Fault> {
        let database = app.database()?;
        database.write(|connection| connection.execute_batch(TABLE)).await?;
        let rows = database.read(|connection| {
            let mut statement = connection.prepare(THERE)?;
            let rows = statement.query_map([queue], |row| Ok((row.get(0)?, row.get::<_, Vec<u8>>(1)?)))?;
            rows.collect::<rusqlite::Result<Vec<(i64, _)>>>()
        })?;
        *self.database() = Some(database);
        Ok(rows.into_iter().filter_map(|(id, body)| restored(app, queue, id, &body)).collect())
    }

    /// Lets go of the database.
    pub fn close(&self) {
        *self.database() = None;
    }

    fn database(&self) -> std::sync::MutexGuard<'_, Option<Arc<Database>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn opened(&self) -> Result<Arc<Database>, Fault> {
        self.database().clone().ok_or_else(|| Fault::internal("a persistent queue is not open"))
    }

    /// Makes changes, all or none, or promises them; gives the numbers of the messages that were added.
    ///
    /// # Errors
    /// A database that cannot be written; then nothing has changed.
    pub async fn change(&self, changes: Changes, promised: Option<Decision>) -> Result<Vec<i64>, Fault> {
        let database = self.opened()?;
        match promised {
            None => database.write(move |connection| changes.make(connection)).await,
            Some(decision) => database.write(move |connection| changes.promise(connection, &decision)).await,
        }
    }

    /// Does what was promised for a transaction, or forgets it.
    ///
    /// # Errors
    /// A database that cannot be written; then the promise stays.
    pub async fn settle(&self, id: String, is_committed: bool) -> Result<(), Fault> {
        self.opened()?.write(move |connection| settle(connection, &id, is_committed)).await
    }
}

/// Does or forgets what was promised before a crash, as those say who have decided.
///
/// # Errors
/// A database that cannot be used; who cannot say what was decided.
pub async fn settle_all(app: &Arc<App>) -> Result<(), Fault> {
    let database = app.database()?;
    database.write(|connection| connection.execute_batch(TABLE)).await?;
    let open = database.read(|connection| {
        let mut statement = connection.prepare("SELECT DISTINCT id, decider FROM promises")?;
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<rusqlite::Result<Vec<(String, String)>>>()
    })?;
    for (id, decider) in open {
        let unknown = |why: &str| {
            let message = format!("'{decider}' has to tell whether a transaction was committed before a crash: {why}");
            Fault::new(Code::Io, message).help("messages of persistent queues wait for it: let the app reach it")
        };
        let global = app.globals().get(&decider).ok_or_else(|| unknown("the app has no such element"))?;
        let is_committed = global.decided(&id).await.map_err(|fault| unknown(fault.message()))?;
        database.write(move |connection| settle(connection, &id, is_committed)).await?;
    }
    Ok(())
}

/// Of what a transaction has promised, its messages are gone that were taken if it was committed, else those it added.
fn settle(connection: &Connection, id: &str, is_committed: bool) -> rusqlite::Result<()> {
    const GONE: &str = "DELETE FROM letters WHERE id IN (SELECT letter FROM promises WHERE id = ? AND is_taken = ?)";
    connection.prepare_cached(GONE)?.execute(params![id, is_committed])?;
    connection.prepare_cached("DELETE FROM promises WHERE id = ?")?.execute([id]).map(drop)
}

/// What changes in persistent queues.
#[derive(Default)]
pub struct Changes {
    /// New messages, each with its queue.
    pub added: Vec<(String, Vec<u8>)>,
    /// The numbers of messages that are done.
    pub removed: Vec<i64>,
}

impl Changes {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty()
    }

    fn make(&self, connection: &Connection) -> rusqlite::Result<Vec<i64>> {
        let mut remove = connection.prepare_cached("DELETE FROM letters WHERE id = ?")?;
        for id in &self.removed {
            remove.execute([id])?;
        }
        self.add(connection)
    }

    fn add(&self, connection: &Connection) -> rusqlite::Result<Vec<i64>> {
        let mut add = connection.prepare_cached("INSERT INTO letters (queue, body) VALUES (?, ?)")?;
        self.added.iter().map(|(queue, body)| add.insert(params![queue, body])).collect()
    }

    /// Notes what is to become of messages; those that are added lie there unseen.
    fn promise(&self, connection: &Connection, decision: &Decision) -> rusqlite::Result<Vec<i64>> {
        const NOTE: &str = "INSERT INTO promises (id, decider, letter, is_taken) VALUES (?, ?, ?, ?)";
        let added = self.add(connection)?;
        let mut note = connection.prepare_cached(NOTE)?;
        let taken = self.removed.iter().map(|letter| (letter, true));
        for (letter, is_taken) in taken.chain(added.iter().map(|letter| (letter, false))) {
            note.execute(params![decision.id, decision.decider, letter, is_taken])?;
        }
        Ok(added)
    }
}

/// A message as it is stored.
///
/// # Errors
/// Content that cannot be kept: functions.
pub fn body(content: &Typed, correlation_id: Option<&Str>) -> Result<Vec<u8>, Fault> {
    let mut encoder = encoder();
    encoder.presence(correlation_id.is_some());
    if let Some(id) = correlation_id {
        encoder.text(id);
    }
    content.write(&mut encoder)?;
    Ok(encoder.finish())
}

/// A message that was stored before this start; one that is damaged stays where it is, and the log tells of it.
fn restored(app: &Arc<App>, queue: &str, id: i64, body: &[u8]) -> Option<Letter> {
    let read = || {
        let mut decoder = decoder(body)?;
        let correlation_id = if decoder.is_present()? { Some(decoder.text()?) } else { None };
        let content = Typed::read_from(&mut decoder)?;
        decoder.finish()?;
        Ok::<_, Fault>((content, correlation_id))
    };
    match read() {
        Ok((content, correlation_id)) => {
            let context = app.event().context;
            Some(Letter { content, correlation_id, reply: None, context, kept: Some(id), waiting: Waiting::default() })
        }
        Err(fault) => {
            tracing::error!("message {id} of the queue '{queue}' cannot be read and is left out: {fault}");
            None
        }
    }
}
