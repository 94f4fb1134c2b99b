//! `+` and `-` where a temporal value takes part.
//!
//! Operands convert: the reference engine tries its overloads and takes the one with the fewest conversions, the
//! first of equals. The table below is in its order.

use super::coerce::{operand, operands};
use super::moment::DateTime;
use super::period::{Dates, Duration, Period};
use super::{Temporal, Time, fault, units};
use crate::diag::Fault;
use crate::value::ty::Simple;
use crate::value::{Number, Value};

/// The points in time, in the order in which texts are tried.
const POINTS: [Simple; 5] = [Simple::DateTime, Simple::LocalDateTime, Simple::Date, Simple::Time, Simple::LocalTime];

/// `a + b`: a point in time and a Period in either order, or the sum of two Periods as a Number.
/// `None`: nothing temporal; what remains is a sum of numbers, to which Periods and DateTimes convert.
pub fn add(a: &Value, b: &Value) -> Option<Result<Value, Fault>> {
    if let Some((a, b)) = both_periods(a, b) {
        return Some(in_numbers(&a, &b).and_then(|(a, b)| a.add(&b)).map(Value::from));
    }
    let (point, period) = point_and_period(a, b)?;
    Some(plus(&point, &period, 1).map(Value::from))
}

/// `a - b`: a point in time and a Period in either order (the Period is taken off), the Duration between two points,
/// or the difference of two Periods as a Number. `None` as for [`add`].
pub fn subtract(a: &Value, b: &Value) -> Option<Result<Value, Fault>> {
    if let Some((a, b)) = both_periods(a, b) {
        return Some(in_numbers(&a, &b).and_then(|(a, b)| a.subtract(&b)).map(Value::from));
    }
    if let Some((point, period)) = point_and_period(a, b) {
        return Some(plus(&point, &period, -1).map(Value::from));
    }
    if !may_be_temporal(a, b) {
        return None;
    }
    let (_, end, start) = operands(a, b, &POINTS.map(|point| (point, point)))?;
    let nanos = match (&end, &start) {
        (Temporal::DateTime(end), Temporal::DateTime(start)) => end.instant() - start.instant(),
        (Temporal::Time(end), Temporal::Time(start)) => end.utc_nanos() - start.utc_nanos(),
        _ => local_nanos(&end)? - local_nanos(&start)?,
    };
    let duration = Duration::from_nanos(nanos).map(|d| Value::from(Temporal::Period(Period::Duration(d))));
    Some(duration.ok_or_else(fault::out_of_range))
}

/// Two numbers, or anything but temporal values, numbers and texts, need no look at the tables.
fn may_be_temporal(a: &Value, b: &Value) -> bool {
    let kinds = [a.bare(), b.bare()];
    let temporal_or_text = |v: &&Value| matches!(v, Value::Temporal(_) | Value::String(_));
    kinds.iter().any(temporal_or_text) && kinds.iter().all(|v| temporal_or_text(v) || v.as_number().is_some())
}

fn both_periods(a: &Value, b: &Value) -> Option<(Period, Period)> {
    match (a.bare(), b.bare()) {
        (Value::Temporal(a), Value::Temporal(b)) => match (&**a, &**b) {
            (Temporal::Period(a), Temporal::Period(b)) => Some((*a, *b)),
            _ => None,
        },
        _ => None,
    }
}

fn in_numbers(a: &Period, b: &Period) -> Result<(Number, Number), Fault> {
    Ok((units::of_period(a, None)?, units::of_period(b, None)?))
}

fn point_and_period(a: &Value, b: &Value) -> Option<(Temporal, Period)> {
    if !may_be_temporal(a, b) {
        return None;
    }
    let period_last = operand(b, Simple::Period).and_then(|_| operands(a, b, &POINTS.map(|p| (p, Simple::Period))));
    let period_first = operand(a, Simple::Period).and_then(|_| operands(b, a, &POINTS.map(|p| (p, Simple::Period))));
    let (_, point, period) = [period_last, period_first].into_iter().flatten().min_by_key(|(cost, ..)| *cost)?;
    match period {
        Temporal::Period(period) => Some((point, period)),
        _ => None,
    }
}

/// The point `sign` times the period later.
fn plus(point: &Temporal, period: &Period, sign: i8) -> Result<Temporal, Fault> {
    let later = match period {
        Period::Dates(dates) if *dates == Dates::default() => return Ok(point.clone()),
        Period::Duration(duration) if duration.nanos() == 0 => return Ok(point.clone()),
        Period::Dates(dates) => plus_dates(point, *dates, sign.into()),
        Period::Duration(duration) => plus_nanos(point, duration.nanos() * i128::from(sign)),
    };
    later.unwrap_or_else(|| Err(fault::period_does_not_fit(point, &Temporal::Period(*period))))
}

/// Months first, then days. `None` for a point without a date.
fn plus_dates(point: &Temporal, dates: Dates, sign: i64) -> Option<Result<Temporal, Fault>> {
    let (months, days) = (dates.total_months() * sign, i64::from(dates.days) * sign);
    let later = match point {
        Temporal::Date(date) => date.plus_months(months).and_then(|d| d.plus_days(days)).map(Temporal::Date),
        Temporal::LocalDateTime(local) => local.plus_months(months).and_then(|l| l.plus_days(days)).map(Temporal::from),
        Temporal::DateTime(moment) => months_and_days_later(moment, months, days).map(Temporal::from),
        _ => return None,
    };
    Some(later.ok_or_else(fault::out_of_range))
}

/// The zone is asked after each step, as java.time does: a gap met half-way moves the time of day.
fn months_and_days_later(moment: &DateTime, months: i64, days: i64) -> Option<DateTime> {
    let moment = moment.with_local(moment.local().plus_months(months)?)?;
    moment.with_local(moment.local().plus_days(days)?)
}

/// `None` for a point without a time of day.
fn plus_nanos(point: &Temporal, nanos: i128) -> Option<Result<Temporal, Fault>> {
    let later = match point {
        Temporal::LocalTime(time) => Some(time.wrapping_plus(nanos).into()),
        Temporal::Time(t) => Some(Time { time: t.time.wrapping_plus(nanos), ..*t }.into()),
        Temporal::LocalDateTime(local) => local.plus_nanos(nanos).map(Temporal::from),
        Temporal::DateTime(moment) => moment.plus_nanos(nanos).map(Temporal::from),
        _ => return None,
    };
    Some(later.ok_or_else(fault::out_of_range))
}

fn local_nanos(point: &Temporal) -> Option<i128> {
    match point {
        Temporal::Date(date) => Some(date.at_midnight().nanos()),
        Temporal::LocalDateTime(local) => Some(local.nanos()),
        Temporal::LocalTime(time) => Some(time.nano_of_day().into()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::shift_zone;
    use super::super::testing::{applied, show, value};
    use super::*;

    fn apply(script: &str) -> String {
        applied(script, |op, a, b| if op == "+" { add(a, b) } else { subtract(a, b) })
    }

    #[test]
    fn points_and_periods() {
        for (script, result) in [
            ("|2023-01-31| + |P1M|", "|2023-02-28|"),
            ("|2023-03-31| + |P1M-1D|", "|2023-04-29|"),
            ("|2023-03-31| - |P1Y-2M|", "|2022-05-31|"),
            ("|P10D| - |2023-05-17|", "|2023-05-07|"),
            ("|2024-02-29T22:30:00+09:00| - |P1Y|", "|2023-02-28T22:30:00+09:00|"),
            ("|2023-05-17T22:30:00| + |PT90M|", "|2023-05-18T00:00:00|"),
            ("|22:30+02:00| + |PT26H|", "|00:30:00+02:00|"),
            ("|00:00| - |PT0.000000001S|", "|23:59:59.999999999|"),
            ("|2023-05-17| + |PT0S|", "|2023-05-17|"),
            ("|2023-05-17| + |PT24H|", "fault"),
            ("|22:30| + |P1D|", "fault"),
            ("|+12345-01-01| + |P999999999Y|", "fault"),
            ("|2023-05-17| + \"P10D\"", "|2023-05-27|"),
            ("|2023-05-17| + \"10\"", "none"),
            ("|2023-05-17| + 1", "none"),
            ("|P1D| + 1", "|1970-01-02T00:00:01Z|"),
            ("1 + \"P1D\"", "|1970-01-02T00:00:01Z|"),
            ("\"2023-05-17T10:00:00\" + |PT90M|", "|2023-05-17T11:30:00Z|"),
            ("\"09:00:00\" + \"PT30M\"", "|09:30:00Z|"),
            ("|+03:00| + |P1D|", "none"),
            ("1 + 2", "none"),
        ] {
            assert_eq!(apply(script), result, "{script}");
        }
    }

    #[test]
    fn differences() {
        for (script, result) in [
            ("|2023-03-01| - |2023-02-01|", "|PT672H|"),
            ("|2023-05-16T12:00:00Z| - |2023-05-17T12:00:01Z|", "|PT-24H-1S|"),
            ("|12:00Z| - |12:00+02:00|", "|PT2H|"),
            ("|2023-05-17T10:00| - |2023-05-17T10:00+02:00|", "|PT2H|"),
            ("|2023-05-17T10:00+02:00| - |2023-05-17|", "|PT0S|"),
            ("|2023-05-17T10:00| - |10:00+02:00|", "|PT2H|"),
            ("|2023-05-17T10:00+02:00| - |10:00|", "|PT0S|"),
            ("|2023-05-17T10:00| - 5", "|PT467865H59M55S|"),
            ("|2023-05-17T10:00| - \"2023-05-01T09:00:00-03:00\"", "|PT385H|"),
            ("\"2023-05-17\" - \"2023-05-01\"", "|PT384H|"),
            ("|2023-05-17| - |10:00|", "none"),
            ("|P1Y| - |P2M|", "10"),
            ("|PT0.6S| + |PT0.6S|", "0"),
            ("|P1M| + |PT1H|", "3601"),
            ("|P1D| + \"5\"", "none"),
        ] {
            assert_eq!(apply(script), result, "{script}");
        }
    }

    #[test]
    fn a_region_stays_through_arithmetic() {
        let madrid = value("\"Europe/Madrid\"");
        let there = |text: &str| shift_zone(&value(text), &madrid).unwrap().unwrap();
        for (start, period, end) in [
            ("|2020-03-28T01:30:00Z|", "|P1D|", "|2020-03-29T03:30:00+02:00|"),
            ("|2020-03-28T01:30:00Z|", "|PT24H|", "|2020-03-29T03:30:00+02:00|"),
            ("|2020-03-28T01:30:00Z|", "|P2D|", "|2020-03-30T02:30:00+02:00|"),
            ("|2020-10-24T00:30:00Z|", "|P1D|", "|2020-10-25T02:30:00+02:00|"),
            ("|2020-10-26T01:30:00Z|", "|P-1D|", "|2020-10-25T02:30:00+01:00|"),
            ("|2020-03-28T11:00:00Z|", "|P1D|", "|2020-03-29T12:00:00+02:00|"),
            ("|2020-03-28T11:00:00Z|", "|PT24H|", "|2020-03-29T13:00:00+02:00|"),
        ] {
            assert_eq!(show(&add(&there(start), &value(period)).unwrap().unwrap()), end, "{start} + {period}");
        }
    }
}
