//! Natives of `dw::core::Dates`.

use crate::diag::{Code, Fault};
use crate::eval::{Args, Native};
use crate::value::number::Rounding;
use crate::value::temporal::{Date, DateTime, LocalDateTime, LocalTime, Temporal, Time, Zone};
use crate::value::{Number, Object, Value};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Dates::atBeginningOfDay", body: |_, args| beginning(&args, Some) },
    Native { key: "Dates::atBeginningOfHour", body: |_, args| of_hour(&args) },
    Native { key: "Dates::atBeginningOfWeek", body: |_, args| beginning(&args, sunday) },
    Native {
        key: "Dates::atBeginningOfMonth",
        body: |_, args| beginning(&args, |day| Date::new(day.year(), day.month().into(), 1)),
    },
    Native { key: "Dates::atBeginningOfYear", body: |_, args| beginning(&args, |day| Date::new(day.year(), 1, 1)) },
    Native { key: "Dates::date", body: |_, args| Ok(Temporal::Date(date(args.object(0)?)?).into()) },
    Native { key: "Dates::dateTime", body: |_, args| date_time(args.object(0)?) },
    Native { key: "Dates::localDateTime", body: |_, args| Ok(local_date_time(args.object(0)?)?.into()) },
    Native { key: "Dates::localTime", body: |_, args| Ok(Temporal::LocalTime(local_time(args.object(0)?)?).into()) },
    Native { key: "Dates::time", body: |_, args| time(args.object(0)?) },
];

/// The same day and time of day, changed; a moment stays in its zone.
fn changed(old: &Temporal, day: fn(Date) -> Option<Date>, time: fn(LocalTime) -> LocalTime) -> Option<Temporal> {
    let local = |old: LocalDateTime| Some(LocalDateTime { date: day(old.date)?, time: time(old.time) });
    Some(match old {
        Temporal::Date(date) => day(*date)?.into(),
        Temporal::LocalDateTime(old) => local(*old)?.into(),
        Temporal::DateTime(old) => old.with_local(local(old.local())?)?.into(),
        Temporal::LocalTime(old) => time(*old).into(),
        Temporal::Time(old) => Time { time: time(old.time), offset: old.offset }.into(),
        Temporal::TimeZone(_) | Temporal::Period(_) => return None,
    })
}

fn beginning(args: &Args<'_>, day: fn(Date) -> Option<Date>) -> Result<Value, Fault> {
    changed(args.temporal(0)?, day, |_| LocalTime::MIDNIGHT).map(Value::from).ok_or_else(out_of_years)
}

fn of_hour(args: &Args<'_>) -> Result<Value, Fault> {
    changed(args.temporal(0)?, Some, LocalTime::start_of_hour).map(Value::from).ok_or_else(out_of_years)
}

/// The Sunday on which the week began.
fn sunday(day: Date) -> Option<Date> {
    day.plus_days(-i64::from(day.weekday() % 7))
}

fn out_of_years() -> Fault {
    Fault::new(Code::Argument, "that moment lies outside of the years there are")
}

/// A whole number from a field: its raw value must lie in the range, then it is rounded.
fn part(parts: &Object, name: &str, least: i64, most: i64) -> Result<i64, Fault> {
    let number = parts.get(name).and_then(Value::as_number).unwrap_or(Number::Int(i64::MIN));
    if number < Number::Int(least) || number > Number::Int(most) {
        let message = format!("`{name}` must lie between {least} and {most}, but it is {number}");
        return Err(Fault::new(Code::Argument, message));
    }
    let rounded = number.rounded(0, Rounding::HalfUp)?;
    rounded.to_i64().ok_or_else(|| Fault::internal("a small number did not fit"))
}

fn date(parts: &Object) -> Result<Date, Fault> {
    let year = part(parts, "year", 1_000, 9_999)?;
    if parts.get("year").and_then(Value::as_number).is_some_and(|year| !year.is_whole()) {
        return Err(Fault::new(Code::Argument, "`year` must be a whole number"));
    }
    let (month, day) = (part(parts, "month", 1, 12)?, part(parts, "day", 1, 31)?);
    Date::new(year, month, day).ok_or_else(|| {
        let message = format!("there is no day {year}-{month:02}-{day:02}");
        Fault::new(Code::Argument, message).help("check the length of the month")
    })
}

fn local_time(parts: &Object) -> Result<LocalTime, Fault> {
    let [hour, minutes, seconds] = [("hour", 23), ("minutes", 59), ("seconds", 59)]
        .map(|(name, most)| part(parts, name, 0, most).map(|n| n.unsigned_abs()));
    LocalTime::new(hour?, minutes?, seconds?, 0).ok_or_else(|| Fault::internal("a checked time of day was refused"))
}

fn local_date_time(parts: &Object) -> Result<Temporal, Fault> {
    Ok(LocalDateTime { date: date(parts)?, time: local_time(parts)? }.into())
}

fn zone(parts: &Object) -> Result<&Zone, Fault> {
    match parts.get("timeZone").map(Value::bare) {
        Some(Value::Temporal(temporal)) if let Temporal::TimeZone(zone) = &**temporal => Ok(zone),
        _ => Err(Fault::new(Code::Argument, "`timeZone` must be a TimeZone")),
    }
}

fn date_time(parts: &Object) -> Result<Value, Fault> {
    let local = LocalDateTime { date: date(parts)?, time: local_time(parts)? };
    let moment = DateTime::in_zone(local, zone(parts)?.clone(), None).ok_or_else(out_of_years)?;
    Ok(Temporal::DateTime(moment).into())
}

fn time(parts: &Object) -> Result<Value, Fault> {
    match zone(parts)? {
        Zone::Offset(offset) => Ok(Temporal::Time(Time { time: local_time(parts)?, offset: *offset }).into()),
        Zone::Region(region) => {
            let message = format!("a Time needs an offset, but {} has different ones over the year", region.id());
            Err(Fault::new(Code::Argument, message).help("give an offset, such as `|+01:00|`"))
        }
    }
}
