//! Values in PostgreSQL's binary form.

use crate::value::temporal::{Date, DateTime, LocalDateTime, LocalTime, Offset, Time, Zone};
use crate::value::{Number, Value};
use std::fmt::Write;
use std::sync::Arc;

/// A value in the server's binary form; `None` where that is not known.
pub fn binary(kind: &str, bytes: &[u8]) -> Option<Value> {
    if let Some(element) = kind.strip_suffix("[]") {
        return elements(element, bytes);
    }
    Some(match kind {
        "BOOL" => Value::Boolean(bytes.first()? != &0),
        "INT2" => i64::from(i16::from_be_bytes(bytes.try_into().ok()?)).into(),
        "INT4" => i64::from(i32::from_be_bytes(bytes.try_into().ok()?)).into(),
        "OID" => i64::from(u32::from_be_bytes(bytes.try_into().ok()?)).into(),
        "INT8" => i64::from_be_bytes(bytes.try_into().ok()?).into(),
        "FLOAT4" => double(f32::from_be_bytes(bytes.try_into().ok()?).to_string())?,
        "FLOAT8" => double(f64::from_be_bytes(bytes.try_into().ok()?).to_string())?,
        "NUMERIC" => numeric(bytes)?,
        "MONEY" => Number::from_parts(i64::from_be_bytes(bytes.try_into().ok()?).into(), 2).into(),
        "BYTEA" => Value::Binary(Arc::new(bytes.to_vec())),
        "DATE" => return date(i32::from_be_bytes(bytes.try_into().ok()?)),
        "TIME" => Value::from(crate::value::Temporal::from(time_of_day(bytes)?)),
        "TIMETZ" => {
            let (time, zone) = bytes.split_at_checked(8)?;
            let offset = Offset::from_seconds(-i32::from_be_bytes(zone.try_into().ok()?))?;
            Value::from(crate::value::Temporal::from(Time { time: time_of_day(time)?, offset }))
        }
        "TIMESTAMP" => match moment(bytes)? {
            Moment::At(local) => Value::from(crate::value::Temporal::from(local)),
            Moment::Endless(text) => text.into(),
        },
        "TIMESTAMPTZ" => match moment(bytes)? {
            Moment::At(utc) => {
                let moment = DateTime::from_instant(utc.nanos(), Zone::parse("Z")?)?;
                Value::from(crate::value::Temporal::from(moment))
            }
            Moment::Endless(text) => text.into(),
        },
        "UUID" => uuid::Uuid::from_slice(bytes).ok()?.to_string().into(),
        "JSONB" => return utf8(bytes.get(1..)?),
        "INTERVAL" => interval(bytes)?.into(),
        "VOID" => Value::Null,
        "INET" | "CIDR" | "MACADDR" | "MACADDR8" | "POINT" | "LINE" | "LSEG" | "BOX" | "PATH" | "POLYGON"
        | "CIRCLE" | "BIT" | "VARBIT" | "RECORD" => return None,
        _ => return utf8(bytes),
    })
}

/// Text.
pub fn utf8(bytes: &[u8]) -> Option<Value> {
    std::str::from_utf8(bytes).ok().map(Value::string)
}

/// A binary number by its shortest text; what is none, such as `NaN`, stays a text.
fn double(text: String) -> Option<Value> {
    Some(Number::parse(&text).map_or_else(|| Value::from(text), Value::from))
}

/// Digits in base 10000 with the power of the first one, the sign, and how many decimals are shown.
fn numeric(bytes: &[u8]) -> Option<Value> {
    let mut words = bytes.chunks_exact(2).map(|two| u16::from_be_bytes([two[0], two[1]]));
    let (count, weight, sign, scale) = (words.next()?, words.next()? as i16, words.next()?, words.next()?);
    let digits: Vec<u16> = words.take(count.into()).collect();
    match sign {
        0 | 0x4000 => {}
        0xD000 => return Some("Infinity".into()),
        0xF000 => return Some("-Infinity".into()),
        _ => return Some("NaN".into()),
    }
    let group = |power: i32| usize::try_from(i32::from(weight) - power).ok().and_then(|at| digits.get(at)).copied();
    let mut text = String::from(if sign == 0 { "" } else { "-" });
    for power in (0..=i32::from(weight.max(0))).rev() {
        let _ = write!(text, "{:04}", group(power).unwrap_or(0));
    }
    text.push('.');
    let from = text.len();
    for power in (1..).take_while(|power| (power - 1) * 4 < i32::from(scale)) {
        let _ = write!(text, "{:04}", group(-power).unwrap_or(0));
    }
    text.truncate(from + usize::from(scale));
    Number::parse(text.trim_end_matches('.')).map(Value::from)
}

/// The day that PostgreSQL counts from: 2000-01-01, in days since 1970.
const FIRST_DAY: i64 = 10_957;

fn date(days: i32) -> Option<Value> {
    match days {
        i32::MAX => Some("infinity".into()),
        i32::MIN => Some("-infinity".into()),
        _ => Some(crate::value::Temporal::from(Date::from_epoch_day(FIRST_DAY + i64::from(days))?).into()),
    }
}

fn time_of_day(bytes: &[u8]) -> Option<LocalTime> {
    let micros = u64::try_from(i64::from_be_bytes(bytes.try_into().ok()?)).ok()?;
    // The last moment of a day may be written as 24:00.
    LocalTime::from_nano_of_day(micros.checked_mul(1000)?).or(Some(LocalTime::MIDNIGHT))
}

enum Moment {
    At(LocalDateTime),
    Endless(&'static str),
}

fn moment(bytes: &[u8]) -> Option<Moment> {
    const DAY: i128 = 86_400_000_000_000;
    Some(match i64::from_be_bytes(bytes.try_into().ok()?) {
        i64::MAX => Moment::Endless("infinity"),
        i64::MIN => Moment::Endless("-infinity"),
        micros => Moment::At(LocalDateTime::from_nanos(i128::from(micros) * 1000 + i128::from(FIRST_DAY) * DAY)?),
    })
}

/// `P1M2DT3.5S`
fn interval(bytes: &[u8]) -> Option<String> {
    let micros = i64::from_be_bytes(bytes.get(..8)?.try_into().ok()?);
    let days = i32::from_be_bytes(bytes.get(8..12)?.try_into().ok()?);
    let months = i32::from_be_bytes(bytes.get(12..16)?.try_into().ok()?);
    let mut out = String::from("P");
    if months != 0 {
        let _ = write!(out, "{months}M");
    }
    if days != 0 {
        let _ = write!(out, "{days}D");
    }
    if micros != 0 || out.len() == 1 {
        let seconds = Number::from_parts(micros.into(), 6);
        let text = crate::value::coerce::to_text(&seconds.into()).ok()?;
        let _ = write!(out, "T{}S", text.trim_end_matches('0').trim_end_matches('.'));
    }
    if out.ends_with("TS") {
        out = out.replace("TS", "T0S");
    }
    Some(out)
}

/// The elements of an array; those of several dimensions are lists of lists.
fn elements(kind: &str, bytes: &[u8]) -> Option<Value> {
    let word = |at: usize| bytes.get(at..at + 4).and_then(|word| Some(i32::from_be_bytes(word.try_into().ok()?)));
    let dimensions = usize::try_from(word(0)?).ok()?;
    let sizes: Option<Vec<usize>> = (0..dimensions).map(|i| usize::try_from(word(12 + i * 8)?).ok()).collect();
    let mut at = 12 + dimensions * 8;
    let mut values = Vec::new();
    while at < bytes.len() {
        let length = word(at)?;
        at += 4;
        match usize::try_from(length) {
            Err(_) => values.push(Value::Null),
            Ok(length) => {
                values.push(binary(kind, bytes.get(at..at.checked_add(length)?)?)?);
                at += length;
            }
        }
    }
    for size in sizes?.into_iter().skip(1).rev().filter(|size| *size > 0) {
        values = values.chunks(size).map(|chunk| Value::array(chunk.to_vec())).collect();
    }
    Some(Value::array(values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::coerce::to_text;

    #[test]
    fn numerics_keep_their_digits() {
        let shown = |words: &[u16]| {
            let bytes: Vec<u8> = words.iter().flat_map(|word| word.to_be_bytes()).collect();
            to_text(&numeric(&bytes).unwrap()).unwrap().to_string()
        };
        assert_eq!(shown(&[2, 0, 0, 2, 12, 3400]), "12.34");
        assert_eq!(shown(&[1, 1, 0x4000, 0, 3]), "-30000");
        assert_eq!(shown(&[1, 0xFFFF, 0, 4, 7]), "0.0007");
        assert_eq!(shown(&[1, 0xFFFE, 0, 8, 7]), "7E-8");
        assert_eq!(shown(&[0, 0, 0, 2]), "0");
        assert_eq!(shown(&[0, 0, 0xC000, 0]), "NaN");
    }

    #[test]
    fn intervals_are_periods() {
        let bytes = |micros: i64, days: i32, months: i32| {
            [&micros.to_be_bytes()[..], &days.to_be_bytes(), &months.to_be_bytes()].concat()
        };
        assert_eq!(interval(&bytes(3_500_000, 2, 1)).unwrap(), "P1M2DT3.5S");
        assert_eq!(interval(&bytes(0, 0, 0)).unwrap(), "PT0S");
    }
}
