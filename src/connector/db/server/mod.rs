//! The databases there are: SQLite, PostgreSQL, MySQL with MariaDB; and sessions with them.

mod mysql;
mod postgres;
mod sqlite;
mod steps;
mod text;

pub use steps::{Outcome, Step, Steps, outcomes, rows};

use super::problem::Problem;
use super::template::Template;
use crate::value::Value;
use futures_util::future::{BoxFuture, FutureExt, TryFutureExt};
use futures_util::stream::StreamExt;
use sqlx::{AssertSqlSafe, Connection, Database, Executor, IntoArguments, raw_sql};

/// The databases that speak alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// SQLite
    Sqlite,
    /// PostgreSQL
    Postgres,
    /// MySQL and MariaDB
    MySql,
}

impl Family {
    /// What sets the isolation of all transactions of a connection; `None` where there is nothing to set: those of
    /// SQLite are always as if one ran after the other.
    pub fn isolating(self, level: &str) -> Option<String> {
        match self {
            Self::Sqlite => None,
            Self::Postgres => Some(format!("SET SESSION CHARACTERISTICS AS TRANSACTION ISOLATION LEVEL {level}")),
            Self::MySql => Some(format!("SET SESSION TRANSACTION ISOLATION LEVEL {level}")),
        }
    }
}

/// A connection to a database.
pub trait Session: Send {
    /// Asks the database whether it is there.
    fn ping(&mut self) -> BoxFuture<'_, Result<(), Problem>>;

    /// Runs a statement with a value for each of its parameters.
    fn run<'a>(&'a mut self, template: &'a Template, values: &'a [Value]) -> Steps<'a>;

    /// Runs statements as they stand.
    fn script(&mut self, sql: String) -> Steps<'_>;

    /// Whether a transaction was begun and not ended.
    fn is_in_transaction(&self) -> bool;

    /// Begins a transaction.
    fn begin(&mut self) -> BoxFuture<'_, Result<(), Problem>>;

    /// Makes the changes of a transaction last.
    fn commit(&mut self) -> BoxFuture<'_, Result<(), Problem>>;

    /// Undoes the changes of a transaction.
    fn roll_back(&mut self) -> BoxFuture<'_, Result<(), Problem>>;

    /// Ends it.
    fn close(self: Box<Self>) -> BoxFuture<'static, ()>;
}

/// What differs from one family to the other.
pub trait Dialect: Database + Sized {
    /// What begins a transaction.
    const BEGIN: &'static str = "BEGIN";

    /// The statement and the arguments as the database takes them.
    fn prepared<'a>(
        connection: &'a mut Self::Connection,
        template: &'a Template,
        values: &'a [Value],
    ) -> BoxFuture<'a, Result<(String, Self::Arguments), Problem>>;

    /// A column of a row.
    fn cell(row: &Self::Row, index: usize) -> Result<Value, Problem>;

    /// What a statement has done.
    fn outcome(result: &Self::QueryResult) -> Outcome;
}

/// A connection of one family.
pub struct Link<D: Dialect> {
    connection: D::Connection,
    is_in_transaction: bool,
}

/// Opens a connection.
///
/// # Errors
/// A database that is not there or does not let us in.
pub async fn connect<D>(options: &<D::Connection as Connection>::Options) -> Result<Box<dyn Session>, Problem>
where
    D: Dialect,
    Link<D>: Session,
{
    let connection = D::Connection::connect_with(options).await.map_err(|e| Problem::of_attempt(&e))?;
    Ok(Box::new(Link::<D> { connection, is_in_transaction: false }))
}

impl<D: Dialect> Session for Link<D>
where
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
    D::Arguments: IntoArguments<D>,
{
    fn ping(&mut self) -> BoxFuture<'_, Result<(), Problem>> {
        self.connection.ping().map_err(|e| Problem::of(&e)).boxed()
    }

    fn run<'a>(&'a mut self, template: &'a Template, values: &'a [Value]) -> Steps<'a> {
        let connection = &mut self.connection;
        let started = async move {
            let (sql, arguments) = D::prepared(connection, template, values).await?;
            let query = sqlx::query_with(AssertSqlSafe(sql), arguments);
            Ok(steps::of::<D>(connection.fetch_many(query)))
        };
        started.try_flatten_stream().boxed()
    }

    fn script(&mut self, sql: String) -> Steps<'_> {
        steps::of::<D>(raw_sql(AssertSqlSafe(sql)).fetch_many(&mut self.connection))
    }

    fn is_in_transaction(&self) -> bool {
        self.is_in_transaction
    }

    fn begin(&mut self) -> BoxFuture<'_, Result<(), Problem>> {
        self.transact(D::BEGIN, true).boxed()
    }

    fn commit(&mut self) -> BoxFuture<'_, Result<(), Problem>> {
        self.transact("COMMIT", false).boxed()
    }

    fn roll_back(&mut self) -> BoxFuture<'_, Result<(), Problem>> {
        self.transact("ROLLBACK", false).boxed()
    }

    fn close(self: Box<Self>) -> BoxFuture<'static, ()> {
        self.connection.close().map(drop).boxed()
    }
}

impl<D: Dialect> Link<D>
where
    for<'c> &'c mut D::Connection: Executor<'c, Database = D>,
{
    async fn transact(&mut self, statement: &'static str, begins: bool) -> Result<(), Problem> {
        raw_sql(statement).execute(&mut self.connection).await.map_err(|e| Problem::of(&e))?;
        self.is_in_transaction = begins;
        Ok(())
    }
}

/// How many rows were changed, as values count.
fn affected(rows: u64) -> i64 {
    i64::try_from(rows).unwrap_or(i64::MAX)
}

/// A column whose content cannot be read.
fn unreadable(column: &str, kind: &str, why: impl std::fmt::Display) -> Problem {
    Problem::execution(format!("column `{column}` of type {kind} cannot be read: {why}"))
}
