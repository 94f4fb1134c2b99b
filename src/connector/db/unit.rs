//! A connection in a transaction.

use super::pool::{Lease, Pool};
use super::problem::Problem;
use super::server::Session;
use crate::diag::{Code, Fault};
use crate::flow::transaction::{Decider, Forget, Participant};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;

/// How often a database is asked again whether it has committed, and how long after each time.
const ATTEMPTS: u32 = 10;
const PAUSE: Duration = Duration::from_secs(1);

/// The connection of a transaction. Where it is dropped before its end, it is closed: the database takes back what was
/// done.
pub struct Unit {
    lease: Lease,
    /// Whether the connection is lost.
    is_broken: bool,
    /// Whether it can decide for others.
    decides: bool,
    /// The id that is committed with everything else.
    signed: Option<String>,
}

impl Unit {
    /// Begins a transaction on a connection of its own; `is_xa` where other resources may take part.
    ///
    /// # Errors
    /// A database that cannot be reached.
    pub async fn begin(pool: &Arc<Pool>, is_xa: bool) -> Result<Self, Problem> {
        let decides = is_xa && pool.decisions.are_kept(pool).await?;
        let mut lease = pool.lend().await?;
        lease.session().begin().await?;
        Ok(Self { lease, is_broken: false, decides, signed: None })
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
                let fault = Fault::new(Code::Io, "the connection to the database is lost");
                return Err(fault.help("nothing of the transaction has happened: let it run again"));
            }
            let Err(problem) = self.lease.session().commit().await else {
                self.lease.hand_back();
                return Ok(());
            };
            let pool = self.lease.pool().clone();
            if is_committed_all_the_same(&pool, self.signed.as_deref()).await {
                tracing::warn!("a transaction was committed though the connection was lost: {problem}");
                return Ok(());
            }
            Err(problem.fault())
        })
    }

    fn rollback(mut self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            if !self.is_broken && self.lease.session().roll_back().await.is_ok() {
                self.lease.hand_back();
            }
        })
    }

    fn decider(&mut self) -> Option<&mut dyn Decider> {
        self.decides.then_some(self)
    }
}

impl Decider for Unit {
    fn sign<'a>(&'a mut self, id: &'a str) -> BoxFuture<'a, Result<Forget, Fault>> {
        Box::pin(async move {
            let pool = self.lease.pool().clone();
            pool.decisions.sign(self.lease.session(), id).await.map_err(|problem| problem.fault())?;
            self.signed = Some(id.to_string());
            let id = id.to_string();
            Ok(Box::new(move || pool.decisions.forget(id)) as Forget)
        })
    }
}

/// Whether a commit that seemed to fail has come about, where its id tells.
async fn is_committed_all_the_same(pool: &Arc<Pool>, signed: Option<&str>) -> bool {
    let Some(id) = signed else { return false };
    let mut tries = 0;
    loop {
        match pool.decisions.decided(pool, id).await {
            Ok(decided) => return decided,
            Err(problem) if tries == ATTEMPTS => {
                tracing::error!("whether transaction {id} was committed is not known: {problem}");
                return false;
            }
            Err(_) => tokio::time::sleep(PAUSE).await,
        }
        tries += 1;
    }
}
