//! SQLite: each value has the type that it was stored with.

use super::text;
use super::{Dialect, Outcome, affected, unreadable};
use crate::connector::db::problem::Problem;
use crate::connector::db::template::Template;
use crate::value::temporal::Zone;
use crate::value::{Number, Value};
use futures_util::future::{BoxFuture, FutureExt};
use sqlx::sqlite::{SqliteArguments, SqliteConnection, SqliteQueryResult, SqliteRow};
use sqlx::{Arguments, Column, Decode, Row, Sqlite, TypeInfo, ValueRef};
use std::sync::Arc;

impl Dialect for Sqlite {
    // Whoever begins waits for others that write; one that only read so far could not go on to write after them.
    const BEGIN: &'static str = "BEGIN IMMEDIATE";

    fn prepared<'a>(
        _connection: &'a mut SqliteConnection,
        template: &'a Template,
        values: &'a [Value],
    ) -> BoxFuture<'a, Result<(String, SqliteArguments), Problem>> {
        async move {
            let mut arguments = SqliteArguments::default();
            for (name, value) in template.names().iter().zip(values) {
                add(&mut arguments, name, value)?;
            }
            Ok((template.render(|_| "?".to_string()), arguments))
        }
        .boxed()
    }

    fn cell(row: &SqliteRow, index: usize) -> Result<Value, Problem> {
        let wrong = |kind: &str, why: &dyn std::fmt::Display| unreadable(row.column(index).name(), kind, why);
        let raw = row.try_get_raw(index).map_err(|e| wrong("", &e))?;
        if raw.is_null() {
            return Ok(Value::Null);
        }
        // The type of the value; what the column was declared as says little.
        let info = raw.type_info().into_owned();
        let read = match info.name() {
            "INTEGER" => <i64 as Decode<'_, Sqlite>>::decode(raw).map(Value::Int),
            "REAL" => <f64 as Decode<'_, Sqlite>>::decode(raw).map(real),
            "BLOB" => <Vec<u8> as Decode<'_, Sqlite>>::decode(raw).map(|bytes| Value::Binary(Arc::new(bytes))),
            _ => <&str as Decode<'_, Sqlite>>::decode(raw).map(Value::string),
        };
        read.map_err(|why| wrong(info.name(), &why))
    }

    fn outcome(result: &SqliteQueryResult) -> Outcome {
        Outcome { affected: affected(result.rows_affected()), key: Some(result.last_insert_rowid()) }
    }
}

/// A double as a number; null for what is none.
fn real(double: f64) -> Value {
    Number::from_f64(double).map_or(Value::Null, Value::from)
}

fn add(arguments: &mut SqliteArguments, name: &str, value: &Value) -> Result<(), Problem> {
    let added = match value.bare() {
        Value::Null => arguments.add(None::<i64>),
        Value::Boolean(b) => arguments.add(*b),
        Value::Int(n) => arguments.add(*n),
        Value::Binary(bytes) => arguments.add(bytes.as_ref().clone()),
        Value::String(text) => arguments.add(text.to_string()),
        Value::Temporal(temporal) => arguments.add(text::local_text(temporal, utc())),
        number @ (Value::Decimal(_) | Value::BigNumber(_)) => match exact_double(number) {
            Some(double) => arguments.add(double),
            None => arguments.add(text::of(name, number)?),
        },
        other => arguments.add(text::of(name, other)?),
    };
    added.map_err(|e| Problem::execution(format!("parameter '{name}': {e}")))
}

/// Times in SQLite are UTC.
fn utc() -> Option<Zone> {
    Zone::parse("Z")
}

/// The double that stands for just this number; text keeps what a double would lose.
fn exact_double(number: &Value) -> Option<f64> {
    let number = number.as_number()?;
    let double = number.to_f64();
    let back = Number::from_f64(double)?;
    (back == number).then_some(double)
}
