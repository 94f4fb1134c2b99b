//! The store in one SQLite file beside the app.
//!
//! Why SQLite: a store that has to survive a loss of power should be the one that was tested most for it; several
//! processes may look at the file while one of them writes, which embedded stores in Rust (redb, fjall, sled) do not
//! allow; every platform has tools that open it; and a write-ahead log with one writer is what a queue of blocks needs.

use super::{Answer, Block, BlockId, Change, Instance, Key, NewInstance, Store, Which};
use super::{read, schema, write};
use crate::diag::Fault;
use crate::state::Database;
use std::path::Path;

/// The store in one SQLite file.
pub struct SqliteStore(Database);

impl SqliteStore {
    /// Opens the file, which is made where it is not there yet.
    ///
    /// # Errors
    /// A file that is damaged, of another version, or cannot be opened.
    pub async fn open(path: &Path) -> Result<Self, Fault> {
        let database = Database::shared(path)?;
        // A file that has its tables can be looked at even where nothing can be written.
        if !database.read(schema::is_there)? {
            database.write(schema::create).await?;
        }
        Ok(Self(database))
    }
}

impl Store for SqliteStore {
    fn create(&self, new: NewInstance) -> Answer<'_, Option<Key>> {
        Box::pin(self.0.write(move |connection| write::create(connection, &new)))
    }

    fn commit(&self, change: Change) -> Answer<'_, Vec<BlockId>> {
        Box::pin(self.0.write(move |connection| write::commit(connection, &change)))
    }

    fn remove(&self, instances: Vec<Key>) -> Answer<'_, ()> {
        Box::pin(self.0.write(move |connection| write::remove(connection, &instances)))
    }

    fn instances(&self, which: Which<'_>) -> Result<Vec<Instance>, Fault> {
        self.0.read(|connection| read::instances(connection, which))
    }

    fn variables(&self, instance: Key) -> Result<Vec<u8>, Fault> {
        self.0.read(|connection| read::variables(connection, instance))
    }

    fn failure(&self, instance: Key, step: usize) -> Result<Vec<u8>, Fault> {
        self.0.read(|connection| read::failure(connection, instance, step))
    }

    fn blocks(&self, instance: Key) -> Result<Vec<Block>, Fault> {
        self.0.read(|connection| read::blocks(connection, instance))
    }

    fn data(&self, block: BlockId) -> Result<Vec<u8>, Fault> {
        self.0.read(|connection| read::data(connection, block))
    }
}
