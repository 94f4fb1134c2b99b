//! Where batch jobs keep their instances and the records that wait: one small trait, so that a broker can take the
//! place of the file when one machine is not enough.

mod read;
mod schema;
mod sqlite;
mod write;

pub use sqlite::SqliteStore;

use crate::diag::Fault;
use futures_util::future::BoxFuture;

/// What the store calls an instance.
pub type Key = i64;
/// What the store calls a block of records.
pub type BlockId = i64;

/// Where in its job a block waits: step `s` has the places `2s` (its processors) and `2s + 1` (its aggregator); behind
/// the last step is the end.
pub type Stage = i64;

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

/// How far an instance is (the names are Mule's).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Status {
    /// Its records are being written.
    #[default]
    Loading,
    /// Its records are worked on, or wait for it.
    Executing,
    /// Somebody has stopped it.
    Stopped,
    /// All its records have gone through all steps.
    Successful,
    /// More of its records failed than may.
    FailedProcessRecords,
    /// Its `on-complete` failed.
    FailedOnComplete,
}

impl Status {
    const ALL: [Status; 6] = [
        Self::Loading,
        Self::Executing,
        Self::Stopped,
        Self::Successful,
        Self::FailedProcessRecords,
        Self::FailedOnComplete,
    ];

    /// The name, as Mule writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Loading => "LOADING",
            Self::Executing => "EXECUTING",
            Self::Stopped => "STOPPED",
            Self::Successful => "SUCCESSFUL",
            Self::FailedProcessRecords => "FAILED_PROCESS_RECORDS",
            Self::FailedOnComplete => "FAILED_ON_COMPLETE",
        }
    }

    /// The status of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }

    /// Whether nothing will happen any more unless somebody wants it to.
    pub fn is_over(self) -> bool {
        !matches!(self, Self::Loading | Self::Executing)
    }
}

/// An instance to be added.
#[derive(Clone, Debug)]
pub struct NewInstance {
    /// What people call it.
    pub id: String,
    /// Its job.
    pub job: String,
    /// The flow that its job stands in.
    pub flow: String,
    /// The correlation id of the event that it came from.
    pub correlation: String,
    /// The names of the steps of its job.
    pub steps: Vec<String>,
    /// The variables that its records begin with, encoded.
    pub variables: Vec<u8>,
    /// When it came, in milliseconds since 1970.
    pub created: i64,
}

/// What is known of an instance.
#[derive(Clone, Debug, Default)]
pub struct Instance {
    /// What the store calls it.
    pub key: Key,
    /// What people call it.
    pub id: String,
    /// Its job.
    pub job: String,
    /// The flow that its job stands in.
    pub flow: String,
    /// The correlation id of the event that it came from.
    pub correlation: String,
    /// How far it is.
    pub status: Status,
    /// Whether somebody wants it to stop.
    pub stop: bool,
    /// When it came, in milliseconds since 1970.
    pub created: i64,
    /// When it ended.
    pub ended: Option<i64>,
    /// What became of its records.
    pub counts: Counts,
    /// What `on-complete` failed with.
    pub problem: Option<String>,
}

/// How many records met which fate. As a part of a [`Change`] it says by how much the numbers change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Records of the instance.
    pub total: i64,
    /// Records that went through all steps without failing.
    pub successful: i64,
    /// Records that failed in some step.
    pub failed: i64,
    /// The same by step, in the order of the job.
    pub steps: Vec<StepCounts>,
    /// The failures by step and type.
    pub errors: Vec<ErrorCount>,
}

/// What became of the records that reached a step.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepCounts {
    /// The step's name; empty in a change.
    pub name: String,
    /// Records that it worked on.
    pub successful: i64,
    /// Records that failed in it.
    pub failed: i64,
    /// Records that it did not take.
    pub skipped: i64,
}

/// Failures of one type in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorCount {
    /// The step's place in the job, from 0.
    pub step: usize,
    /// The error type.
    pub error_type: String,
    /// How many.
    pub count: i64,
    /// What the first of them said.
    pub text: String,
}

impl Counts {
    /// Counts for a job of so many steps.
    pub fn of_steps(steps: usize) -> Self {
        Self { steps: vec![StepCounts::default(); steps], ..Self::default() }
    }

    /// Counts one more failure of a type in a step.
    pub fn error(&mut self, step: usize, error_type: &str, text: &str) {
        match self.errors.iter_mut().find(|known| known.step == step && known.error_type == error_type) {
            Some(known) => known.count += 1,
            None => {
                let (error_type, text) = (error_type.to_string(), text.to_string());
                self.errors.push(ErrorCount { step, error_type, count: 1, text });
            }
        }
    }

    /// The same with the signs changed: what takes it back.
    pub fn negated(mut self) -> Self {
        (self.total, self.successful, self.failed) = (-self.total, -self.successful, -self.failed);
        for step in &mut self.steps {
            (step.successful, step.failed, step.skipped) = (-step.successful, -step.failed, -step.skipped);
        }
        self.errors.iter_mut().for_each(|error| error.count = -error.count);
        self
    }

    /// Adds what another one counts.
    pub fn add(&mut self, more: &Counts) {
        self.total += more.total;
        self.successful += more.successful;
        self.failed += more.failed;
        for (step, more) in self.steps.iter_mut().zip(&more.steps) {
            step.successful += more.successful;
            step.failed += more.failed;
            step.skipped += more.skipped;
        }
        for more in &more.errors {
            match self.errors.iter_mut().find(|e| e.step == more.step && e.error_type == more.error_type) {
                Some(known) => known.count += more.count,
                None => self.errors.push(more.clone()),
            }
        }
    }
}

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
