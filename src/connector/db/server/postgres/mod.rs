//! PostgreSQL: parameters travel as text under a cast to the type that the server expects of them.

mod binary;

use self::binary::{binary, utf8};
use super::text;
use super::{Dialect, Outcome, affected, unreadable};
use crate::connector::db::problem::Problem;
use crate::connector::db::template::Template;
use crate::value::Value;
use futures_util::future::{BoxFuture, FutureExt};
use sqlx::postgres::{PgArguments, PgConnection, PgQueryResult, PgRow, PgTypeInfo, PgValueFormat};
use sqlx::{
    Arguments, AssertSqlSafe, Column, Either, Executor, Postgres, Row, SqlSafeStr, Statement, TypeInfo, ValueRef,
};
use std::fmt::Write;

impl Dialect for Postgres {
    fn prepared<'a>(
        connection: &'a mut PgConnection,
        template: &'a Template,
        values: &'a [Value],
    ) -> BoxFuture<'a, Result<(String, PgArguments), Problem>> {
        async move {
            let plain = template.render(|index| format!("${}", index + 1));
            let mut arguments = PgArguments::default();
            if template.names().is_empty() {
                return Ok((plain, arguments));
            }
            let statement = connection.prepare(AssertSqlSafe(plain).into_sql_str()).await;
            let statement = statement.map_err(|e| Problem::of(&e))?;
            let types = match statement.parameters() {
                Some(Either::Left(types)) => types.iter().map(type_name).collect(),
                _ => Vec::new(),
            };
            for (index, (name, value)) in template.names().iter().zip(values).enumerate() {
                add(&mut arguments, name, value, types.get(index).map_or("", String::as_str))?;
            }
            Ok((template.render(|index| placeholder(index, types.get(index).map_or("", String::as_str))), arguments))
        }
        .boxed()
    }

    fn cell(row: &PgRow, index: usize) -> Result<Value, Problem> {
        let wrong = |kind: &str, why: &str| unreadable(row.column(index).name(), kind, why);
        let raw = row.try_get_raw(index).map_err(|e| wrong("", &e.to_string()))?;
        let kind = raw.type_info().name().to_string();
        if raw.is_null() {
            return Ok(Value::Null);
        }
        let bytes = raw.as_bytes().map_err(|e| wrong(&kind, &e.to_string()))?;
        match raw.format() {
            PgValueFormat::Text => utf8(bytes),
            PgValueFormat::Binary => binary(&kind, bytes),
        }
        .ok_or_else(|| wrong(&kind, "cast it to text in the statement"))
    }

    fn outcome(result: &PgQueryResult) -> Outcome {
        Outcome { affected: affected(result.rows_affected()), key: None }
    }
}

/// The name of a type, as a cast takes it. Quotes keep a cast from cutting the text to one character.
fn type_name(info: &PgTypeInfo) -> String {
    let name = info.name();
    let (element, suffix) = match name.strip_suffix("[]") {
        Some(element) => (element, "[]"),
        None => (name, ""),
    };
    let element = match element {
        "CHAR" => "bpchar".to_string(),
        "BIT" => "\"bit\"".to_string(),
        builtin if builtin.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit()) => builtin.to_string(),
        quoted if quoted.starts_with('"') => quoted.to_string(),
        custom => format!("\"{}\"", custom.replace('"', "\"\"")),
    };
    element + suffix
}

fn placeholder(index: usize, kind: &str) -> String {
    match kind {
        "" | "TEXT" | "UNKNOWN" | "BYTEA" => format!("${}", index + 1),
        _ => format!("(${}::text)::{kind}", index + 1),
    }
}

fn add(arguments: &mut PgArguments, name: &str, value: &Value, kind: &str) -> Result<(), Problem> {
    let added = match value.bare() {
        Value::Null if kind == "BYTEA" => arguments.add(None::<Vec<u8>>),
        Value::Null => arguments.add(None::<String>),
        Value::Binary(bytes) if kind == "BYTEA" => arguments.add(bytes.as_ref().clone()),
        Value::String(text) if kind == "BYTEA" => arguments.add(text.as_bytes().to_vec()),
        Value::Array(_) | Value::Range(_) if kind.ends_with("[]") => arguments.add(array(name, value)?),
        other => arguments.add(text::of(name, other)?),
    };
    added.map_err(|e| Problem::execution(format!("parameter '{name}': {e}")))
}

/// A list as PostgreSQL writes arrays: `{1,"two",NULL}`.
fn array(name: &str, value: &Value) -> Result<String, Problem> {
    let mut out = String::from("{");
    for item in value.elements().into_iter().flatten() {
        let item = item.map_err(|fault| Problem::execution(format!("parameter '{name}': {fault}")))?;
        if out.len() > 1 {
            out.push(',');
        }
        match item.bare() {
            Value::Null => out.push_str("NULL"),
            Value::Array(_) | Value::Range(_) => out.push_str(&array(name, &item)?),
            other => {
                let text = text::of(name, other)?.replace('\\', "\\\\").replace('"', "\\\"");
                let _ = write!(out, "\"{text}\"");
            }
        }
    }
    out.push('}');
    Ok(out)
}
