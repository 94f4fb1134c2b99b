//! Where batch jobs keep their instances and the records that wait: one small trait, so that a broker can take the
//! place of the file when one machine is not enough.

mod change;
mod counts;
mod instance;
mod read;
mod schema;
mod sqlite;
mod write;

pub use change::{Block, Change, Move, NewBlock};
pub use counts::{Counts, ErrorCount, StepCounts};
pub use instance::{Instance, NewInstance, Status};
pub use sqlite::SqliteStore;

use crate::diag::Fault;
use futures_util::future::BoxFuture;

/// What the store calls an instance.
pub type Key = i64;
/// What the store calls a block of records.
pub type BlockId = i64;

/// Where in its job a block waits: each step has two places, see [`at_step`] and [`at_aggregator`]; behind the last step
/// is the end.
pub type Stage = i64;

/// The place in front of a step's processors; where there is no such step, it is the end.
pub const fn at_step(step: usize) -> Stage {
    step as Stage * 2
}

/// The place in front of a step's aggregator.
pub const fn at_aggregator(step: usize) -> Stage {
    at_step(step) + 1
}

/// The step that a place belongs to.
pub const fn step_at(stage: Stage) -> usize {
    stage as usize / 2
}

/// The place of records that failed and are done with: they wait for somebody to look at them.
pub const FAILED: Stage = -1;

/// The group of blocks that a streaming aggregator gets.
pub const STREAMED: i64 = 0;
/// The group of blocks that pass a streaming aggregator by; they wait for the others.
pub const ASIDE: i64 = -1;
/// The group of blocks whose streaming aggregator failed: their records have still to be marked.
pub const SPOILT: i64 = -2;

/// Keeps instances and their queues.
///
/// What a future of it has answered with success is on disk. Several processes may use one store: one of them runs the
/// instances, the others look on, add instances and leave requests.
pub trait Store: Send + Sync {
    /// Adds an instance that is being loaded; `None` where its job has one of this id already.
    fn create(&self, new: NewInstance) -> Answer<'_, Option<Key>>;

    /// Changes an instance and its queue, all or nothing; gives the ids of the blocks that were added.
    fn commit(&self, change: Change) -> Answer<'_, Vec<BlockId>>;

    /// Removes instances with all that belongs to them.
    fn remove(&self, instances: Vec<Key>) -> Answer<'_, ()>;

    /// Instances, the oldest first.
    fn instances(&self, which: Which<'_>) -> Result<Vec<Instance>, Fault>;

    /// One instance.
    fn instance(&self, instance: Key) -> Result<Option<Instance>, Fault> {
        Ok(self.instances(Which::One(instance))?.pop())
    }

    /// The variables that the records of an instance begin with, as they were given to [`Store::create`].
    fn variables(&self, instance: Key) -> Result<Vec<u8>, Fault>;

    /// Why the streaming aggregator of a step failed, as it was given to [`Store::commit`].
    fn failure(&self, instance: Key, step: usize) -> Result<Vec<u8>, Fault>;

    /// The blocks that belong to an instance, the oldest first.
    fn blocks(&self, instance: Key) -> Result<Vec<Block>, Fault>;

    /// What is in a block.
    fn data(&self, block: BlockId) -> Result<Vec<u8>, Fault>;
}

/// What comes of a change once it is on disk.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, Fault>>;

/// Which instances are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// All of them.
    All,
    /// Those that are being loaded or worked on.
    Unfinished,
    /// Those of a job that ended before a time, in milliseconds since 1970.
    Ended(&'a str, i64),
    /// This one.
    One(Key),
}
