//! What people do to instances from outside: stop them, let them go on, try the failed records again.

use super::codec::{self, Writer};
use super::record::{Fate, Record};
use super::store::{Block, Change, Counts, FAILED, Instance, Key, Stage, Status, Store, Which, at_step};
use crate::diag::{Code, Fault};

/// The instance of this id.
///
/// # Errors
/// No instance, or instances of several jobs, have the id; a store that fails.
pub fn find(store: &dyn Store, id: &str) -> Result<Instance, Fault> {
    let mut found: Vec<_> = store.instances(Which::All)?.into_iter().filter(|instance| named(instance, id)).collect();
    match (found.pop(), found.len()) {
        (Some(only), 0) => Ok(only),
        (Some(_), _) => {
            let fault = Fault::new(Code::Argument, format!("several batch jobs have an instance with id `{id}`"));
            Err(fault.help("name the job as well, as in `JOB/ID`"))
        }
        (None, _) => {
            let fault = Fault::new(Code::Argument, format!("there is no batch job instance with id `{id}`"));
            Err(fault.help("`dwrun batch list APP` shows those there are"))
        }
    }
}

fn named(instance: &Instance, id: &str) -> bool {
    instance.id == id || id.split_once('/').is_some_and(|(job, id)| instance.job == job && instance.id == id)
}

/// Notes that an instance is to stop. Where nobody runs it, it has stopped.
///
/// # Errors
/// A store that fails.
pub async fn stop(store: &dyn Store, instance: Key, is_running: bool) -> Result<(), Fault> {
    let change = match is_running {
        true => Change { instance, stop: Some(true), ..Change::default() },
        false => Change { instance, status: Some(Status::Stopped), stop: Some(false), ..Change::default() },
    };
    store.commit(change).await.map(drop)
}

/// Lets a stopped instance go on.
///
/// # Errors
/// A store that fails.
pub async fn restart(store: &dyn Store, instance: Key) -> Result<(), Fault> {
    let change = Change { instance, status: Some(Status::Executing), stop: Some(false), ..Change::default() };
    store.commit(change).await.map(drop)
}

/// Puts the failed records of an instance that is over back into its queue, each at the step in which it failed first and
/// as it was there; gives how many. What it had not reached when it was stopped is then reached, too.
///
/// # Errors
/// An instance that is not over; a store that fails.
pub async fn retry(store: &dyn Store, instance: &Instance) -> Result<usize, Fault> {
    if !instance.status.is_over() {
        let fault = Fault::new(Code::Argument, format!("instance `{}` is not over", instance.id));
        return Err(fault.help("stop it first, or wait until it ends"));
    }
    let mut count = 0;
    let mut last = None;
    for block in store.blocks(instance.key)? {
        let records = codec::records(&store.data(block.id)?, block.count)?;
        let (change, again) = rewound(instance, &block, records)?;
        if again > 0 {
            // Block by block: where this ends early, there are others that have failed, and it can be done again.
            if let Some(change) = last.replace(change) {
                store.commit(change).await?;
            }
            count += again;
        }
    }
    // With the last block the instance goes on: a crash in between would leave nothing to try again.
    if let Some(change) = last {
        store.commit(Change { status: Some(Status::Executing), stop: Some(false), ..change }).await?;
    }
    Ok(count)
}

/// The change that puts the failed records of a block back to where they failed; the others stay.
fn rewound(instance: &Instance, block: &Block, records: Vec<Record>) -> Result<(Change, usize), Fault> {
    let mut counts = Counts::of_steps(instance.counts.steps.len());
    let mut again = 0;
    let mut open: Vec<(Stage, i64, Writer)> = Vec::new();
    for mut record in records {
        for failure in record.failures.iter() {
            if let Some(step) = instance.counts.steps.iter().position(|step| step.name == failure.step) {
                counts.error(step, &failure.error_type, "");
            }
        }
        let place = match record.rewind() {
            None => (block.stage, block.group),
            Some((step, fates)) => {
                again += 1;
                counts.failed += 1;
                revoke(&mut counts, step, &fates);
                (at_step(step), 0)
            }
        };
        let at = open.iter().position(|(stage, group, _)| (*stage, *group) == place).unwrap_or(open.len());
        if at == open.len() {
            open.push((place.0, place.1, Writer::default()));
        }
        open[at].2.record(&record)?;
    }
    let queued = open.into_iter().map(|(stage, group, writer)| writer.block(stage, group)).collect();
    let counts = counts.negated();
    Ok((Change { instance: instance.key, done: vec![block.id], queued, counts, ..Change::default() }, again))
}

/// Counts what became of a record in a step and in those behind it.
fn revoke(counts: &mut Counts, first: usize, fates: &[Fate]) {
    for (step, fate) in counts.steps.iter_mut().skip(first).zip(fates) {
        match fate {
            Fate::Successful => step.successful += 1,
            Fate::Failed => step.failed += 1,
            Fate::Skipped => step.skipped += 1,
        }
    }
}

/// The failed records of an instance, block by block: `each` gets them.
///
/// # Errors
/// A store that fails, or what `each` fails with.
pub fn failed(
    store: &dyn Store,
    instance: Key,
    mut each: impl FnMut(&Record) -> Result<(), Fault>,
) -> Result<(), Fault> {
    let mut blocks = store.blocks(instance)?;
    // Those that are done with first.
    blocks.sort_by_key(|block| block.stage != FAILED);
    for block in blocks {
        let records = match store.data(block.id) {
            Ok(data) => codec::records(&data, block.count)?,
            // Somebody works on the instance, and the block has gone on.
            Err(_) if store.instance(instance)?.is_some_and(|found| !found.status.is_over()) => continue,
            Err(fault) => return Err(fault),
        };
        records.iter().filter(|record| record.is_failed()).try_for_each(&mut each)?;
    }
    Ok(())
}
