//! The blocks of a queue, and what changes of an instance and its queue at once.

use super::{BlockId, Counts, Key, Stage, Status};

/// A block that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// What the store calls it.
    pub id: BlockId,
    /// Where it waits.
    pub stage: Stage,
    /// At an aggregator: the group of records that it belongs to.
    pub group: i64,
    /// How many records are in it.
    pub count: usize,
}

/// A block to be added.
#[derive(Clone, Debug)]
pub struct NewBlock {
    /// Where it waits.
    pub stage: Stage,
    /// At an aggregator: the group of records that it belongs to.
    pub group: i64,
    /// How many records are in it.
    pub count: usize,
    /// The records.
    pub data: Vec<u8>,
}

/// All blocks of a group at a stage go to another stage and group.
#[derive(Clone, Copy, Debug)]
pub struct Move {
    /// Where they are.
    pub from: (Stage, i64),
    /// Where they go.
    pub to: (Stage, i64),
}

/// What changes of an instance, all at once.
#[derive(Clone, Debug, Default)]
pub struct Change {
    /// The instance.
    pub instance: Key,
    /// The blocks that leave the queue.
    pub done: Vec<BlockId>,
    /// The blocks that come into it.
    pub queued: Vec<NewBlock>,
    /// The groups of blocks that go on as a whole.
    pub moved: Vec<Move>,
    /// Why the streaming aggregator of a step failed, encoded.
    pub failure: Option<(usize, Vec<u8>)>,
    /// By how much the numbers change.
    pub counts: Counts,
    /// The status that it gets.
    pub status: Option<Status>,
    /// Whether somebody wants it to stop, where that changes.
    pub stop: Option<bool>,
    /// What `on-complete` failed with.
    pub problem: Option<String>,
}
