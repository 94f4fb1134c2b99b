//! The thread that writes: everything that waits while it writes goes into its next transaction.

use super::fault::{ended, failed};
use crate::diag::{Code, Fault};
use rusqlite::Connection;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::JoinHandle;
use tokio::sync::oneshot;

/// How many writes share a transaction at most.
const MOST_TOGETHER: usize = 1024;

/// The way to the thread; it ends, and is waited for, when this is dropped.
pub(super) struct Writer {
    jobs: Option<Sender<Box<dyn Job>>>,
    thread: Option<JoinHandle<()>>,
}

/// A write that waits or is done.
trait Job: Send {
    /// Does it; gives whether it worked.
    fn run(&mut self, connection: &Connection) -> bool;

    /// Tells what became of it, once the transaction has ended.
    fn answer(self: Box<Self>, path: &Path, transaction: &Result<(), Fault>);
}

struct Write<T, F> {
    task: Option<F>,
    result: Option<rusqlite::Result<T>>,
    reply: oneshot::Sender<Result<T, Fault>>,
}

impl<T: Send, F: FnOnce(&Connection) -> rusqlite::Result<T> + Send> Job for Write<T, F> {
    fn run(&mut self, connection: &Connection) -> bool {
        self.result = self.task.take().map(|task| task(connection));
        matches!(self.result, Some(Ok(_)))
    }

    fn answer(self: Box<Self>, path: &Path, transaction: &Result<(), Fault>) {
        let outcome = match (self.result, transaction) {
            (Some(Err(error)), _) => Err(failed(path, &error)),
            (_, Err(fault)) => Err(fault.clone()),
            (Some(Ok(result)), Ok(())) => Ok(result),
            (None, Ok(())) => Err(ended(path)),
        };
        // Whoever wrote may have given up waiting; what is written stays.
        let _ = self.reply.send(outcome);
    }
}

impl Writer {
    pub(super) fn start(path: &Path, connection: Connection) -> Result<Self, Fault> {
        let (jobs, waiting) = channel();
        let own = path.to_path_buf();
        let thread =
            std::thread::Builder::new().name("state".to_string()).spawn(move || work(&own, &connection, &waiting));
        let thread = thread.map_err(|e| Fault::new(Code::Io, format!("cannot start a thread: {e}")))?;
        Ok(Self { jobs: Some(jobs), thread: Some(thread) })
    }

    pub(super) async fn write<T: Send + 'static>(
        &self,
        path: &Path,
        task: impl FnOnce(&Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let (reply, answer) = oneshot::channel();
        let job = Box::new(Write { task: Some(task), result: None, reply });
        let sent = self.jobs.as_ref().is_some_and(|jobs| jobs.send(job).is_ok());
        if !sent {
            return Err(ended(path));
        }
        answer.await.unwrap_or_else(|_| Err(ended(path)))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn work(path: &Path, connection: &Connection, waiting: &Receiver<Box<dyn Job>>) {
    while let Ok(first) = waiting.recv() {
        let mut jobs = vec![first];
        jobs.extend(waiting.try_iter().take(MOST_TOGETHER - 1));
        let outcome = together(connection, &mut jobs).map_err(|error| {
            if !connection.is_autocommit() {
                // A transaction that cannot be ended in either way fails the next ones, which tell of it.
                let _ = connection.execute_batch("ROLLBACK");
            }
            failed(path, &error)
        });
        jobs.into_iter().for_each(|job| job.answer(path, &outcome));
    }
}

/// Does all jobs in one transaction, each undone alone where it fails.
fn together(connection: &Connection, jobs: &mut [Box<dyn Job>]) -> rusqlite::Result<()> {
    connection.execute_batch("BEGIN IMMEDIATE")?;
    for job in jobs {
        connection.execute_batch("SAVEPOINT job")?;
        let worked = job.run(connection);
        // Some failures, such as that of a full disk, end the whole transaction: then this fails, and so do all jobs.
        let end = if worked { "RELEASE job" } else { "ROLLBACK TO job; RELEASE job" };
        connection.execute_batch(end)?;
    }
    connection.execute_batch("COMMIT")
}
