//! Load and dispatch: the input is taken apart while it is read, and written into the store in blocks.

use super::codec::Writer;
use super::job::Job;
use super::record::Record;
use super::store::{Change, Counts, Key, NewInstance, Status, Store, at_step};
use crate::diag::Fault;
use crate::flow::event::{Error, Event, Message, Stored, Typed, java};
use crate::flow::expression::Parts;
use crate::value::ObjectBuilder;
use std::sync::Arc;

/// How much is written at once, in bytes.
const MOST_AT_ONCE: usize = 4 << 20;

/// Loads the payload of an event as an instance of a job, which then begins; gives what the flow is told of it.
///
/// # Errors
/// Input that cannot be taken apart or read, an id that is taken, a store that fails. Nothing is left behind then.
pub(super) async fn run(job: &Arc<Job>, id: String, event: &Event) -> Result<Message, Error> {
    let engine = event.context.app.batch.clone();
    let failed = |fault: Fault| refused(&fault);
    let store = engine.store().await.map_err(failed)?;
    engine.forget(&store, job).await.map_err(failed)?;
    let _loading = engine.loading().map_err(failed)?;
    let new = NewInstance {
        id: id.clone(),
        job: job.name.clone(),
        flow: event.flow.to_string(),
        correlation: event.correlation_id.to_string(),
        steps: job.steps.iter().map(|step| step.name.clone()).collect(),
        variables: event.variables.to_stored().map_err(failed)?,
        created: jiff::Timestamp::now().as_millisecond(),
    };
    let Some(key) = store.create(new).await.map_err(failed)? else {
        let text = format!("Batch Job '{}' already has an instance with id '{id}'", job.name);
        return Err(Error::mule("UNKNOWN", text));
    };
    say(event, &format!("Created instance '{id}' for batch job '{}'", job.name));
    say(event, &format!("Starting loading phase for instance '{id}' of job '{}'", job.name));
    let total = match records(job, key, &*store, event).await {
        Ok(total) => total,
        Err(error) => {
            store.remove(vec![key]).await.map_err(failed)?;
            return Err(error);
        }
    };
    say(
        event,
        &format!(
            "Finished loading phase for instance '{id}' of job '{}'. {total} records were loaded. Started execution of \
             instance '{id}'",
            job.name
        ),
    );
    engine.begin(job, &store, key, event).await.map_err(failed)?;
    Ok(told(job, &id, total))
}

fn say(event: &Event, text: &str) {
    tracing::info!(
        target: super::run::CATEGORY,
        correlation_id = %event.correlation_id,
        processor = &*event.flow,
        "{text}"
    );
}

/// A store that fails, as an error of the flow.
fn refused(fault: &Fault) -> Error {
    Error::mule("UNKNOWN", fault.in_full())
}

/// Writes the records of the payload; gives how many there are.
async fn records(job: &Job, key: Key, store: &dyn Store, event: &Event) -> Result<u64, Error> {
    let mut parts = Parts::of(&event.message.payload)?;
    let written = |fault: Fault| refused(&fault);
    let mut total = 0;
    let mut writer = Writer::default();
    let mut change = Change { instance: key, ..Change::default() };
    let mut size = 0;
    while let Some(part) = parts.next().transpose()? {
        let payload = Message::of_element(part).payload;
        let unreadable = |fault: Fault| Error::expression("payload", fault.into());
        writer.record(&Record::new(total, payload)).map_err(unreadable)?;
        total += 1;
        if writer.count() == job.block_size {
            let full = std::mem::take(&mut writer).block(at_step(0), 0);
            size += full.data.len();
            change.queued.push(full);
        }
        if size >= MOST_AT_ONCE {
            size = 0;
            let full = std::mem::replace(&mut change, Change { instance: key, ..Change::default() });
            store.commit(full).await.map_err(written)?;
        }
    }
    if writer.count() > 0 {
        change.queued.push(writer.block(at_step(0), 0));
    }
    // The last blocks and the news that all are there come at once.
    change.status = Some(Status::Executing);
    change.counts = Counts { total: total as i64, ..Counts::default() };
    store.commit(change).await.map_err(written)?;
    Ok(total)
}

/// What the flow is told of an instance.
fn told(job: &Job, id: &str, total: u64) -> Message {
    let mut object = ObjectBuilder::with_capacity(4);
    object.field("id", id).field("ownerJobName", job.name.as_str());
    object.field("status", Status::Executing.name()).field("recordCount", total as i64);
    Message::of(Typed::labelled(object.value(), java()))
}
