//! What changes in the store. Everything here runs inside of a transaction.

use super::{BlockId, Change, Counts, Key, Move, NewInstance, Status};
use rusqlite::{Connection, Result, params};

/// Adds an instance; `None` where its job has one of this id.
pub(super) fn create(connection: &Connection, new: &NewInstance) -> Result<Option<Key>> {
    let mut insert = connection.prepare_cached(
        "INSERT INTO instances (id, job, flow, correlation, status, created, variables)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING",
    )?;
    let status = Status::Loading.name();
    let values = params![new.id, new.job, new.flow, new.correlation, status, new.created, new.variables];
    if insert.execute(values)? == 0 {
        return Ok(None);
    }
    let key = connection.last_insert_rowid();
    let mut insert = connection.prepare_cached("INSERT INTO steps (instance, step, name) VALUES (?1, ?2, ?3)")?;
    for (step, name) in new.steps.iter().enumerate() {
        insert.execute(params![key, step as i64, name])?;
    }
    Ok(Some(key))
}

/// Changes an instance and its queue; gives the ids of the new blocks.
pub(super) fn commit(connection: &Connection, change: &Change) -> Result<Vec<BlockId>> {
    let mut delete = connection.prepare_cached("DELETE FROM blocks WHERE id = ?1")?;
    for block in &change.done {
        delete.execute([block])?;
    }
    let mut insert = connection
        .prepare_cached("INSERT INTO blocks (instance, stage, grouped, count, data) VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut ids = Vec::with_capacity(change.queued.len());
    for block in &change.queued {
        insert.execute(params![change.instance, block.stage, block.group, block.count as i64, block.data])?;
        ids.push(connection.last_insert_rowid());
    }
    for Move { from, to } in &change.moved {
        let mut update = connection.prepare_cached(
            "UPDATE blocks SET stage = ?4, grouped = ?5 WHERE instance = ?1 AND stage = ?2 AND grouped = ?3",
        )?;
        update.execute(params![change.instance, from.0, from.1, to.0, to.1])?;
    }
    if let Some((step, failure)) = &change.failure {
        let mut update =
            connection.prepare_cached("UPDATE steps SET failure = ?3 WHERE instance = ?1 AND step = ?2")?;
        update.execute(params![change.instance, *step as i64, failure])?;
    }
    count(connection, change.instance, &change.counts)?;
    state(connection, change)?;
    Ok(ids)
}

fn count(connection: &Connection, instance: Key, counts: &Counts) -> Result<()> {
    if (counts.total, counts.successful, counts.failed) != (0, 0, 0) {
        let mut update = connection.prepare_cached(
            "UPDATE instances SET total = total + ?2, successful = successful + ?3, failed = failed + ?4 WHERE key = ?1",
        )?;
        update.execute(params![instance, counts.total, counts.successful, counts.failed])?;
    }
    for (step, counts) in counts.steps.iter().enumerate() {
        if (counts.successful, counts.failed, counts.skipped) != (0, 0, 0) {
            let mut update = connection.prepare_cached(
                "UPDATE steps SET successful = successful + ?3, failed = failed + ?4, skipped = skipped + ?5
                 WHERE instance = ?1 AND step = ?2",
            )?;
            update.execute(params![instance, step as i64, counts.successful, counts.failed, counts.skipped])?;
        }
    }
    for error in &counts.errors {
        let mut upsert = connection.prepare_cached(
            "INSERT INTO errors (instance, step, type, count, text) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT DO UPDATE SET count = count + excluded.count",
        )?;
        upsert.execute(params![instance, error.step as i64, error.error_type, error.count, error.text])?;
    }
    if counts.errors.iter().any(|error| error.count < 0) {
        connection.prepare_cached("DELETE FROM errors WHERE instance = ?1 AND count <= 0")?.execute([instance])?;
    }
    Ok(())
}

fn state(connection: &Connection, change: &Change) -> Result<()> {
    if let Some(status) = change.status {
        let ended = status.is_over().then(|| jiff::Timestamp::now().as_millisecond());
        let mut update =
            connection.prepare_cached("UPDATE instances SET status = ?2, ended = ?3, problem = ?4 WHERE key = ?1")?;
        update.execute(params![change.instance, status.name(), ended, change.problem])?;
    }
    if let Some(stop) = change.stop {
        connection
            .prepare_cached("UPDATE instances SET stop = ?2 WHERE key = ?1")?
            .execute(params![change.instance, stop])?;
    }
    Ok(())
}

/// Removes instances with all that belongs to them, and gives the room back.
pub(super) fn remove(connection: &Connection, instances: &[Key]) -> Result<()> {
    for instance in instances {
        for delete in [
            "DELETE FROM blocks WHERE instance = ?1",
            "DELETE FROM steps WHERE instance = ?1",
            "DELETE FROM errors WHERE instance = ?1",
            "DELETE FROM instances WHERE key = ?1",
        ] {
            connection.prepare_cached(delete)?.execute([instance])?;
        }
    }
    connection.execute_batch("PRAGMA incremental_vacuum")
}
