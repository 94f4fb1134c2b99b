//! From one temporal type to another: parts are dropped, UTC is added, the wall clock never moves.

use super::moment::{DateTime, Time};
use super::offset::Offset;
use super::zone::Zone;
use super::{Temporal, iso, period};
use crate::value::ty::Simple;

impl Temporal {
    /// Its type.
    pub fn simple_type(&self) -> Simple {
        match self {
            Temporal::Date(_) => Simple::Date,
            Temporal::Time(_) => Simple::Time,
            Temporal::LocalTime(_) => Simple::LocalTime,
            Temporal::DateTime(_) => Simple::DateTime,
            Temporal::LocalDateTime(_) => Simple::LocalDateTime,
            Temporal::TimeZone(_) => Simple::TimeZone,
            Temporal::Period(_) => Simple::Period,
        }
    }

    /// The same as another temporal type; `None` if there is no such conversion.
    pub fn to_type(&self, to: Simple) -> Option<Temporal> {
        if self.simple_type() == to {
            return Some(self.clone());
        }
        match (self, to) {
            (Temporal::DateTime(t), Simple::Date) => Some(t.local().date.into()),
            (Temporal::DateTime(t), Simple::LocalDateTime) => Some(t.local().into()),
            (Temporal::DateTime(t), Simple::LocalTime) => Some(t.local().time.into()),
            (Temporal::DateTime(t), Simple::Time) => Some(t.time().into()),
            (Temporal::DateTime(t), Simple::TimeZone) => Some(Zone::Offset(t.offset()).into()),
            (Temporal::LocalDateTime(t), Simple::Date) => Some(t.date.into()),
            (Temporal::LocalDateTime(t), Simple::LocalTime) => Some(t.time.into()),
            (Temporal::LocalDateTime(t), Simple::DateTime) => Some(DateTime::at_offset(*t, Offset::UTC).into()),
            (Temporal::LocalDateTime(t), Simple::Time) => Some(Time { time: t.time, offset: Offset::UTC }.into()),
            (Temporal::Time(t), Simple::LocalTime) => Some(t.time.into()),
            (Temporal::Time(t), Simple::TimeZone) => Some(Zone::Offset(t.offset).into()),
            (Temporal::LocalTime(t), Simple::Time) => Some(Time { time: *t, offset: Offset::UTC }.into()),
            _ => None,
        }
    }

    /// Reads a text as `as` does without a format.
    pub fn from_text(text: &str, to: Simple) -> Option<Temporal> {
        match to {
            Simple::Date => iso::date(text).map(Temporal::Date),
            Simple::Time => iso::time(text).map(Temporal::Time),
            Simple::LocalTime => iso::local_time(text).map(Temporal::LocalTime),
            Simple::DateTime => iso::date_time(text).map(Temporal::DateTime),
            Simple::LocalDateTime => iso::local_date_time(text).map(Temporal::LocalDateTime),
            Simple::TimeZone => iso::time_zone(text).map(Temporal::TimeZone),
            Simple::Period => period::parse(text).map(Temporal::Period),
            _ => None,
        }
    }
}
