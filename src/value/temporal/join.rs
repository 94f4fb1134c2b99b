//! `++` and `>>` where a temporal value takes part. Operands convert as in [`super::arithmetic`].

use super::coerce::operands;
use super::moment::DateTime;
use super::{LocalDateTime, Temporal, Time, fault};
use crate::diag::Fault;
use crate::value::Value;
use crate::value::ty::Simple;

/// What `++` joins; anything else is text.
const JOINTS: [(Simple, Simple); 10] = [
    (Simple::Date, Simple::Time),
    (Simple::Time, Simple::Date),
    (Simple::Date, Simple::LocalTime),
    (Simple::LocalTime, Simple::Date),
    (Simple::LocalDateTime, Simple::TimeZone),
    (Simple::TimeZone, Simple::LocalDateTime),
    (Simple::LocalTime, Simple::TimeZone),
    (Simple::TimeZone, Simple::LocalTime),
    (Simple::Date, Simple::TimeZone),
    (Simple::TimeZone, Simple::Date),
];

/// `a ++ b`: a date, a time and a zone put together. `None`: to be joined as texts.
pub fn concat(a: &Value, b: &Value) -> Option<Result<Value, Fault>> {
    let kinds = [a.bare(), b.bare()];
    let temporal = kinds.iter().filter(|v| matches!(v, Value::Temporal(_))).count();
    let texts = kinds.iter().filter(|v| matches!(v, Value::String(_))).count();
    if temporal == 0 || temporal + texts < 2 {
        return None;
    }
    // Joining as texts converts every temporal value: dearer joints lose to it.
    let (_, a, b) = operands(a, b, &JOINTS).filter(|(cost, ..)| usize::from(*cost) <= temporal)?;
    Some(join(a, b).map(Value::from).ok_or_else(fault::out_of_range))
}

/// `moment >> zone`: the same instant on another clock. `None`: not a moment, or not a zone.
pub fn shift_zone(moment: &Value, zone: &Value) -> Option<Result<Value, Fault>> {
    let (_, moment, zone) = operands(moment, zone, &[(Simple::DateTime, Simple::TimeZone)])?;
    let (Temporal::DateTime(moment), Temporal::TimeZone(zone)) = (moment, zone) else { return None };
    Some(moment.shifted(zone).map(|t| Temporal::from(t).into()).ok_or_else(fault::out_of_range))
}

fn join(a: Temporal, b: Temporal) -> Option<Temporal> {
    match (a, b) {
        (Temporal::Date(date), Temporal::LocalTime(time)) | (Temporal::LocalTime(time), Temporal::Date(date)) => {
            Some(LocalDateTime { date, time }.into())
        }
        (Temporal::Date(date), Temporal::Time(t)) | (Temporal::Time(t), Temporal::Date(date)) => {
            Some(DateTime::at_offset(LocalDateTime { date, time: t.time }, t.offset).into())
        }
        (Temporal::LocalDateTime(local), Temporal::TimeZone(zone))
        | (Temporal::TimeZone(zone), Temporal::LocalDateTime(local)) => {
            DateTime::in_zone(local, zone, None).map(Temporal::from)
        }
        (Temporal::LocalTime(time), Temporal::TimeZone(zone))
        | (Temporal::TimeZone(zone), Temporal::LocalTime(time)) => {
            Some(Time { time, offset: zone.offset_now() }.into())
        }
        (Temporal::Date(date), Temporal::TimeZone(zone)) | (Temporal::TimeZone(zone), Temporal::Date(date)) => {
            DateTime::in_zone(date.at_midnight(), zone, None).map(Temporal::from)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::applied;
    use super::*;

    fn apply(script: &str) -> String {
        applied(script, |op, a, b| if op == "++" { concat(a, b) } else { shift_zone(a, b) })
    }

    #[test]
    fn joints() {
        for (script, result) in [
            ("|12:30| ++ |2020-01-15|", "|2020-01-15T12:30:00|"),
            ("|2020-01-15| ++ |12:30+02:00|", "|2020-01-15T12:30:00+02:00|"),
            ("|2020-01-15| ++ |+02:00|", "|2020-01-15T00:00:00+02:00|"),
            ("|2020-01-15T12:30:00Z| ++ |-03:00|", "|2020-01-15T12:30:00-03:00|"),
            ("|-03:00| ++ |2020-01-15T12:30:00Z|", "|2020-01-15T12:30:00-03:00|"),
            ("|12:30| ++ |+02:00|", "|12:30:00+02:00|"),
            ("|2020-01-15| ++ \"09:00\"", "|2020-01-15T09:00:00Z|"),
            ("\"2020-01-15T10:00-03:00\" ++ |09:00|", "|2020-01-15T09:00:00|"),
            ("|2020-01-15T10:00| ++ \"+04:00\"", "|2020-01-15T10:00:00+04:00|"),
            ("|2020-01-15T10:00Z| ++ \"+04:00\"", "none"),
            ("|2020-01-15T10:00| ++ \"2020-01-15\"", "none"),
            ("|2020-01-15| ++ |2020-01-15|", "none"),
            ("|2020-01-15| ++ 5", "none"),
            ("\"2020-01-15\" ++ \"09:00\"", "none"),
        ] {
            assert_eq!(apply(script), result, "{script}");
        }
    }

    #[test]
    fn zone_shifts() {
        for (script, result) in [
            ("|2020-07-15T12:00:00Z| >> \"America/New_York\"", "|2020-07-15T08:00:00-04:00|"),
            ("|1850-01-01T12:00:00Z| >> \"America/New_York\"", "|1850-01-01T07:03:58-04:56:02|"),
            ("|2060-07-01T12:00:00Z| >> \"Europe/Madrid\"", "|2060-07-01T14:00:00+02:00|"),
            ("|2020-07-15T12:00| >> \"GMT+3\"", "|2020-07-15T15:00:00+03:00|"),
            ("\"2020-01-15T12:00:00+05:00\" >> |Z|", "|2020-01-15T07:00:00Z|"),
            ("|2020-01-15T12:00:00Z| >> \"Asia/Atlantis\"", "none"),
            ("|2020-01-15| >> |Z|", "none"),
        ] {
            assert_eq!(apply(script), result, "{script}");
        }
    }
}
