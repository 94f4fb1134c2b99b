//! The tables of the batch store.

use rusqlite::{Connection, Result};

/// The tables, made where they are not there yet.
const TABLES: &str = "
CREATE TABLE IF NOT EXISTS instances (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL, job TEXT NOT NULL, flow TEXT NOT NULL, correlation TEXT NOT NULL,
    status TEXT NOT NULL, stop INTEGER NOT NULL DEFAULT 0,
    created INTEGER NOT NULL, ended INTEGER,
    total INTEGER NOT NULL DEFAULT 0, successful INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
    problem TEXT, variables BLOB NOT NULL,
    UNIQUE (job, id)
);
CREATE TABLE IF NOT EXISTS steps (
    instance INTEGER NOT NULL, step INTEGER NOT NULL, name TEXT NOT NULL,
    successful INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0, skipped INTEGER NOT NULL DEFAULT 0,
    failure BLOB,
    PRIMARY KEY (instance, step)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS errors (
    instance INTEGER NOT NULL, step INTEGER NOT NULL, type TEXT NOT NULL, count INTEGER NOT NULL, text TEXT NOT NULL,
    PRIMARY KEY (instance, step, type)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS blocks (
    id INTEGER PRIMARY KEY, instance INTEGER NOT NULL, stage INTEGER NOT NULL, grouped INTEGER NOT NULL,
    count INTEGER NOT NULL, data BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS blocks_by_stage ON blocks (instance, stage, grouped, count);
";

/// Whether a file has the tables.
pub(super) fn is_there(connection: &Connection) -> Result<bool> {
    connection.query_row("SELECT count(*) > 0 FROM sqlite_schema WHERE name = 'blocks_by_stage'", [], |row| row.get(0))
}

/// Makes the tables in a file that has none.
pub(super) fn create(connection: &Connection) -> Result<()> {
    connection.execute_batch(TABLES)
}
