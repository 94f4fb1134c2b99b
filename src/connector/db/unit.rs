//! A connection in a transaction.

use super::pool::{Lease, Pool};
use super::problem::Problem;
use super::server::Session;
use crate::diag::{Code, Fault};
use crate::flow::transaction::Participant;
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// The connection of a transaction. Where it is dropped before its end, it is closed: the database takes back what was
/// done.
pub struct Unit {
    lease: Lease,
    /// Whether the connection is lost.
    is_broken: bool,
}

impl Unit {
    /// Begins a transaction on a connection of its own.
    ///
    /// # Errors
    /// A database that cannot be reached.
    pub async fn begin(pool: &Arc<Pool>) -> Result<Self, Problem> {
        let mut lease = pool.lend().await?;
        lease.session().begin().await?;
        Ok(Self { lease, is_broken: false })
    }

    /// The connection.
    pub fn session(&mut self) -> &mut dyn Session {
        self.lease.session()
    }

    /// Notes what a statement came to.
    pub fn note<T>(&mut self, outcome: &Result<T, Problem>) {
        self.is_broken |= outcome.as_ref().err().is_some_and(|problem| problem.broken);
    }
}

impl Participant for Unit {
    fn commit(mut self: Box<Self>) -> BoxFuture<'static, Result<(), Fault>> {
        Box::pin(async move {
            if self.is_broken {
                return Err(Fault::new(Code::Io, "the connection to the database is lost"));
            }
            self.lease.session().commit().await.map_err(|problem| problem.fault())?;
            self.lease.hand_back();
            Ok(())
        })
    }

    fn rollback(mut self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            if !self.is_broken && self.lease.session().roll_back().await.is_ok() {
                self.lease.hand_back();
            }
        })
    }
}
