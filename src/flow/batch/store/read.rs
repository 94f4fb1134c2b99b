//! What the store is asked.

use super::{Block, BlockId, Counts, ErrorCount, Instance, Key, Status, StepCounts, Which};
use rusqlite::types::Type;
use rusqlite::{Connection, Error, Result, Row, ToSql, params};

/// Instances, the oldest first, with what is counted of them.
pub(super) fn instances(connection: &Connection, which: Which<'_>) -> Result<Vec<Instance>> {
    const ALL: &str =
        "SELECT key, id, job, flow, correlation, status, stop, created, ended, total, successful, failed, problem
         FROM instances";
    let query = |condition: &str| format!("{ALL} WHERE {condition} ORDER BY created, key");
    let find = |query: &str, values: &[&dyn ToSql]| {
        connection.prepare_cached(query)?.query_map(values, instance)?.collect::<Result<Vec<_>>>()
    };
    let mut found = match which {
        Which::All => find(&query("true"), &[])?,
        Which::Unfinished => find(&query("status IN ('LOADING', 'EXECUTING')"), &[])?,
        Which::Ended(job, before) => find(&query("job = ?1 AND ended < ?2"), &[&job, &before])?,
        Which::One(key) => find(&query("key = ?1"), &[&key])?,
    };
    for instance in &mut found {
        instance.counts.steps = steps(connection, instance.key)?;
        instance.counts.errors = errors(connection, instance.key)?;
    }
    Ok(found)
}

fn instance(row: &Row<'_>) -> Result<Instance> {
    // Not taken for one that is being loaded: those are thrown away.
    let status: String = row.get(5)?;
    let unknown = || Error::FromSqlConversionFailure(5, Type::Text, format!("`{status}` is no status").into());
    let status = Status::named(&status).ok_or_else(unknown)?;
    Ok(Instance {
        key: row.get(0)?,
        id: row.get(1)?,
        job: row.get(2)?,
        flow: row.get(3)?,
        correlation: row.get(4)?,
        status,
        stop: row.get(6)?,
        created: row.get(7)?,
        ended: row.get(8)?,
        counts: Counts { total: row.get(9)?, successful: row.get(10)?, failed: row.get(11)?, ..Counts::default() },
        problem: row.get(12)?,
    })
}

fn steps(connection: &Connection, instance: Key) -> Result<Vec<StepCounts>> {
    let mut query = connection
        .prepare_cached("SELECT name, successful, failed, skipped FROM steps WHERE instance = ?1 ORDER BY step")?;
    let step = |row: &Row<'_>| {
        Ok(StepCounts { name: row.get(0)?, successful: row.get(1)?, failed: row.get(2)?, skipped: row.get(3)? })
    };
    query.query_map([instance], step)?.collect()
}

fn errors(connection: &Connection, instance: Key) -> Result<Vec<ErrorCount>> {
    let mut query = connection
        .prepare_cached("SELECT step, type, count, text FROM errors WHERE instance = ?1 ORDER BY step, count DESC")?;
    let error = |row: &Row<'_>| {
        let step: i64 = row.get(0)?;
        Ok(ErrorCount { step: step as usize, error_type: row.get(1)?, count: row.get(2)?, text: row.get(3)? })
    };
    query.query_map([instance], error)?.collect()
}

/// The blocks of an instance, the oldest first.
pub(super) fn blocks(connection: &Connection, instance: Key) -> Result<Vec<Block>> {
    let mut query = connection.prepare_cached(
        "SELECT id, stage, grouped, count FROM blocks INDEXED BY blocks_by_stage WHERE instance = ?1",
    )?;
    let block = |row: &Row<'_>| {
        let count: i64 = row.get(3)?;
        Ok(Block { id: row.get(0)?, stage: row.get(1)?, group: row.get(2)?, count: count as usize })
    };
    let mut blocks = query.query_map([instance], block)?.collect::<Result<Vec<_>>>()?;
    blocks.sort_unstable_by_key(|block| block.id);
    Ok(blocks)
}

/// What is in a block.
pub(super) fn data(connection: &Connection, block: BlockId) -> Result<Vec<u8>> {
    connection.prepare_cached("SELECT data FROM blocks WHERE id = ?1")?.query_row([block], |row| row.get(0))
}

/// The variables that the records of an instance begin with.
pub(super) fn variables(connection: &Connection, instance: Key) -> Result<Vec<u8>> {
    let mut query = connection.prepare_cached("SELECT variables FROM instances WHERE key = ?1")?;
    query.query_row([instance], |row| row.get(0))
}

/// Why the streaming aggregator of a step failed.
pub(super) fn failure(connection: &Connection, instance: Key, step: usize) -> Result<Vec<u8>> {
    let mut query = connection.prepare_cached("SELECT failure FROM steps WHERE instance = ?1 AND step = ?2")?;
    query.query_row(params![instance, step as i64], |row| row.get(0))
}
