//! The databases there are: SQLite, PostgreSQL, MySQL with MariaDB; and sessions with them.

mod mysql;
mod postgres;
mod sqlite;
mod text;

use super::problem::Problem;
use super::template::Template;
use crate::value::{Object, QName, Shape, Value};
use futures_util::future::{BoxFuture, FutureExt, TryFutureExt};
use futures_util::stream::{BoxStream, StreamExt, TryStreamExt};
use sqlx::{AssertSqlSafe, Column, Connection, Database, Either, Executor, IntoArguments, Row, raw_sql};
use std::sync::Arc;

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

/// What a statement gives, one after the other.
#[derive(Debug)]
pub enum Step {
    /// A row, as an object.
    Row(Value),
    /// The end of a statement.
    Done(Outcome),
}

/// What a statement has done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outcome {
    /// The rows that it changed.
    pub affected: u64,
    /// The key that the database gave the last row, where it tells it.
    pub key: Option<i64>,
}

/// The steps of a statement.
pub type Steps<'a> = BoxStream<'a, Result<Step, Problem>>;

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
            Ok(steps::<D>(connection.fetch_many(query)))
        };
        started.try_flatten_stream().boxed()
    }

    fn script(&mut self, sql: String) -> Steps<'_> {
        steps::<D>(raw_sql(AssertSqlSafe(sql)).fetch_many(&mut self.connection))
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

/// What the crate gives for a statement.
type Given<'a, D> = BoxStream<'a, Result<Either<<D as Database>::QueryResult, <D as Database>::Row>, sqlx::Error>>;

fn steps<D: Dialect>(given: Given<'_, D>) -> Steps<'_> {
    let mut columns = None;
    given
        .map_err(|e| Problem::of(&e))
        .map(move |step| match step? {
            Either::Left(result) => {
                columns = None;
                Ok(Step::Done(D::outcome(&result)))
            }
            Either::Right(row) => {
                let columns = columns.get_or_insert_with(|| Columns::of::<D>(&row));
                columns.row::<D>(&row).map(Step::Row)
            }
        })
        .boxed()
}

/// The columns of a result: each name once, with the position of its last column.
struct Columns {
    shape: Arc<Shape>,
    positions: Vec<usize>,
}

impl Columns {
    fn of<D: Dialect>(row: &D::Row) -> Self {
        let mut found: indexmap::IndexMap<&str, usize> = indexmap::IndexMap::new();
        for (position, column) in row.columns().iter().enumerate() {
            found.insert(column.name(), position);
        }
        let names = found.keys().map(QName::local).collect();
        Self { shape: Shape::folding_case(names), positions: found.into_values().collect() }
    }

    fn row<D: Dialect>(&self, row: &D::Row) -> Result<Value, Problem> {
        let cells: Result<Vec<_>, _> = self.positions.iter().map(|position| D::cell(row, *position)).collect();
        Ok(Value::Object(Object::of_shape(self.shape.clone(), cells?)))
    }
}

/// A column whose content cannot be read.
fn unreadable(column: &str, kind: &str, why: impl std::fmt::Display) -> Problem {
    Problem::execution(format!("column `{column}` of type {kind} cannot be read: {why}"))
}
