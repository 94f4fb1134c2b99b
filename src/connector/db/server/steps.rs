//! What statements give: rows as objects, and how each of them ended.

use super::Dialect;
use crate::connector::db::problem::Problem;
use crate::value::{Object, QName, Shape, Value};
use futures_util::future::ready;
use futures_util::stream::{BoxStream, Stream, StreamExt, TryStreamExt};
use sqlx::{Column, Database, Either, Row};
use std::sync::Arc;

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
    pub affected: i64,
    /// The key that the database gave the last row, where it tells it.
    pub key: Option<i64>,
}

/// The steps of a statement.
pub type Steps<'a> = BoxStream<'a, Result<Step, Problem>>;

/// The rows alone.
pub fn rows(steps: Steps<'_>) -> impl Stream<Item = Result<Value, Problem>> + Send {
    steps.try_filter_map(|step| {
        ready(Ok(match step {
            Step::Row(row) => Some(row),
            Step::Done(_) => None,
        }))
    })
}

/// The ends alone.
pub fn outcomes(steps: Steps<'_>) -> impl Stream<Item = Result<Outcome, Problem>> + Send {
    steps.try_filter_map(|step| {
        ready(Ok(match step {
            Step::Row(_) => None,
            Step::Done(outcome) => Some(outcome),
        }))
    })
}

/// What the crate gives for a statement.
type Given<'a, D> = BoxStream<'a, Result<Either<<D as Database>::QueryResult, <D as Database>::Row>, sqlx::Error>>;

/// The steps that the crate tells of.
pub(super) fn of<D: Dialect>(given: Given<'_, D>) -> Steps<'_> {
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
        let mut cells = Vec::with_capacity(self.positions.len());
        for position in &self.positions {
            cells.push(D::cell(row, *position)?);
        }
        Ok(Value::Object(Object::of_shape(self.shape.clone(), cells)))
    }
}
