//! Cells of rows as bytes, for rows that do not stay in the memory.

use crate::value::number::Packed;
use crate::value::temporal::{Date, DateTime, LocalDateTime, LocalTime, Offset, Time, Zone};
use crate::value::{Number, Temporal, Value};
use num_bigint::BigInt;
use std::sync::Arc;

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const INT: u8 = 3;
const DECIMAL: u8 = 4;
const BIG: u8 = 5;
const TEXT: u8 = 6;
const BINARY: u8 = 7;
const DATE: u8 = 8;
const TIME: u8 = 9;
const LOCAL_TIME: u8 = 10;
const DATE_TIME: u8 = 11;
const LOCAL_DATE_TIME: u8 = 12;

/// Adds a cell; `None` for a value that no database gives.
pub fn put(out: &mut Vec<u8>, value: &Value) -> Option<()> {
    match value {
        Value::Null => out.push(NULL),
        Value::Boolean(b) => out.push(if *b { TRUE } else { FALSE }),
        Value::Int(n) => fixed(out, INT, n.to_le_bytes()),
        Value::Decimal(packed) => {
            fixed(out, DECIMAL, packed.mantissa().to_le_bytes());
            out.extend(packed.scale().to_le_bytes());
        }
        Value::BigNumber(big) => {
            let (digits, scale) = big.as_bigint_and_scale();
            fixed(out, BIG, scale.to_le_bytes());
            sized(out, &digits.to_signed_bytes_le())?;
        }
        Value::String(text) => {
            out.push(TEXT);
            sized(out, text.as_bytes())?;
        }
        Value::Binary(bytes) => {
            out.push(BINARY);
            sized(out, bytes)?;
        }
        Value::Temporal(temporal) => put_temporal(out, temporal)?,
        _ => return None,
    }
    Some(())
}

fn put_temporal(out: &mut Vec<u8>, temporal: &Temporal) -> Option<()> {
    match temporal {
        Temporal::Date(date) => fixed(out, DATE, date.epoch_day().to_le_bytes()),
        Temporal::LocalTime(time) => fixed(out, LOCAL_TIME, time.nano_of_day().to_le_bytes()),
        Temporal::Time(time) => {
            fixed(out, TIME, time.time.nano_of_day().to_le_bytes());
            out.extend(time.offset.seconds().to_le_bytes());
        }
        Temporal::LocalDateTime(local) => fixed(out, LOCAL_DATE_TIME, local.nanos().to_le_bytes()),
        Temporal::DateTime(moment) if moment.region().is_none() => {
            fixed(out, DATE_TIME, moment.instant().to_le_bytes());
            out.extend(moment.offset().seconds().to_le_bytes());
        }
        _ => return None,
    }
    Some(())
}

fn fixed<const N: usize>(out: &mut Vec<u8>, tag: u8, bytes: [u8; N]) {
    out.push(tag);
    out.extend(bytes);
}

fn sized(out: &mut Vec<u8>, bytes: &[u8]) -> Option<()> {
    out.extend(u32::try_from(bytes.len()).ok()?.to_le_bytes());
    out.extend(bytes);
    Some(())
}

/// Takes a cell off the front; `None` where there is none.
pub fn take(from: &mut &[u8]) -> Option<Value> {
    let (tag, rest) = from.split_first()?;
    *from = rest;
    Some(match *tag {
        NULL => Value::Null,
        FALSE => Value::Boolean(false),
        TRUE => Value::Boolean(true),
        INT => Value::Int(i64::from_le_bytes(array(from)?)),
        DECIMAL => {
            let (digits, scale) = (i64::from_le_bytes(array(from)?), u32::from_le_bytes(array(from)?));
            Value::Decimal(Packed::new(digits, scale)?)
        }
        BIG => {
            let scale = i64::from_le_bytes(array(from)?);
            Number::from_parts(BigInt::from_signed_bytes_le(bytes(from)?), scale).into()
        }
        TEXT => Value::string(std::str::from_utf8(bytes(from)?).ok()?),
        BINARY => Value::Binary(Arc::new(bytes(from)?.to_vec())),
        DATE => Temporal::from(Date::from_epoch_day(i64::from_le_bytes(array(from)?))?).into(),
        LOCAL_TIME => Temporal::from(time(from)?).into(),
        TIME => {
            let (time, offset) = (time(from)?, offset(from)?);
            Temporal::from(Time { time, offset }).into()
        }
        LOCAL_DATE_TIME => Temporal::from(LocalDateTime::from_nanos(i128::from_le_bytes(array(from)?))?).into(),
        DATE_TIME => {
            let instant = i128::from_le_bytes(array(from)?);
            Temporal::from(DateTime::from_instant(instant, Zone::Offset(offset(from)?))?).into()
        }
        _ => return None,
    })
}

fn array<const N: usize>(from: &mut &[u8]) -> Option<[u8; N]> {
    let (front, rest) = from.split_first_chunk()?;
    *from = rest;
    Some(*front)
}

fn bytes<'a>(from: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = u32::from_le_bytes(array(from)?) as usize;
    let (front, rest) = from.split_at_checked(length)?;
    *from = rest;
    Some(front)
}

fn time(from: &mut &[u8]) -> Option<LocalTime> {
    LocalTime::from_nano_of_day(u64::from_le_bytes(array(from)?))
}

fn offset(from: &mut &[u8]) -> Option<Offset> {
    Offset::from_seconds(i32::from_le_bytes(array(from)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::coerce::to_text;
    use crate::value::temporal::parse_literal;

    #[test]
    fn cells_come_back_as_they_were() {
        let numbers = ["0", "-7", "12.50", "123456789012345678901234567890.5", "9223372036854775807"];
        let times = ["2024-02-29", "10:20:30.5", "10:20:30+02:00", "2024-02-29T10:20:30", "2024-02-29T10:20:30-05:30"];
        let numbers = numbers.map(|text| Value::from(Number::parse(text).unwrap()));
        let times = times.map(|text| Value::from(parse_literal(text).unwrap()));
        let others = [Value::Null, true.into(), false.into(), "Grüße".into()];
        let mut bytes = Vec::new();
        let all: Vec<_> = numbers.into_iter().chain(times).chain(others).collect();
        all.iter().for_each(|value| put(&mut bytes, value).unwrap());
        let mut rest = &bytes[..];
        for value in &all {
            let back = take(&mut rest).unwrap();
            assert_eq!((back.type_name(), to_text(&back).ok()), (value.type_name(), to_text(value).ok()));
        }
        assert!(rest.is_empty() && take(&mut rest).is_none());
    }
}
