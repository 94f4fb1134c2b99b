//! MySQL and MariaDB: rows in the binary protocol.

use super::text;
use super::{Dialect, Outcome, affected, unreadable};
use crate::connector::db::problem::Problem;
use crate::connector::db::template::Template;
use crate::value::temporal::{Date, LocalDateTime, LocalTime, Zone};
use crate::value::{Number, Temporal, Value};
use bigdecimal::BigDecimal;
use futures_util::future::{BoxFuture, FutureExt};
use sqlx::error::BoxDynError;
use sqlx::mysql::{MySqlArguments, MySqlConnection, MySqlQueryResult, MySqlRow, MySqlTypeInfo, MySqlValueRef};
use sqlx::{Arguments, Column, Decode, MySql, Row, Type, TypeInfo, ValueRef};
use std::sync::Arc;

impl Dialect for MySql {
    fn prepared<'a>(
        _connection: &'a mut MySqlConnection,
        template: &'a Template,
        values: &'a [Value],
    ) -> BoxFuture<'a, Result<(String, MySqlArguments), Problem>> {
        async move {
            let mut arguments = MySqlArguments::default();
            for (name, value) in template.names().iter().zip(values) {
                add(&mut arguments, name, value)?;
            }
            Ok((template.render(|_| "?".to_string()), arguments))
        }
        .boxed()
    }

    fn cell(row: &MySqlRow, index: usize) -> Result<Value, Problem> {
        let wrong = |kind: &str, why: &dyn std::fmt::Display| unreadable(row.column(index).name(), kind, why);
        let raw = row.try_get_raw(index).map_err(|e| wrong("", &e))?;
        if raw.is_null() {
            return Ok(Value::Null);
        }
        let info = raw.type_info().into_owned();
        read(&info, raw).map_err(|why| wrong(info.name(), &why))
    }

    fn outcome(result: &MySqlQueryResult) -> Outcome {
        let key = i64::try_from(result.last_insert_id()).ok().filter(|key| *key != 0);
        Outcome { affected: affected(result.rows_affected()), key }
    }
}

fn add(arguments: &mut MySqlArguments, name: &str, value: &Value) -> Result<(), Problem> {
    let added = match value.bare() {
        Value::Null => arguments.add(None::<String>),
        Value::Boolean(b) => arguments.add(*b),
        Value::Int(n) => arguments.add(*n),
        number @ (Value::Decimal(_) | Value::BigNumber(_)) => arguments.add(decimal(number)),
        Value::Binary(bytes) => arguments.add(bytes.as_ref().clone()),
        Value::String(text) => arguments.add(text.to_string()),
        Value::Temporal(temporal) => arguments.add(text::local_text(temporal, here())),
        other => arguments.add(text::of(name, other)?),
    };
    added.map_err(|e| Problem::execution(format!("parameter '{name}': {e}")))
}

fn decimal(number: &Value) -> Option<BigDecimal> {
    let number = number.as_number()?;
    let (digits, scale) = number.parts();
    Some(BigDecimal::new(digits.into_owned(), scale))
}

/// The zone of this machine, in which moments are written, as JDBC's drivers do.
fn here() -> Option<Zone> {
    Zone::parse(jiff::tz::TimeZone::system().iana_name()?)
}

fn read(info: &MySqlTypeInfo, raw: MySqlValueRef<'_>) -> Result<Value, BoxDynError> {
    Ok(match info.name() {
        "BOOLEAN" => Value::Boolean(<i64 as Decode<'_, MySql>>::decode(raw)? != 0),
        "TINYINT" | "SMALLINT" | "MEDIUMINT" | "INT" | "BIGINT" => <i64 as Decode<'_, MySql>>::decode(raw)?.into(),
        unsigned if unsigned.ends_with("UNSIGNED") || unsigned == "YEAR" => {
            Number::from_parts(<u64 as Decode<'_, MySql>>::decode(raw)?.into(), 0).into()
        }
        "FLOAT" => number(&<f32 as Decode<'_, MySql>>::decode(raw)?.to_string())?,
        "DOUBLE" => number(&<f64 as Decode<'_, MySql>>::decode(raw)?.to_string())?,
        "DECIMAL" => number(std::str::from_utf8(bytes(raw)?)?)?,
        "DATE" | "DATETIME" | "TIMESTAMP" => moment(info.name(), bytes(raw)?).ok_or("it is no date")?,
        "TIME" => time(bytes(raw)?).ok_or("it is no time")?,
        "BIT" => match bytes(raw)? {
            [bit @ (0 | 1)] => Value::Boolean(*bit == 1),
            bits => Value::Binary(Arc::new(bits.to_vec())),
        },
        "JSON" | "ENUM" | "SET" => Value::string(std::str::from_utf8(bytes(raw)?)?),
        // Text that compares by its bytes is called binary as well; its collation tells it from what is.
        _ if <str as Type<MySql>>::compatible(info) => Value::string(std::str::from_utf8(bytes(raw)?)?),
        _ => Value::Binary(Arc::new(bytes(raw)?.to_vec())),
    })
}

fn bytes(raw: MySqlValueRef<'_>) -> Result<&[u8], BoxDynError> {
    <&[u8] as Decode<'_, MySql>>::decode(raw)
}

fn number(text: &str) -> Result<Value, BoxDynError> {
    Ok(Number::parse(text).ok_or("it is no number")?.into())
}

/// Year, month, day; hour, minute, second; microseconds. The first byte tells how many bytes follow.
fn moment(kind: &str, bytes: &[u8]) -> Option<Value> {
    let (_, rest) = bytes.split_first()?;
    let part = |at: usize| rest.get(at).copied().unwrap_or(0);
    let year = u16::from_le_bytes([part(0), part(1)]);
    let date = Date::new(year.into(), part(2).into(), part(3).into())?;
    if kind == "DATE" {
        return Some(Temporal::from(date).into());
    }
    let micros = u32::from_le_bytes([part(7), part(8), part(9), part(10)]);
    let time = LocalTime::new(part(4).into(), part(5).into(), part(6).into(), u64::from(micros) * 1000)?;
    Some(Temporal::from(LocalDateTime { date, time }).into())
}

/// A sign, days, hour, minute, second, microseconds. What is no time of a day stays a text: `-26:00:00`.
fn time(bytes: &[u8]) -> Option<Value> {
    let (_, rest) = bytes.split_first()?;
    let part = |at: usize| rest.get(at).copied().unwrap_or(0);
    let is_negative = part(0) == 1;
    let days = u32::from_le_bytes([part(1), part(2), part(3), part(4)]);
    let micros = u32::from_le_bytes([part(8), part(9), part(10), part(11)]);
    let (hour, minute, second) = (u64::from(part(5)), u64::from(part(6)), u64::from(part(7)));
    let time = LocalTime::new(hour, minute, second, u64::from(micros) * 1000);
    match time.filter(|_| days == 0 && !is_negative) {
        Some(time) => Some(Temporal::from(time).into()),
        None => {
            let sign = if is_negative { "-" } else { "" };
            Some(format!("{sign}{}:{minute:02}:{second:02}", u64::from(days) * 24 + hour).into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::coerce::to_text;

    #[test]
    fn times_are_read() {
        let shown = |value: Option<Value>| to_text(&value.unwrap()).unwrap().to_string();
        assert_eq!(shown(moment("DATE", &[4, 0xE8, 7, 2, 29])), "2024-02-29");
        assert_eq!(shown(moment("DATETIME", &[4, 0xE8, 7, 2, 29])), "2024-02-29T00:00:00");
        assert_eq!(shown(moment("DATETIME", &[7, 0xE8, 7, 2, 29, 10, 20, 30])), "2024-02-29T10:20:30");
        assert_eq!(shown(time(&[8, 0, 0, 0, 0, 0, 10, 20, 30])), "10:20:30");
        assert_eq!(shown(time(&[8, 1, 1, 0, 0, 0, 2, 0, 0])), "-26:00:00");
        assert_eq!(shown(time(&[0])), "00:00:00");
    }
}
