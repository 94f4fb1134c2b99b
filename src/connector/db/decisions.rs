//! The ids of transactions in which a database decided for queues, in a table of the database itself: who was killed in
//! the middle of such a transaction looks there whether it was committed.

use super::pool::Pool;
use super::problem::Problem;
use super::server::{Session, rows};
use futures_util::stream::TryStreamExt;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::OnceCell;

const TABLE: &str = "CREATE TABLE IF NOT EXISTS dwrun_transactions (id CHAR(36) NOT NULL PRIMARY KEY)";

/// The table of a database.
#[derive(Default)]
pub struct Decisions {
    is_there: OnceCell<bool>,
    /// Ids that nobody will ask for any more.
    forgotten: Mutex<Vec<String>>,
}

impl Decisions {
    /// Makes the table where it is missing; whether it is there then. A database that does not let us has none.
    ///
    /// # Errors
    /// A database that cannot be reached.
    pub async fn are_kept(&self, pool: &Arc<Pool>) -> Result<bool, Problem> {
        let make = || async {
            let mut lease = pool.lend().await?;
            match run(lease.session(), TABLE.to_string()).await {
                Err(problem) if problem.broken || problem.is_connectivity() => return Err(problem),
                Err(problem) => {
                    tracing::warn!(
                        "the table dwrun_transactions cannot be made, so that a crash may double what queues and this \
                         database do in one transaction: {problem}"
                    );
                    return Ok(false);
                }
                Ok(_) => {}
            }
            lease.hand_back();
            Ok(true)
        };
        self.is_there.get_or_try_init(make).await.copied()
    }

    /// Adds an id to what a session commits, and takes away those that are forgotten.
    ///
    /// # Errors
    /// What the database refuses.
    pub async fn sign(&self, session: &mut dyn Session, id: &str) -> Result<(), Problem> {
        run(session, format!("INSERT INTO dwrun_transactions (id) VALUES ('{id}')")).await?;
        let forgotten = std::mem::take(&mut *self.forgotten.lock().unwrap_or_else(PoisonError::into_inner));
        if forgotten.is_empty() {
            return Ok(());
        }
        let ids = forgotten.join("', '");
        run(session, format!("DELETE FROM dwrun_transactions WHERE id IN ('{ids}')")).await.map(drop)
    }

    /// Nobody will ask for an id any more.
    pub fn forget(&self, id: String) {
        self.forgotten.lock().unwrap_or_else(PoisonError::into_inner).push(id);
    }

    /// Whether the transaction of an id was committed.
    ///
    /// # Errors
    /// A database that cannot be reached, or does not let us look.
    pub async fn decided(&self, pool: &Arc<Pool>, id: &str) -> Result<bool, Problem> {
        let mut lease = pool.lend().await?;
        run(lease.session(), TABLE.to_string()).await?;
        let rows = run(lease.session(), format!("SELECT id FROM dwrun_transactions WHERE id = '{id}'")).await?;
        lease.hand_back();
        Ok(rows > 0)
    }
}

/// Runs a statement; gives how many rows it has.
async fn run(session: &mut dyn Session, sql: String) -> Result<usize, Problem> {
    let rows: Vec<_> = rows(session.script(sql)).try_collect().await?;
    Ok(rows.len())
}
