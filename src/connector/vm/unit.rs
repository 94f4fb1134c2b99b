//! What is done with queues in a transaction.

use super::kept::{Changes, Kept, body};
use super::letter::Letter;
use super::queue::Queue;
use crate::diag::Fault;
use crate::flow::event::Error;
use crate::flow::transaction::{Decision, Participant, Promiser, Transaction};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use tokio::sync::MappedMutexGuard;

/// Messages published and taken in a transaction: nobody sees the first before its commit, and the others come back
/// unless it commits.
#[derive(Default)]
pub struct Unit {
    published: Vec<(Arc<Queue>, Letter)>,
    taken: Vec<(Arc<Queue>, Letter)>,
    /// The transaction that it has promised to follow.
    promised: Option<String>,
}

impl Unit {
    /// What was done with the queues of a configuration in a transaction so far.
    ///
    /// # Errors
    /// `MULE:TRANSACTION` where the transaction is about something else.
    pub async fn of<'t>(
        transaction: &'t Transaction,
        config: &str,
        component: &str,
    ) -> Result<MappedMutexGuard<'t, Self>, Error> {
        let (resource, component) = (format!("vm:{config}"), format!("{component} of extension 'VM'"));
        transaction.join(&resource, &component, async { Ok(Self::default()) }).await
    }

    /// A letter that is in its queue when the transaction commits; it has its place there.
    pub fn publish(&mut self, queue: Arc<Queue>, letter: Letter) {
        self.published.push((queue, letter));
    }

    /// A letter that was taken.
    pub fn take(&mut self, queue: Arc<Queue>, letter: Letter) {
        self.taken.push((queue, letter));
    }

    /// What changes in the database, and the way to it.
    fn changes(&self) -> Result<(Changes, Option<&Kept>), Fault> {
        let mut changes = Changes::default();
        for (queue, letter) in self.published.iter().filter(|(queue, _)| queue.kept.is_some()) {
            changes.added.push((queue.name.clone(), body(&letter.content, letter.correlation_id.as_ref())?));
        }
        changes.removed.extend(self.taken.iter().filter_map(|(_, letter)| letter.kept));
        let kept = self.published.iter().chain(&self.taken).find_map(|(queue, _)| queue.kept.as_ref());
        Ok((changes, kept))
    }

    async fn write(&mut self, decision: Option<&Decision>) -> Result<(), Fault> {
        let ids = match self.changes()? {
            (changes, Some(kept)) if !changes.is_empty() => kept.change(changes, decision.cloned()).await?,
            _ => return Ok(()),
        };
        self.promised = decision.map(|decision| decision.id.clone());
        let persistent = self.published.iter_mut().filter(|(queue, _)| queue.kept.is_some());
        persistent.zip(ids).for_each(|((_, letter), id)| letter.kept = Some(id));
        Ok(())
    }

    /// Does what was promised, or forgets it.
    async fn settle(&mut self, is_committed: bool) -> Result<(), Fault> {
        let Some(id) = self.promised.take() else { return Ok(()) };
        let mut letters = self.published.iter().chain(&self.taken);
        match letters.find_map(|(queue, _)| queue.kept.as_ref()) {
            Some(kept) => kept.settle(id, is_committed).await,
            None => Ok(()),
        }
    }

    fn undo(&mut self) {
        self.published.drain(..).for_each(|(queue, _)| queue.vacate());
        self.taken.drain(..).rev().for_each(|(queue, letter)| queue.put_back(letter));
    }
}

impl Participant for Unit {
    fn commit(mut self: Box<Self>) -> BoxFuture<'static, Result<(), Fault>> {
        Box::pin(async move {
            match self.promised {
                Some(_) => self.settle(true).await?,
                None => self.write(None).await?,
            }
            self.taken.clear();
            self.published.drain(..).for_each(|(queue, letter)| queue.put(letter));
            Ok(())
        })
    }

    fn rollback(mut self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            if let Err(fault) = self.settle(false).await {
                tracing::error!("messages that were taken back come back when the app starts again: {fault}");
            }
            self.undo();
        })
    }

    fn promiser(&mut self) -> Option<&mut dyn Promiser> {
        Some(self)
    }
}

impl Promiser for Unit {
    fn promise<'a>(&'a mut self, decision: &'a Decision) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(self.write(Some(decision)))
    }
}

/// An event that was cut off leaves the messages to others.
impl Drop for Unit {
    fn drop(&mut self) {
        self.undo();
    }
}

/// The error of a queue whose database fails.
pub fn failed(queue: &str, fault: &Fault) -> Error {
    Error::mule("UNKNOWN", format!("Found error trying to use VM queue '{queue}': {fault}"))
}
