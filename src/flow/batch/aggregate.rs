//! Aggregators: many records at once.

use super::record::{Failure, Record};
use super::run::Run;
use super::sort::Sorter;
use super::step::Aggregator;
use super::store::{ASIDE, Block, Move, SPOILT, STREAMED, at_aggregator, at_step, step_at};
use super::work::{spoil as spoil_records, spoilt_by, watched};
use crate::diag::Fault;
use crate::flow::event::{Content, Error, Event, Message, Stored, Typed};
use crate::value::{Array, ObjectBuilder, Producer, Replay, Value};
use std::collections::VecDeque;
use std::sync::Arc;

/// A group of records through the aggregator of a step.
pub(super) async fn group(run: &Arc<Run>, step: usize, blocks: Vec<Block>) -> Result<(), Fault> {
    let Some(aggregator) = &run.job.steps[step].aggregator else { return Ok(()) };
    let shown = shown(&blocks);
    watched(run, &aggregator.place, &shown, move |run, event| {
        Box::pin(async move {
            let Some(aggregator) = &run.job.steps[step].aggregator else { return Ok(()) };
            let mut records = Vec::new();
            for block in &blocks {
                records.extend(run.records(block)?);
            }
            let outcome = match listed(run, aggregator, &records, event) {
                Ok(()) => aggregator.chain.run(event).await,
                Err(fault) => Err(Error::expression("payload", fault.into()).at(&aggregator.place.location)),
            };
            let mut sorter = Sorter::new(run, &blocks);
            match outcome {
                Ok(()) => records.iter().try_for_each(|record| sorter.send(record, step + 1))?,
                Err(error) => spoil_records(&mut sorter, records, step, &told(run, step, &error))?,
            }
            run.commit(&blocks, sorter.finish(), Vec::new()).await
        })
    })
    .await
}

/// All records of a step through its streaming aggregator; then they go on, with those that passed it by.
pub(super) async fn stream(run: &Arc<Run>, step: usize, blocks: Vec<Block>) -> Result<(), Fault> {
    let Some(aggregator) = &run.job.steps[step].aggregator else { return Ok(()) };
    let shown = shown(&blocks);
    watched(run, &aggregator.place, &shown, move |run, event| {
        Box::pin(async move {
            let Some(aggregator) = &run.job.steps[step].aggregator else { return Ok(()) };
            let streamed: VecDeque<_> = blocks.iter().filter(|block| block.group == STREAMED).copied().collect();
            let outcome = match streamed.is_empty() {
                true => Ok(()),
                false => {
                    let preserves_types = aggregator.preserves_types;
                    let records = Streamed { run: run.clone(), blocks: streamed, preserves_types };
                    event.message = Message::of(Typed::value(Value::Array(Array::replayed(records))));
                    aggregator.chain.run(event).await
                }
            };
            let (here, next) = (at_aggregator(step), at_step(step + 1));
            let mut change = run.change();
            change.moved.push(Move { from: (here, ASIDE), to: (next, 0) });
            let target = match outcome {
                Ok(()) => (next, 0),
                Err(error) => {
                    change.failure = Some((step, told(run, step, &error).to_stored()?));
                    (here, SPOILT)
                }
            };
            change.moved.push(Move { from: (here, STREAMED), to: target });
            let moved = blocks.iter().map(|block| {
                let (stage, group) = if block.group == STREAMED { target } else { (next, 0) };
                Block { stage, group, ..*block }
            });
            run.commit(&blocks, change, moved.collect()).await
        })
    })
    .await
}

/// Marks the records of a block whose streaming aggregator failed.
pub(super) async fn spoil(run: &Run, block: Block) -> Result<(), Fault> {
    let step = step_at(block.stage);
    let failure = spoilt_by(run, step)?;
    let mut sorter = Sorter::new(run, &[block]);
    spoil_records(&mut sorter, run.records(&block)?, step, &failure)?;
    run.commit(&[block], sorter.finish(), Vec::new()).await
}

/// The failure of an aggregator, which the log is told.
fn told(run: &Run, step: usize, error: &Error) -> Failure {
    let failure = Failure::of(&run.job.steps[step].name, error);
    run.tell(step, &failure, error);
    failure
}

/// Several blocks as one, for those who watch.
fn shown(blocks: &[Block]) -> Block {
    let count = blocks.iter().map(|block| block.count).sum();
    Block { id: blocks.first().map_or(0, |block| block.id), stage: 0, group: 0, count }
}

/// Gives an event the payloads of records as a list, and the records themselves as `vars.records`.
fn listed(run: &Run, aggregator: &Aggregator, records: &[Record], event: &mut Event) -> Result<(), Fault> {
    let payloads = records.iter().map(|record| element(&record.payload, aggregator.preserves_types));
    event.message = Message::of(Typed::value(Value::array(payloads.collect::<Result<Vec<_>, _>>()?)));
    // Computed only for those who ask.
    let (base, preserves_types) = (run.base.clone(), aggregator.preserves_types);
    let copies: Vec<Record> = records.to_vec();
    let all = copies.into_iter().map(move |record| {
        let mut object = ObjectBuilder::with_capacity(2);
        object.field("payload", element(&record.payload, preserves_types)?);
        object.field("vars", record.variables(&base).to_value()?);
        Ok(object.value())
    });
    event.variables.set("records", Typed::value(Value::Array(Array::lazy(all))));
    Ok(())
}

/// A payload as an element of a list: as it is, or read as what its media type says.
fn element(payload: &Typed, preserves_types: bool) -> Result<Value, Fault> {
    match payload.content() {
        Content::Value(value) if !preserves_types => Ok(value.clone()),
        _ if preserves_types => payload.read_labelled(),
        _ => Ok(Value::Binary(Arc::new(payload.to_bytes()?.to_vec()))),
    }
}

/// The payloads of all records that wait at a streaming aggregator, read from the store as often as somebody goes through
/// them.
struct Streamed {
    run: Arc<Run>,
    blocks: VecDeque<Block>,
    preserves_types: bool,
}

impl Replay for Streamed {
    fn open(&self) -> Box<dyn Producer> {
        let (run, preserves_types) = (self.run.clone(), self.preserves_types);
        let mut blocks = self.blocks.clone();
        let mut records: std::vec::IntoIter<Record> = Vec::new().into_iter();
        Box::new(std::iter::from_fn(move || {
            loop {
                if let Some(record) = records.next() {
                    return Some(element(&record.payload, preserves_types));
                }
                match run.records(&blocks.pop_front()?) {
                    Ok(next) => records = next.into_iter(),
                    Err(fault) => return Some(Err(fault)),
                }
            }
        }))
    }
}
