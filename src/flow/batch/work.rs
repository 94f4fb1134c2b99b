//! The work on blocks: each piece ends with one change of the store.

use super::aggregate;
use super::queue::{Halt, Task};
use super::record::{Failure, Record};
use super::result;
use super::run::{CATEGORY, INSTANCE_ID, Run};
use super::sort::Sorter;
use super::step::{Place, Step};
use super::store::{ASIDE, Block, Status, at_aggregator, step_at};
use crate::diag::Fault;
use crate::flow::event::{Error, Event, Message, Stored, Typed, Variables, java};
use crate::flow::exec::{self, Component, Processor};
use crate::value::Value;
use futures_util::future::BoxFuture;
use std::sync::{Arc, Mutex, PoisonError};

/// Does a piece of work. Where the store fails, the instance stops and goes on another time.
pub(super) async fn perform(run: &Arc<Run>, task: Task) {
    if let Err(fault) = dispatch(run, task).await
        && run.queue().break_off()
    {
        let (id, job) = (&run.instance.id, &run.job.name);
        tracing::error!(target: CATEGORY, "instance '{id}' of job '{job}' goes no further: {}", fault.in_full());
    }
}

async fn dispatch(run: &Arc<Run>, task: Task) -> Result<(), Fault> {
    match task {
        Task::Body(block) => {
            let place = &run.job.steps[step_at(block.stage)].place;
            watched(run, place, &block, move |run, event| Box::pin(body(run, event, block))).await
        }
        Task::Aggregate(step, blocks) => aggregate::group(run, step, blocks).await,
        Task::Stream(step, blocks) => aggregate::stream(run, step, blocks).await,
        Task::Spoil(block) => aggregate::spoil(run, block).await,
        Task::Finish(block) => finish(run, block).await,
        Task::Complete => complete(run).await,
        Task::Park => park(run).await,
    }
}

/// What comes of a piece of work that somebody watches.
type Told = Arc<Mutex<Option<Result<(), Fault>>>>;

/// A piece of work as those who watch the steps of events see it: a step of its own, around the steps of its records.
struct Piece<F> {
    run: Arc<Run>,
    work: Mutex<Option<F>>,
    told: Told,
}

impl<F> Processor for Piece<F>
where
    F: for<'a> FnOnce(&'a Arc<Run>, &'a mut Event) -> BoxFuture<'a, Result<(), Fault>> + Send,
{
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let work = self.work.lock().unwrap_or_else(PoisonError::into_inner).take();
            if let Some(work) = work {
                let outcome = work(&self.run, event).await;
                *self.told.lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
            }
            Ok(())
        })
    }
}

/// Does a piece of work under the eyes of whoever watches.
pub(super) async fn watched<F>(run: &Arc<Run>, place: &Place, block: &Block, work: F) -> Result<(), Fault>
where
    F: for<'a> FnOnce(&'a Arc<Run>, &'a mut Event) -> BoxFuture<'a, Result<(), Fault>> + Send + 'static,
{
    let mut event = run.event();
    let Some(observer) = run.context.observer.clone() else { return work(run, &mut event).await };
    let own = place.component.label.as_deref().map_or_else(String::new, |label| format!("{label}, "));
    let label = Some(format!("{own}block {} of {} records", block.id, block.count));
    let told = Told::default();
    let step = exec::Step {
        processor: Box::new(Piece { run: run.clone(), work: Mutex::new(Some(work)), told: told.clone() }),
        component: Arc::new(Component { label, ..(*place.component).clone() }),
        location: place.location.clone(),
    };
    // The piece itself does not fail.
    let _ = observer.observe(&step, &mut event).await;
    told.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or(Ok(()))
}

/// What a step makes of a record.
enum Outcome {
    Done,
    Skipped,
    Failed(Failure),
}

/// The records of a block, one after the other, through the processors of the step where it waits.
async fn body(run: &Arc<Run>, around: &Event, block: Block) -> Result<(), Fault> {
    let at = step_at(block.stage);
    let step = &run.job.steps[at];
    let mut sorter = Sorter::new(run, &[block]);
    let (mut gathered, mut aside) = (Vec::new(), None);
    if step.aggregator.as_ref().is_some_and(|aggregator| aggregator.size.is_none()) {
        aside = Some((at_aggregator(at), ASIDE));
    }
    for mut record in run.records(&block)? {
        match treat(run, step, around, &mut record).await {
            Outcome::Done => {
                sorter.succeed(&mut record, at);
                if step.aggregator.is_some() {
                    gathered.push(record);
                    continue;
                }
            }
            Outcome::Skipped => sorter.skip(&mut record, at),
            Outcome::Failed(failure) => sorter.fail(&mut record, at, failure),
        }
        match aside {
            Some((stage, group)) => sorter.put(&record, stage, group)?,
            None => sorter.send(&record, at + 1)?,
        }
    }
    run.gather(&mut sorter, gathered, at)?;
    run.commit(&[block], sorter.finish(), Vec::new()).await
}

/// One record through the processors of a step. Where it fails, it is as it was before.
async fn treat(run: &Run, step: &Step, around: &Event, record: &mut Record) -> Outcome {
    if !step.admits(record) {
        return Outcome::Skipped;
    }
    let mut event = around.clone();
    event.message = Message::of(record.payload.clone());
    event.variables = record.variables(&run.base);
    event.failures = Some(record.failures.clone());
    let outcome = match step.accepts(&event) {
        Ok(false) => return Outcome::Skipped,
        Ok(true) => step.chain.run(&mut event).await,
        Err(error) => Err(error.at(&step.place.location)),
    };
    match outcome {
        Ok(()) => {
            record.payload = event.message.payload;
            record.take_variables(&run.base, &event.variables);
            Outcome::Done
        }
        Err(error) => {
            let failure = Failure::of(&step.name, &error);
            let at = run.job.steps.iter().position(|known| std::ptr::eq(known, step)).unwrap_or_default();
            run.tell(at, &failure, &error);
            Outcome::Failed(failure)
        }
    }
}

/// The records of a block that have gone through all steps are counted.
async fn finish(run: &Run, block: Block) -> Result<(), Fault> {
    let mut sorter = Sorter::new(run, &[block]);
    for record in run.records(&block)? {
        sorter.send(&record, run.job.steps.len())?;
    }
    run.commit(&[block], sorter.finish(), Vec::new()).await
}

/// `on-complete`, and what the log says at the end.
async fn complete(run: &Run) -> Result<(), Fault> {
    let Some(mut instance) = run.store.instance(run.instance.key)? else { return Ok(()) };
    let is_stopped = run.queue().halted() == Some(Halt::Failures);
    instance.status = if is_stopped { Status::FailedProcessRecords } else { Status::Successful };
    let now = jiff::Timestamp::now().as_millisecond();
    let mut event = run.event();
    event.variables = Variables::default();
    event.variables.set(INSTANCE_ID, Typed::value(Value::string(&instance.id)));
    event.message = Message::of(Typed::labelled(result::value(&instance, now), java()));
    if let Err(mut error) = run.job.on_complete.run(&mut event).await {
        if error.mark_logged() {
            exec::log(&event, &error);
        }
        instance.status = Status::FailedOnComplete;
        instance.problem = Some(error.to_string());
    }
    let mut change = run.change();
    (change.status, change.problem) = (Some(instance.status), instance.problem.clone());
    run.store.commit(change).await?;
    run.measure(|metrics| metrics.is_over(&run.job.name, instance.status.name()));
    if is_stopped {
        run.say(&format!(
            "instance {} of job {} has been stopped. Instance status is {}",
            instance.id,
            instance.job,
            instance.status.name()
        ));
    }
    run.say(&result::summary(&instance));
    if let Some(table) = result::table(&instance) {
        run.say(&table);
    }
    Ok(())
}

/// The instance stays as it is; where somebody has stopped it, that is noted.
async fn park(run: &Run) -> Result<(), Fault> {
    let is_stopped = run.queue().halted() == Some(Halt::Stop);
    if is_stopped {
        let mut change = run.change();
        (change.status, change.stop) = (Some(Status::Stopped), Some(false));
        run.store.commit(change).await?;
        run.measure(|metrics| metrics.is_over(&run.job.name, Status::Stopped.name()));
        run.say(&format!("instance '{}' of job '{}' has been stopped", run.instance.id, run.instance.job));
    }
    Ok(())
}

/// Marks records as failed in a step whose aggregator failed, and sends them on.
pub(super) fn spoil(
    sorter: &mut Sorter<'_>,
    records: Vec<Record>,
    step: usize,
    failure: &Failure,
) -> Result<(), Fault> {
    for mut record in records {
        sorter.revoke(&mut record, step);
        sorter.fail(&mut record, step, failure.clone());
        sorter.send(&record, step + 1)?;
    }
    Ok(())
}

/// The failure of the streaming aggregator that a block waited for.
pub(super) fn spoilt_by(run: &Run, step: usize) -> Result<Failure, Fault> {
    Failure::from_stored(&run.store.failure(run.instance.key, step)?)
}
