//! The way of an operation to its database: a connection, attempts, time-outs.

use super::config::Config;
use super::pool::Lease;
use super::problem::Problem;
use super::server::{Family, Session};
use super::unit::Unit;
use crate::connector::reconnection::Reconnection;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::expression::Expression;
use crate::flow::spec::duration;
use crate::flow::transaction::{Joins, Transaction, current};
use futures_util::future::BoxFuture;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

/// What an operation needs to reach its database.
pub struct Access {
    config: Option<Arc<Config>>,
    reconnection: Option<Reconnection>,
    timeout: Option<Expression>,
    timeout_unit: String,
    joins: Joins,
    /// What messages call the operation.
    component: String,
}

impl Access {
    /// What an element says.
    pub fn of(node: &Node<'_>) -> Self {
        Self {
            config: node.global::<Config>("config-ref"),
            reconnection: Reconnection::of(node),
            timeout: node.value("queryTimeout"),
            timeout_unit: node.text("queryTimeoutUnit").unwrap_or_default(),
            joins: Joins::of(node),
            component: format!("Operation '{}'", node.element.name.local),
        }
    }

    /// The database.
    fn config(&self) -> Result<&Arc<Config>, Problem> {
        self.config.as_ref().ok_or_else(|| Problem::connectivity("the operation has no database"))
    }

    /// Whose language the database speaks.
    ///
    /// # Errors
    /// A database that dwrun does not have.
    pub fn family(&self) -> Result<Family, Problem> {
        Ok(self.config()?.pool()?.address().family())
    }

    /// How long a statement may take.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` where that cannot be told.
    pub fn timeout(&self, event: &Event) -> Result<Option<Duration>, Error> {
        let Some(timeout) = &self.timeout else { return Ok(None) };
        let amount = timeout.integer(event)?;
        Ok((amount > 0).then(|| duration(amount, &self.timeout_unit)))
    }

    /// The transaction that the operation takes part in.
    ///
    /// # Errors
    /// `MULE:TRANSACTION` where there has to be one and is not.
    pub fn transaction<'e>(&self, event: &'e Event) -> Result<Option<&'e Transaction>, Error> {
        current(event, self.joins)
    }

    /// A connection for this operation alone.
    ///
    /// # Errors
    /// A database that cannot be reached.
    pub async fn lease(&self) -> Result<Lease, Problem> {
        self.config()?.pool()?.lend().await
    }

    /// Does something with a connection, that of the transaction or one of its own; again where the connection is lost and the strategy says so.
    ///
    /// # Errors
    /// What the work fails with; `DB:RETRY_EXHAUSTED` after the last of several attempts.
    pub async fn work<C: Sync, T: Send>(
        &self,
        event: &Event,
        task: &C,
        work: impl for<'s> Fn(&'s mut dyn Session, &'s C) -> BoxFuture<'s, Result<T, Problem>> + Sync,
    ) -> Result<T, Error> {
        let limit = self.timeout(event)?;
        if let Some(transaction) = self.transaction(event)? {
            let config = self.config().map_err(|problem| problem.error(event))?;
            let pool = config.pool().map_err(|problem| problem.error(event))?;
            let begin = async {
                self.attempts(|| Unit::begin(pool, transaction.is_xa())).await.map_err(|problem| problem.error(event))
            };
            let mut unit = transaction.join(&config.name, &self.component, begin).await?;
            let outcome = timed(limit, work(unit.session(), task)).await;
            unit.note(&outcome);
            return outcome.map_err(|problem| problem.error(event));
        }
        let once = || async {
            let mut lease = self.lease().await?;
            let outcome = timed(limit, work(lease.session(), task)).await;
            if outcome.as_ref().err().is_none_or(|problem| !problem.broken) {
                lease.hand_back();
            }
            outcome
        };
        self.attempts(once).await.map_err(|problem| problem.error(event))
    }

    /// Makes attempts as long as the database cannot be reached and the strategy says so.
    ///
    /// # Errors
    /// That of the last attempt.
    pub async fn attempts<T, F: Future<Output = Result<T, Problem>>>(
        &self,
        once: impl Fn() -> F,
    ) -> Result<T, Problem> {
        let of_config = self.config.as_ref().map(|config| config.reconnection);
        let strategy = self.reconnection.or(of_config).unwrap_or(Reconnection::NONE);
        strategy.attempts(once).await
    }
}

/// The work, cut off after a time.
///
/// # Errors
/// `DB:QUERY_EXECUTION` where it was cut off.
pub async fn timed<T>(limit: Option<Duration>, work: impl Future<Output = Result<T, Problem>>) -> Result<T, Problem> {
    match limit {
        None => work.await,
        Some(limit) => tokio::time::timeout(limit, work)
            .await
            .map_err(|_| Problem::cut(format!("Statement cancelled due to timeout: it took longer than {limit:?}")))?,
    }
}
