//! Transactions: what several steps do is done as a whole, or not at all.

mod action;
mod bound;

pub use action::{BEGINS, Begins, JOINS, Joins, TYPE, begins, current};
pub use bound::{Decider, Decision, Forget, Promiser};

use super::event::{Error, ErrorType, Event};
use crate::diag::Fault;
use futures_util::future::BoxFuture;
use std::any::Any;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

/// What one resource has done in a transaction: a database connection, the messages taken from queues. When it is dropped
/// without an end, its event was cut off: that has to be a rollback.
pub trait Participant: Any + Send {
    /// Makes what was done last.
    ///
    /// # Errors
    /// The resource cannot: then nothing of it has happened.
    fn commit(self: Box<Self>) -> BoxFuture<'static, Result<(), Fault>>;

    /// Takes back what was done.
    fn rollback(self: Box<Self>) -> BoxFuture<'static, ()>;

    /// The resource as one that can promise.
    fn promiser(&mut self) -> Option<&mut dyn Promiser> {
        None
    }

    /// The resource as one that can decide for others.
    fn decider(&mut self) -> Option<&mut dyn Decider> {
        None
    }
}

/// How many resources may join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One.
    Local,
    /// Several. Queues commit as one with a database. Several databases commit one after the other: should the process be
    /// killed in between, the later ones have not.
    Xa,
}

/// A transaction. Its clones are the same one; the event of each step holds it, and the scope that began it ends it.
#[derive(Clone)]
pub struct Transaction(Arc<Inner>);

struct Inner {
    scope: Scope,
    begun: Instant,
    /// How long it may take until it commits; zero is for ever.
    limit: Duration,
    /// `None` after its end.
    joined: Mutex<Option<Vec<Joined>>>,
}

struct Joined {
    resource: String,
    participant: Box<dyn Participant>,
}

impl Transaction {
    /// A transaction that nothing has joined yet. It may take so long until it commits; zero is for ever.
    pub fn new(scope: Scope, limit: Duration) -> Self {
        Self(Arc::new(Inner { scope, begun: Instant::now(), limit, joined: Mutex::new(Some(Vec::new())) }))
    }

    /// What a resource has done so far; it joins with what `begin` gives where it has not. Others wait until the guard is
    /// dropped.
    ///
    /// `resource` tells resources apart (`db:config`); `component` is what asks, in messages.
    ///
    /// # Errors
    /// `MULE:TRANSACTION` where another resource is there already or the transaction has ended; those of `begin`.
    pub async fn join<P: Participant>(
        &self,
        resource: &str,
        component: &str,
        begin: impl Future<Output = Result<P, Error>> + Send,
    ) -> Result<MappedMutexGuard<'_, P>, Error> {
        let mut guard = self.0.joined.lock().await;
        let joined = guard.as_mut().ok_or_else(|| failed("There is no Transaction currently bound"))?;
        let known = joined.iter().position(|known| known.resource == resource);
        let place = match known {
            Some(place) => place,
            None if self.0.scope == Scope::Local && !joined.is_empty() => return Err(unsupported(component)),
            None => {
                let participant: Box<dyn Participant> = Box::new(begin.await?);
                joined.push(Joined { resource: resource.to_string(), participant });
                joined.len() - 1
            }
        };
        MutexGuard::try_map(guard, |joined| participant(joined, place))
            .map_err(|_| failed(format!("{component} finds another kind of resource in `{resource}`")))
    }

    /// Ends it for the scope that began it: it commits after success and is rolled back after a failure.
    ///
    /// # Errors
    /// The failure, or that of the commit.
    pub async fn end(self, event: &mut Event, outcome: Result<(), Error>) -> Result<(), Error> {
        event.transaction = None;
        match outcome {
            Ok(()) => self.commit().await,
            Err(error) => {
                match Self::is_undone_by(&error) {
                    true => self.rollback().await,
                    false => self.commit().await?,
                }
                Err(error)
            }
        }
    }

    /// Whether an error takes back what was done. A message that has been given up is not to come again.
    pub fn is_undone_by(error: &Error) -> bool {
        !error.error_type().is(&ErrorType::mule("REDELIVERY_EXHAUSTED"))
    }

    /// Makes what was done last. After its end nothing happens.
    ///
    /// # Errors
    /// `MULE:TRANSACTION` where a resource cannot; those after it are rolled back. The same where the transaction took too
    /// long: all is rolled back (mule `AbstractTransaction.commit`).
    pub async fn commit(&self) -> Result<(), Error> {
        let Inner { begun, limit, .. } = &*self.0;
        if !limit.is_zero() && begun.elapsed() > *limit {
            self.rollback().await;
            let detail = format!("Execution time for transaction exceeded timeout ({} ms)", limit.as_millis());
            return Err(failed("Timeout Reached. Transaction rolled back.").with_detail(detail));
        }
        let mut joined = self.0.joined.lock().await.take().unwrap_or_default();
        let committed = match bound::decider(&mut joined) {
            // What has begun to commit goes on to its end, even where the event is cut off.
            Some(decider) => tokio::spawn(bound::commit(joined, decider)).await.unwrap_or_else(|e| Err(cut(&e))),
            None => one_after_the_other(joined).await,
        };
        committed.map_err(|fault| failed(format!("Transaction commit failed: {fault}")))
    }

    /// Whether several resources may join.
    pub fn is_xa(&self) -> bool {
        self.0.scope == Scope::Xa
    }

    /// Takes back what was done, the latest first. After its end nothing happens.
    pub async fn rollback(&self) {
        let joined = self.0.joined.lock().await.take();
        for Joined { participant, .. } in joined.into_iter().flatten().rev() {
            participant.rollback().await;
        }
    }
}

/// The participant at a place, if it is of this type.
fn participant<P: Participant>(joined: &mut Option<Vec<Joined>>, place: usize) -> Option<&mut P> {
    let participant: &mut dyn Any = &mut *joined.as_mut()?.get_mut(place)?.participant;
    participant.downcast_mut()
}

async fn one_after_the_other(joined: Vec<Joined>) -> Result<(), Fault> {
    let mut outcome = Ok(());
    for Joined { participant, .. } in joined {
        match &outcome {
            Ok(()) => outcome = participant.commit().await,
            Err(_) => participant.rollback().await,
        }
    }
    outcome
}

fn cut(error: &tokio::task::JoinError) -> Fault {
    Fault::internal(format!("the commit was cut off: {error}"))
}

/// `MULE:TRANSACTION`
fn failed(text: impl Into<String>) -> Error {
    Error::mule("TRANSACTION", text)
}

/// As the reference has it (mule `TransactionBindingDelegate`).
fn unsupported(component: &str) -> Error {
    failed(format!(
        "{component} uses a transactional connection, but the current transaction doesn't support it and could not be \
         bound"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex as StdMutex;

    type Log = Arc<StdMutex<Vec<String>>>;

    struct Noted {
        name: &'static str,
        log: Log,
        commits: bool,
    }

    impl Noted {
        fn note(&self, what: &str) {
            self.log.lock().unwrap().push(format!("{} {what}", self.name));
        }
    }

    impl Participant for Noted {
        fn commit(self: Box<Self>) -> BoxFuture<'static, Result<(), Fault>> {
            self.note("commit");
            Box::pin(async move { if self.commits { Ok(()) } else { Err(Fault::internal("gone")) } })
        }

        fn rollback(self: Box<Self>) -> BoxFuture<'static, ()> {
            self.note("rollback");
            Box::pin(async {})
        }
    }

    async fn join(transaction: &Transaction, name: &'static str, log: &Log, commits: bool) -> Result<(), Error> {
        let begin = async { Ok(Noted { name, log: log.clone(), commits }) };
        transaction.join(name, "Operation 'x'", begin).await.map(|joined| joined.note("joined"))
    }

    #[tokio::test]
    async fn one_resource_joins_a_local_one() {
        let (transaction, log) = (Transaction::new(Scope::Local, Duration::ZERO), Log::default());
        join(&transaction, "a", &log, true).await.unwrap();
        join(&transaction, "a", &log, true).await.unwrap();
        let refused = join(&transaction, "b", &log, true).await.unwrap_err();
        assert!(refused.to_string().starts_with("MULE:TRANSACTION: Operation 'x' uses a transactional connection"));
        transaction.commit().await.unwrap();
        transaction.rollback().await;
        assert_eq!(log.lock().unwrap().join(", "), "a joined, a joined, a commit");
        assert!(join(&transaction, "a", &log, true).await.is_err());
    }

    #[tokio::test]
    async fn several_end_together() {
        for (ends, second_commits, expected) in [
            ("commit", true, "a commit, b commit, c commit"),
            ("commit", false, "a commit, b commit, c rollback"),
            ("rollback", true, "c rollback, b rollback, a rollback"),
        ] {
            let (transaction, log) = (Transaction::new(Scope::Xa, Duration::ZERO), Log::default());
            for name in ["a", "b", "c"] {
                join(&transaction, name, &log, name != "b" || second_commits).await.unwrap();
            }
            log.lock().unwrap().clear();
            match ends {
                "commit" => assert_eq!(transaction.commit().await.is_ok(), second_commits),
                _ => transaction.rollback().await,
            }
            assert_eq!(log.lock().unwrap().join(", "), expected);
        }
    }

    #[tokio::test]
    async fn what_took_too_long_is_rolled_back() {
        let (transaction, log) = (Transaction::new(Scope::Local, Duration::from_millis(5)), Log::default());
        join(&transaction, "a", &log, true).await.unwrap();
        tokio::time::sleep(Duration::from_millis(10)).await;
        let late = transaction.commit().await.unwrap_err();
        assert_eq!(late.to_string(), "MULE:TRANSACTION: Timeout Reached. Transaction rolled back.");
        assert_eq!(late.detail(), "Execution time for transaction exceeded timeout (5 ms)");
        assert_eq!(log.lock().unwrap().join(", "), "a joined, a rollback");
    }
}
