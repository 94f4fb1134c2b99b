//! Natives of `dw::core::Periods`.

use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, Run};
use crate::value::temporal::{Date, Dates, Duration, Period, Temporal};
use crate::value::{Number, Object, Value};
use num_traits::ToPrimitive;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Periods::between", body: between },
    Native { key: "Periods::duration", body: |_, args| duration(args.object(0)?) },
    Native { key: "Periods::period", body: |_, args| period(args.object(0)?) },
];

fn between(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (end, start) = (date(&args, 0)?, date(&args, 1)?);
    let dates = Dates::between(start, end).ok_or_else(|| too_long("years"))?;
    Ok(Temporal::Period(Period::Dates(dates)).into())
}

fn date(args: &Args<'_>, index: usize) -> Result<Date, Fault> {
    match args.temporal(index)? {
        Temporal::Date(date) => Ok(*date),
        other => Err(Fault::internal(format!("a Date was declared, but a {} came", other.type_name()))),
    }
}

fn field(parts: &Object, name: &str) -> Number {
    parts.get(name).and_then(Value::as_number).unwrap_or(Number::Int(0))
}

/// Years, months and days as they are given: whole numbers, not carried over.
fn period(parts: &Object) -> Result<Value, Fault> {
    let whole = |name: &'static str| {
        let number = field(parts, name);
        if !number.is_whole() {
            return Err(Fault::new(Code::Argument, format!("`{name}` must be a whole number, but it is {number}"))
                .help("a part of a day can be given to `duration`"));
        }
        number.to_i64().and_then(|n| i32::try_from(n).ok()).ok_or_else(|| too_long(name))
    };
    let dates = Dates { years: whole("years")?, months: whole("months")?, days: whole("days")? };
    Ok(Temporal::Period(Period::Dates(dates)).into())
}

/// A span of time: a day is 24 hours; parts may be decimals.
fn duration(parts: &Object) -> Result<Value, Fault> {
    const NANOS: [(&str, i64); 4] = [
        ("days", 86_400_000_000_000),
        ("hours", 3_600_000_000_000),
        ("minutes", 60_000_000_000),
        ("seconds", 1_000_000_000),
    ];
    let mut nanos = Number::Int(0);
    for (name, unit) in NANOS {
        nanos = nanos.add(&field(parts, name).multiply(&Number::Int(unit))?)?;
    }
    if !nanos.is_whole() {
        let message = "a span of time cannot be divided below one nanosecond";
        return Err(Fault::new(Code::Argument, message).help("round the number to fewer decimals"));
    }
    let span = nanos.to_bigint().and_then(|nanos| nanos.to_i128()).and_then(Duration::from_nanos);
    let span = span.ok_or_else(|| too_long("seconds"))?;
    Ok(Temporal::Period(Period::Duration(span)).into())
}

fn too_long(part: &str) -> Fault {
    Fault::new(Code::Argument, format!("a period cannot have so many {part}"))
}
