//! `<` and its kin, and `~=`, where a temporal value takes part; `==` is `PartialEq`.

use super::coerce::coerce;
use super::{DateTime, LocalDateTime, Offset, Temporal, Time, Zone, fault};
use crate::diag::Fault;
use crate::value::ty::Simple;
use crate::value::{Schema, Value};
use std::cmp::Ordering;

impl PartialOrd for Temporal {
    /// The order within a type; `None` between types and for Periods.
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Temporal::Date(a), Temporal::Date(b)) => Some(a.cmp(b)),
            (Temporal::Time(a), Temporal::Time(b)) => Some(a.cmp(b)),
            (Temporal::LocalTime(a), Temporal::LocalTime(b)) => Some(a.cmp(b)),
            (Temporal::DateTime(a), Temporal::DateTime(b)) => Some(a.cmp(b)),
            (Temporal::LocalDateTime(a), Temporal::LocalDateTime(b)) => Some(a.cmp(b)),
            (Temporal::TimeZone(a), Temporal::TimeZone(b)) => Some(east_to_west(a, b)),
            _ => None,
        }
    }
}

fn east_to_west(a: &Zone, b: &Zone) -> Ordering {
    b.offset_now().seconds().cmp(&a.offset_now().seconds())
}

/// The order for `<`, `<=`, `>`, `>=`, `max` and `min`: the poorer type is widened (a Date counts as midnight, a local
/// time as UTC), text is read as the other side's type. `None`: not temporal, or without order.
pub fn compare(a: &Value, b: &Value) -> Option<Result<Ordering, Fault>> {
    match (a.bare(), b.bare()) {
        (Value::Temporal(a), Value::Temporal(b)) => widening(a, b).map(Ok),
        (Value::Temporal(t), Value::String(text)) => against_text(t, text, b),
        (Value::String(text), Value::Temporal(t)) => against_text(t, text, a).map(|order| order.map(Ordering::reverse)),
        _ => None,
    }
}

fn widening(a: &Temporal, b: &Temporal) -> Option<Ordering> {
    a.partial_cmp(b).or_else(|| match (a, b) {
        (Temporal::LocalTime(_) | Temporal::Time(_), Temporal::LocalTime(_) | Temporal::Time(_)) => {
            Some(timed(a)?.cmp(&timed(b)?))
        }
        _ => Some(zoned(a)?.cmp(&zoned(b)?)),
    })
}

fn zoned(t: &Temporal) -> Option<DateTime> {
    let in_utc = |local: LocalDateTime| DateTime::at_offset(local, Offset::UTC);
    match t {
        Temporal::Date(date) => Some(in_utc(date.at_midnight())),
        Temporal::LocalDateTime(local) => Some(in_utc(*local)),
        Temporal::DateTime(moment) => Some(moment.clone()),
        _ => None,
    }
}

fn timed(t: &Temporal) -> Option<Time> {
    match t {
        Temporal::LocalTime(time) => Some(Time { time: *time, offset: Offset::UTC }),
        Temporal::Time(time) => Some(*time),
        _ => None,
    }
}

fn against_text(t: &Temporal, text: &str, value: &Value) -> Option<Result<Ordering, Fault>> {
    match Temporal::from_text(text, t.simple_type()) {
        Some(read) => t.partial_cmp(&read).map(Ok),
        None => Some(Err(fault::cannot_coerce(value, t.simple_type(), None))),
    }
}

/// Whether one side, converted to the other's type, equals it: `~=`. `None`: neither is temporal.
pub fn similar(a: &Value, b: &Value) -> Option<bool> {
    match (a.bare(), b.bare()) {
        (Value::Temporal(x), Value::Temporal(y)) => {
            let matches = |from: &Temporal, to: &Temporal| from.to_type(to.simple_type()).as_ref() == Some(to);
            Some(matches(x, y) || matches(y, x))
        }
        (Value::Temporal(t), other) | (other, Value::Temporal(t)) => Some(equals_converted(t, other)),
        _ => None,
    }
}

fn equals_converted(t: &Temporal, other: &Value) -> bool {
    let there = coerce(other, t.simple_type(), &Schema::default());
    if let Some(Ok(Value::Temporal(converted))) = there {
        return *converted == *t;
    }
    let number = || coerce(&Value::from(t.clone()), Simple::Number, &Schema::default());
    match (other.as_number(), other.as_str()) {
        (Some(expected), _) => number().is_some_and(|n| n.is_ok_and(|n| n.as_number() == Some(expected))),
        (None, Some(text)) => t.to_string() == text,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::value;
    use super::*;

    #[test]
    fn order_across_types() {
        for (a, b, order) in [
            ("|2017-03-01|", "|2017-03-02|", "Less"),
            ("|10:00|", "|10:00:00.000|", "Equal"),
            ("|2017-03-01T10:00:00Z|", "|2017-03-01T11:00:00+01:00|", "Equal"),
            ("|10:00Z|", "|12:00+02:00|", "Less"),
            ("|2017-03-01|", "|2017-03-01T05:00:00|", "Less"),
            ("|2017-03-01|", "|2017-03-01T00:00:00Z|", "Equal"),
            ("|2017-03-01T00:00:00|", "|2017-03-01T00:00:00-02:00|", "Less"),
            ("|10:00|", "|10:00+02:00|", "Greater"),
            ("|+02:00|", "|-03:00|", "Less"),
            ("|2017-03-01|", "\"2017-03-02T10:00\"", "Less"),
            ("\"09:00\"", "|10:00|", "Less"),
            ("|2017-03-01|", "\"soon\"", "fault"),
            ("|2017-03-01T00:00Z|", "\"2017-03-01\"", "fault"),
            ("|PT1H|", "|PT2H|", "none"),
            ("|PT1H|", "\"PT2H\"", "none"),
            ("|2017-03-01|", "|10:00|", "none"),
            ("|2017-03-01|", "5", "none"),
            ("\"2017-03-01\"", "\"2017-03-02\"", "none"),
        ] {
            let found = compare(&value(a), &value(b));
            let found = found.map_or("none".to_string(), |r| r.map_or("fault".to_string(), |o| format!("{o:?}")));
            assert_eq!(found, order, "{a} {b}");
        }
    }

    #[test]
    fn similarity_converts_either_side() {
        for (a, b, is_similar) in [
            ("|2017-03-01|", "\"2017-03-01\"", true),
            ("|2017-03-01|", "|2017-03-01T09:00|", true),
            ("|2017-03-01T10:00|", "|2017-03-01T10:00+02:00|", true),
            ("|10:00|", "|10:00+02:00|", true),
            ("|12:00+02:00|", "|10:00|", false),
            ("|+02:00|", "|2017-03-01T10:00+02:00|", true),
            ("|PT1H|", "3600", true),
            ("5", "|1970-01-01T00:00:05Z|", true),
            ("|PT60M|", "\"PT1H\"", true),
            ("|P1Y|", "|P12M|", false),
            ("\"abc\"", "|P1D|", false),
        ] {
            assert_eq!(similar(&value(a), &value(b)), Some(is_similar), "{a} {b}");
        }
        assert_eq!(similar(&Value::Null, &value("|P1D|")), Some(false));
    }

    #[test]
    fn equality_is_of_instants_and_else_of_parts() {
        for (a, b, equal) in [
            ("|2017-03-01T10:00:00Z|", "|2017-03-01T11:00:00+01:00|", true),
            ("|10:00Z|", "|12:00+02:00|", false),
            ("|PT60M|", "|PT1H|", true),
            ("|P12M|", "|P1Y|", false),
            ("|P1D|", "|PT24H|", false),
            ("|P0D|", "|PT0S|", false),
            ("|Z|", "|+00:00|", true),
        ] {
            let (Value::Temporal(x), Value::Temporal(y)) = (value(a), value(b)) else { unreachable!() };
            assert_eq!(x == y, equal, "{a} {b}");
        }
    }
}
