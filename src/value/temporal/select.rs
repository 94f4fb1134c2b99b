//! The parts that selectors reach: `.year`, `.timezone`, `.days`; of texts and numbers by conversion.

use super::civil::{Date, LocalTime, SECONDS_PER_DAY};
use super::offset::Offset;
use super::period::{Dates, Duration, Period};
use super::zone::Zone;
use super::{Temporal, units};
use crate::value::Value;
use crate::value::ty::Simple;

/// The part of this name. `Some(Null)`: there is no such part. `None`: the value has no parts at all (a TimeZone, a
/// text that is neither date nor time nor period), so that selecting is a mistake.
pub fn select(value: &Value, name: &str) -> Option<Value> {
    const READ_AS: [Simple; 4] = [Simple::DateTime, Simple::Date, Simple::Time, Simple::Period];
    match value.bare() {
        Value::Temporal(t) => part(t, name),
        Value::String(text) => part(&READ_AS.iter().find_map(|ty| Temporal::from_text(text, *ty))?, name),
        bare => part(&units::to_moment(&bare.as_number()?, None).ok()?.into(), name),
    }
}

fn part(temporal: &Temporal, name: &str) -> Option<Value> {
    let found = match temporal {
        Temporal::Date(date) => of_date(*date, name),
        Temporal::LocalTime(time) => of_time(*time, name),
        Temporal::LocalDateTime(local) => of_date(local.date, name).or_else(|| of_time(local.time, name)),
        Temporal::Time(t) => of_time(t.time, name).or_else(|| of_offset(t.offset, name)),
        Temporal::DateTime(t) => of_date(t.local().date, name)
            .or_else(|| of_time(t.local().time, name))
            .or_else(|| of_offset(t.offset(), name)),
        Temporal::Period(Period::Dates(dates)) => of_dates(*dates, name),
        Temporal::Period(Period::Duration(duration)) => of_duration(*duration, name),
        Temporal::TimeZone(_) => return None,
    };
    Some(found.unwrap_or_default())
}

fn of_date(date: Date, name: &str) -> Option<Value> {
    Some(Value::Int(match name {
        "year" => date.year(),
        "month" => date.month().into(),
        "day" => date.day().into(),
        "quarter" => date.quarter().into(),
        "dayOfWeek" => date.weekday().into(),
        "dayOfYear" => date.day_of_year(),
        _ => return None,
    }))
}

fn of_time(time: LocalTime, name: &str) -> Option<Value> {
    Some(Value::Int(match name {
        "hour" => time.hour() as i64,
        "minutes" => time.minute() as i64,
        "seconds" => time.second() as i64,
        "milliseconds" => i64::from(time.nano() / 1_000_000),
        "nanoseconds" => time.nano().into(),
        _ => return None,
    }))
}

fn of_offset(offset: Offset, name: &str) -> Option<Value> {
    match name {
        "offsetSeconds" => Some(Value::Int(offset.seconds().into())),
        "timezone" => Some(Temporal::TimeZone(Zone::Offset(offset)).into()),
        _ => None,
    }
}

fn of_dates(dates: Dates, name: &str) -> Option<Value> {
    Some(Value::Int(match name {
        "years" => dates.years.into(),
        "months" => dates.months.into(),
        "days" => dates.days.into(),
        _ => return None,
    }))
}

/// The seconds are rounded down, the other parts are cut from them, so that a negative duration has positive `nanos`.
fn of_duration(duration: Duration, name: &str) -> Option<Value> {
    let seconds = duration.seconds();
    let part = match name {
        "days" => seconds / i128::from(SECONDS_PER_DAY),
        "hours" => seconds / 3_600 % 24,
        "minutes" => seconds / 60 % 60,
        "secs" => seconds % 60,
        "seconds" => seconds,
        "nanos" => duration.nanos().rem_euclid(1_000_000_000),
        _ => return None,
    };
    i64::try_from(part).ok().map(Value::Int)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{show, value};
    use super::*;

    /// All parts that are there, in the order of the names.
    fn parts(text: &str) -> String {
        let names = "year month day hour minutes seconds milliseconds nanoseconds quarter dayOfWeek dayOfYear \
                     offsetSeconds timezone years months days hours secs nanos foo";
        let found =
            names.split_whitespace().map(|name| select(&value(text), name).map_or("-".to_string(), |v| show(&v)));
        found.filter(|part| part != "null").collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn parts_of_each_type() {
        for (text, expected) in [
            ("|2016-12-31|", "2016 12 31 4 6 366"),
            ("|13:14:15.000999999|", "13 14 15 0 999999"),
            ("|2016-02-29T13:14:15.016017018|", "2016 2 29 13 14 15 16 16017018 1 1 60"),
            ("|2016-02-29T13:14:15.5-03:30|", "2016 2 29 13 14 15 500 500000000 1 1 60 -12600 |-03:30|"),
            ("|13:14:15+01:00|", "13 14 15 0 0 3600 |+01:00|"),
            ("|P-1Y2M|", "-1 2 0"),
            ("|PT51H4M5.006S|", "4 183845 2 3 5 6000000"),
            ("|PT-51H-4M-5.006S|", "-4 -183846 -2 -3 -6 994000000"),
            ("\"2016-02-29\"", "2016 2 29 1 1 60"),
            ("\"2016-02-29T13:14:15Z\"", "2016 2 29 13 14 15 0 0 1 1 60 0 |Z|"),
            ("\"13:14+01:00\"", "13 14 0 0 0 3600 |+01:00|"),
            ("\"P1D\"", "0 0 1"),
            ("0", "1970 1 1 0 0 0 0 0 1 4 1 0 |Z|"),
        ] {
            assert_eq!(parts(text), expected, "{text}");
        }
    }

    #[test]
    fn values_without_parts() {
        for text in ["|+01:00|", "\"+01:00\"", "\"hello\""] {
            assert!(select(&value(text), "year").is_none(), "{text}");
        }
    }
}
