//! An instance at work: its queue in memory, what its records begin with, and where it ends.

use super::codec;
use super::job::Job;
use super::queue::{Halt, Queue, Task};
use super::record::{Failure, Record};
use super::sort::Sorter;
use super::store::{Block, Change, Counts, Instance, Store, at_aggregator};
use crate::diag::Fault;
use crate::flow::event::{Event, Typed, Variables};
use crate::flow::exec::{Busy, Context};
use crate::flow::metrics::Metrics;
use crate::value::{Str, Value};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

/// The variable that names the instance.
pub(super) const INSTANCE_ID: &str = "batchJobInstanceId";

/// What the log calls batch jobs.
pub(super) const CATEGORY: &str = "com.mulesoft.mule.runtime.module.batch.internal.engine.DefaultBatchEngine";

/// An instance at work.
pub struct Run {
    /// Its job.
    pub job: Arc<Job>,
    /// The instance, as it was when the work began.
    pub instance: Instance,
    /// Where it is kept.
    pub store: Arc<dyn Store>,
    /// What its records have to do with the app.
    pub context: Arc<Context>,
    /// The variables that its records begin with.
    pub base: Variables,
    /// When the work began.
    pub began: Instant,
    flow: Arc<str>,
    queue: Mutex<Queue>,
    /// Counts it as work of the app until it is over.
    busy: Mutex<Option<Busy>>,
}

impl Run {
    /// Takes an instance up where it is: its blocks are in the store.
    ///
    /// # Errors
    /// A store that fails, or data in it that is damaged.
    pub async fn of(
        store: Arc<dyn Store>,
        job: Arc<Job>,
        instance: Instance,
        mut base: Variables,
        context: Arc<Context>,
    ) -> Result<Arc<Self>, Fault> {
        base.set(INSTANCE_ID, Typed::value(Value::string(&instance.id)));
        let mut queue = Queue::new(&job, instance.counts.clone());
        queue.take_in(store.blocks(instance.key)?);
        let flow = Arc::from(instance.flow.as_str());
        let busy = Mutex::new(Some(context.work.begin()));
        let began = Instant::now();
        let run = Self { job, instance, store, context, base, began, flow, queue: Mutex::new(queue), busy };
        for step in 0..run.job.steps.len() {
            run.regroup(step).await?;
        }
        run.measure(|metrics| metrics.at_work(&run.job.name, 1));
        run.queue().settle(&[], Vec::new(), &Counts::default(), run.job.max_failed);
        Ok(Arc::new(run))
    }

    /// Groups the records anew that wait at an aggregator: a crash leaves several groups that are not full.
    async fn regroup(&self, step: usize) -> Result<(), Fault> {
        let loose = self.queue().loose(step);
        if loose.is_empty() {
            return Ok(());
        }
        let mut sorter = Sorter::new(self, &loose);
        let mut records = Vec::new();
        for block in &loose {
            records.extend(self.records(block)?);
        }
        self.gather(&mut sorter, records, step)?;
        let (_, queued) = self.write(sorter.finish()).await?;
        self.queue().take_in(queued);
        Ok(())
    }

    /// The records of a block.
    pub fn records(&self, block: &Block) -> Result<Vec<Record>, Fault> {
        codec::records(&self.store.data(block.id)?, block.count)
    }

    /// Sends records to the aggregator of a step.
    pub fn gather(&self, sorter: &mut Sorter<'_>, records: Vec<Record>, step: usize) -> Result<(), Fault> {
        let shares = self.queue().share(step, records.len());
        let mut records = records.iter();
        for (group, count) in shares {
            for record in records.by_ref().take(count) {
                sorter.put(record, at_aggregator(step), group)?;
            }
        }
        Ok(())
    }

    /// The queue. Nobody keeps it while something is waited for.
    pub fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next piece of work.
    pub fn next(&self) -> Option<Task> {
        self.queue().next()
    }

    /// A change of the instance in which nothing changes yet.
    pub fn change(&self) -> Change {
        let counts = Counts::of_steps(self.job.steps.len());
        Change { instance: self.instance.key, counts, ..Change::default() }
    }

    /// An event of the instance with the variables that its records begin with.
    pub fn event(&self) -> Event {
        let mut event = Event::new(self.context.clone(), Str::from(self.instance.correlation.as_str()));
        event.variables = self.base.clone();
        event.flow = self.flow.clone();
        event
    }

    /// Writes a change; gives what it counts and the blocks that came into the queue.
    pub async fn write(&self, change: Change) -> Result<(Counts, Vec<Block>), Fault> {
        let counts = change.counts.clone();
        let places: Vec<_> = change.queued.iter().map(|new| (new.stage, new.group, new.count)).collect();
        let ids = self.store.commit(change).await?;
        let block = |(id, (stage, group, count))| Block { id, stage, group, count };
        Ok((counts, ids.into_iter().zip(places).map(block).collect()))
    }

    /// Writes what came of a piece of work on these blocks, and what can be done next.
    pub async fn commit(&self, done: &[Block], change: Change, mut moved: Vec<Block>) -> Result<(), Fault> {
        let (counts, queued) = self.write(change).await?;
        self.count(&counts);
        moved.extend(queued);
        let is_stopped = self.queue().settle(done, moved, &counts, self.job.max_failed);
        if is_stopped {
            self.say(&format!(
                "instance '{}' of job '{}' has reached the max allowed number of failed records. Record will be added \
                 to failed list and the instance will be removed from execution pool.",
                self.instance.id, self.job.name
            ));
        }
        Ok(())
    }

    fn count(&self, counts: &Counts) {
        self.measure(|metrics| {
            for (step, done) in self.job.steps.iter().zip(&counts.steps) {
                metrics.records(&self.job.name, &step.name, "successful", done.successful);
                metrics.records(&self.job.name, &step.name, "failed", done.failed);
                metrics.records(&self.job.name, &step.name, "skipped", done.skipped);
            }
        });
    }

    /// Tells the figures of the app, where somebody wants them.
    pub fn measure(&self, tell: impl FnOnce(&Metrics)) {
        if let Some(metrics) = self.context.app.metrics() {
            tell(metrics);
        }
    }

    /// Logs the first failure of a type in a step.
    pub fn tell(&self, step: usize, failure: &Failure, error: &crate::flow::event::Error) {
        let is_new = self.queue().told.insert((step, failure.error_type.clone()));
        if is_new {
            self.say(&format!(
                "Found exception processing record on step '{}' for job instance '{}' of job '{}'.\n\nThis is the first \
                 record to show this exception on this step for this job instance. Subsequent records with the same \
                 failures will not be logged for performance and log readability reasons:\n{error}\n  at {}",
                failure.step, self.instance.id, self.job.name, failure.place
            ));
        } else {
            tracing::debug!(target: CATEGORY, "record failed on step '{}': {error}", failure.step);
        }
    }

    /// Writes a line into the log.
    pub fn say(&self, text: &str) {
        tracing::info!(
            target: CATEGORY,
            correlation_id = %self.instance.correlation,
            processor = &*self.flow,
            "{text}"
        );
    }

    /// Goes no further than what is under way.
    pub fn halt(&self, why: Halt) {
        self.queue().halt(why);
    }

    /// It is over: nobody waits for it any more.
    pub fn end(&self) {
        let busy = self.busy.lock().unwrap_or_else(PoisonError::into_inner).take();
        if busy.is_some() {
            self.measure(|metrics| metrics.at_work(&self.job.name, -1));
            let engine = &self.context.app.batch;
            let is_broken = self.queue().halted() == Some(Halt::Pause) && !engine.is_paused();
            engine.ended(self.instance.key, is_broken);
        }
    }

    /// Whether it is over.
    pub fn is_over(&self) -> bool {
        self.busy.lock().unwrap_or_else(PoisonError::into_inner).is_none()
    }
}
