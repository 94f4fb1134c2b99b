//! Where records go after a piece of work: into blocks of the next step, of the aggregator, or out of the queue.

use super::codec::Writer;
use super::record::{Failure, Fate, Record};
use super::run::Run;
use super::store::{Block, Change, FAILED, Stage, at_step};
use crate::diag::Fault;

/// Takes the records of a piece of work and makes the change of it.
pub(super) struct Sorter<'r> {
    run: &'r Run,
    change: Change,
    /// The blocks being filled: where they go, and what is in them so far.
    open: Vec<(Stage, i64, Writer)>,
}

impl<'r> Sorter<'r> {
    /// A sorter of the records of these blocks, which are then done with.
    pub(super) fn new(run: &'r Run, done: &[Block]) -> Self {
        let mut change = run.change();
        change.done = done.iter().map(|block| block.id).collect();
        Self { run, change, open: Vec::new() }
    }

    /// Marks a record as failed in a step, and counts it.
    pub(super) fn fail(&mut self, record: &mut Record, step: usize, failure: Failure) {
        self.change.counts.steps[step].failed += 1;
        self.change.counts.failed += i64::from(!record.is_failed());
        self.change.counts.error(step, &failure.error_type, &failure.description);
        record.fail(step, failure);
    }

    /// Counts a record that a step has worked on.
    pub(super) fn succeed(&mut self, record: &mut Record, step: usize) {
        self.change.counts.steps[step].successful += 1;
        record.meet(Fate::Successful);
    }

    /// Takes back that a step has worked on a record.
    pub(super) fn revoke(&mut self, record: &mut Record, step: usize) {
        self.change.counts.steps[step].successful -= 1;
        record.unmeet();
    }

    /// Counts a record that a step does not take.
    pub(super) fn skip(&mut self, record: &mut Record, step: usize) {
        self.change.counts.steps[step].skipped += 1;
        record.meet(Fate::Skipped);
    }

    /// Sends a record on to a step; behind the last one it is counted, and kept where it failed.
    ///
    /// # Errors
    /// Content that cannot be kept.
    pub(super) fn send(&mut self, record: &Record, step: usize) -> Result<(), Fault> {
        if step < self.run.job.steps.len() {
            return self.put(record, at_step(step), 0);
        }
        match record.is_failed() {
            true => self.put(record, FAILED, 0),
            false => {
                self.change.counts.successful += 1;
                Ok(())
            }
        }
    }

    /// Puts a record into a block of this place.
    ///
    /// # Errors
    /// Content that cannot be kept.
    pub(super) fn put(&mut self, record: &Record, stage: Stage, group: i64) -> Result<(), Fault> {
        let at = match self.open.iter().position(|(s, g, _)| (*s, *g) == (stage, group)) {
            Some(at) => at,
            None => {
                self.open.push((stage, group, Writer::default()));
                self.open.len() - 1
            }
        };
        self.open[at].2.record(record)?;
        if self.open[at].2.count() >= self.run.job.block_size {
            let full = self.open.swap_remove(at);
            self.close(full);
        }
        Ok(())
    }

    fn close(&mut self, (stage, group, writer): (Stage, i64, Writer)) {
        self.change.queued.push(writer.block(stage, group));
    }

    /// The change.
    pub(super) fn finish(mut self) -> Change {
        for open in std::mem::take(&mut self.open) {
            self.close(open);
        }
        self.change
    }
}
