//! From the fields of a text to a point in time, by Java's rules for strict, smart and lenient resolving.

mod date;
mod time;

use super::field::{Field, Source};
use super::parse::Parsed;
use crate::value::locale::Week;
use crate::value::temporal::Temporal;
use crate::value::temporal::civil::{Date, LocalDateTime, LocalTime};
use crate::value::temporal::moment::{DateTime, Time};
use crate::value::temporal::offset::Offset;
use crate::value::temporal::zone::Zone;
use crate::value::ty::Simple;
use std::collections::BTreeMap;
use std::ops::Range;

/// How much is forgiven.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Nothing: every field in its range, years of an era with their era.
    Strict,
    /// Days 29 to 31 mean the month's last, 24:00 the next day's start.
    #[default]
    Smart,
    /// Months, days and times beyond their range run on.
    Lenient,
}

impl Mode {
    /// Reads a name, in any case of letters.
    pub fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_uppercase().as_str() {
            "LENIENT" => Some(Mode::Lenient),
            "SMART" => Some(Mode::Smart),
            "STRICT" => Some(Mode::Strict),
            _ => None,
        }
    }
}

/// What is known of the point in time.
#[derive(Debug)]
pub struct Resolved {
    date: Option<Date>,
    time: Option<LocalTime>,
    offset: Option<Offset>,
    zone: Option<Zone>,
}

impl Resolved {
    /// The point as this type; an error if something is missing.
    pub fn to_temporal(&self, to: Simple) -> Result<Temporal, String> {
        let local = self.date.zip(self.time).map(|(date, time)| LocalDateTime { date, time });
        let found = match to {
            Simple::Date => self.date.map(Temporal::Date),
            Simple::LocalTime => self.time.map(Temporal::LocalTime),
            Simple::LocalDateTime => local.map(Temporal::LocalDateTime),
            Simple::Time => self.own_offset().zip(self.time).map(|(offset, time)| Time { time, offset }.into()),
            _ => local.and_then(|local| self.moment(local)).map(Temporal::DateTime),
        };
        found.ok_or_else(|| format!("not enough for a {}", to.name()))
    }

    fn own_offset(&self) -> Option<Offset> {
        self.offset.or(match self.zone {
            Some(Zone::Offset(offset)) => Some(offset),
            _ => None,
        })
    }

    /// With an offset and a region, the offset tells the instant.
    fn moment(&self, local: LocalDateTime) -> Option<DateTime> {
        match (self.offset, self.zone.clone()) {
            (Some(offset), Some(zone)) => DateTime::at_offset(local, offset).shifted(zone),
            (Some(offset), None) => Some(DateTime::at_offset(local, offset)),
            (None, zone) => DateTime::in_zone(local, zone?, None),
        }
    }
}

/// Puts the fields together.
pub fn resolve(parsed: Parsed, week: Week, mode: Mode) -> Result<Resolved, String> {
    let mut resolver = Resolver { fields: parsed.fields, day_period: parsed.day_period, week, mode };
    let date = resolver.date()?;
    let (time, days_over) = resolver.time()?;
    resolver.cross_check(date, time)?;
    let date = match date {
        Some(date) if days_over != 0 => Some(date.plus_days(days_over).ok_or("the date is out of range")?),
        date => date,
    };
    Ok(Resolved { date, time, offset: parsed.offset, zone: parsed.zone })
}

/// The fields that are not used yet.
struct Resolver {
    fields: BTreeMap<Field, i64>,
    day_period: Vec<Range<i64>>,
    week: Week,
    mode: Mode,
}

const OUT_OF_RANGE: &str = "the date is out of range";

impl Resolver {
    fn take(&mut self, field: Field) -> Option<i64> {
        self.fields.remove(&field)
    }

    fn drop<const N: usize>(&mut self, fields: [Field; N]) {
        self.fields.retain(|field, _| !fields.contains(field));
    }

    fn get(&self, field: Field) -> Option<i64> {
        self.fields.get(&field).copied()
    }

    /// The value, in the field's range unless anything goes.
    fn checked(&self, field: Field, value: i64) -> Result<i64, String> {
        if self.mode == Mode::Lenient { Ok(value) } else { field.check(value) }
    }

    /// What is left over must agree with what was found.
    fn cross_check(&self, date: Option<Date>, time: Option<LocalTime>) -> Result<(), String> {
        let source = Source { date, time, offset: None, has_zone: false, region: None };
        for (field, value) in &self.fields {
            if field.value(&source, self.week).is_some_and(|found| found != *value) {
                return Err(conflict(*field));
            }
        }
        let minute = time.map(|time| (time.second_of_day() / 60) as i64);
        match minute {
            Some(minute) if !self.day_period.is_empty() && !self.is_in_day_period(minute) => {
                Err("Conflict found: the time is not in that part of the day".to_string())
            }
            _ => Ok(()),
        }
    }

    fn is_in_day_period(&self, minute: i64) -> bool {
        self.day_period.iter().any(|span| span.contains(&minute))
    }
}

fn conflict(field: Field) -> String {
    format!("Conflict found: field {field:?} differs from what the others say")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::locale::Locale;
    use crate::value::temporal::pattern::read;
    use Mode::{Lenient, Smart, Strict};
    use Simple::{Date as Day, DateTime as Moment, LocalDateTime as Local, LocalTime as Clock, Time as Timed};

    fn result(text: &str, pattern: &str, tag: &str, mode: Mode, to: Simple) -> String {
        read(text, pattern, &Locale::of_tag(tag), mode, to).map_or_else(|_| "-".to_string(), |t| t.to_string())
    }

    pub fn check(to: Simple, cases: &[(&str, &str, &str)]) {
        for (text, pattern, expected) in cases {
            assert_eq!(result(text, pattern, "en", Smart, to), *expected, "{text} {pattern}");
        }
    }

    #[test]
    fn moments() {
        check(
            Moment,
            &[
                ("2018-12-24T18:30+01", "uuuu-MM-dd'T'HH:mm[XXX][XX][X]", "2018-12-24T18:30:00+01:00"),
                ("2018-12-24T18:30+0130", "uuuu-MM-dd'T'HH:mm[XXX][XX][X]", "2018-12-24T18:30:00+01:30"),
                ("2018-12-24T18:30Z", "uuuu-MM-dd'T'HH:mm[XXX][XX][X]", "2018-12-24T18:30:00Z"),
                ("2018-12-24T18:30+0000", "uuuu-MM-dd'T'HH:mmx", "-"),
                ("2018-12-24T18:30:05Z", "uuuu-MM-dd'T'HH:mm:ss'Z'", "-"),
                ("2018-07-24 18:30 EDT", "uuuu-MM-dd HH:mm z", "2018-07-24T18:30:00-04:00"),
                ("2018-07-24 18:30 EST", "uuuu-MM-dd HH:mm z", "2018-07-24T18:30:00-04:00"),
                ("2018-07-24 18:30 CEST", "uuuu-MM-dd HH:mm z", "2018-07-24T18:30:00+02:00"),
                ("2018-07-24 18:30 Eastern Time", "uuuu-MM-dd HH:mm zzzz", "2018-07-24T18:30:00-04:00"),
                ("2018-07-24 18:30 europe/madrid", "uuuu-MM-dd HH:mm VV", "2018-07-24T18:30:00+02:00"),
                ("2018-07-24 18:30 +02:00", "uuuu-MM-dd HH:mm VV", "2018-07-24T18:30:00+02:00"),
                ("2018-07-24 18:30 GMT-5", "uuuu-MM-dd HH:mm O", "2018-07-24T18:30:00-05:00"),
                ("2018-07-24 18:30 GMT", "uuuu-MM-dd HH:mm O", "2018-07-24T18:30:00Z"),
                (
                    "2018-07-24 18:30+02:00[America/New_York]",
                    "uuuu-MM-dd HH:mmXXX'['VV']'",
                    "2018-07-24T12:30:00-04:00",
                ),
                ("2018-03-25 02:30 Europe/Madrid", "uuuu-MM-dd HH:mm VV", "2018-03-25T03:30:00+02:00"),
                ("2018-10-28 02:30 Europe/Madrid", "uuuu-MM-dd HH:mm VV", "2018-10-28T02:30:00+02:00"),
                ("Mon Dec 24 18:30:05 UTC 2018", "EEE MMM dd HH:mm:ss zzz uuuu", "2018-12-24T18:30:05Z"),
                ("24/Dec/2018:18:30:05 -0500", "dd/MMM/uuuu:HH:mm:ss Z", "2018-12-24T18:30:05-05:00"),
                ("2018-12-24 18:30", "uuuu-MM-dd HH:mm", "-"),
            ],
        );
        check(
            Local,
            &[
                ("2018-12-31 24:00", "uuuu-MM-dd HH:mm", "2019-01-01T00:00:00"),
                ("20181224183059007", "uuuuMMddHHmmssSSS", "2018-12-24T18:30:59.007"),
                ("2018-12-24T18:30:05Z", "uuuu-MM-dd'T'HH:mm:ss'Z'", "2018-12-24T18:30:05"),
                ("2018-12-24", "uuuu-MM-dd", "-"),
            ],
        );
        check(Timed, &[("05:06 +01", "HH:mm x", "05:06:00+01:00"), ("05:06", "HH:mm", "-")]);
    }

    #[test]
    fn locales() {
        for (text, pattern, tag, expected) in [
            ("24 December 2018", "d MMMM uuuu", "es", "-"),
            ("24 diciembre 2018", "d MMMM uuuu", "es", "2018-12-24"),
            ("2018-W52-2", "YYYY-'W'ww-e", "en-US", "2018-12-24"),
            ("2018-W52-2", "YYYY-'W'ww-e", "en-GB", "2018-12-25"),
        ] {
            assert_eq!(result(text, pattern, tag, Smart, Day), expected, "{text} {tag}");
        }
    }

    #[test]
    fn modes() {
        for (text, pattern, mode, to, expected) in [
            ("2018-02-30", "uuuu-MM-dd", Lenient, Day, "2018-03-02"),
            ("2018-14-01", "uuuu-MM-dd", Lenient, Day, "2019-02-01"),
            ("2018-00-00", "uuuu-MM-dd", Lenient, Day, "2017-11-30"),
            ("2018-2-3", "uuuu-MM-dd", Lenient, Day, "-"),
            ("25:61", "HH:mm", Lenient, Clock, "02:01:00"),
            ("2018-12-31 25:61", "uuuu-MM-dd HH:mm", Lenient, Local, "2019-01-01T02:01:00"),
            ("2018-02-30", "uuuu-MM-dd", Strict, Day, "-"),
            ("2018-12-24", "yyyy-MM-dd", Strict, Day, "-"),
            ("2018-12-24", "uuuu-MM-dd", Strict, Day, "2018-12-24"),
            ("2018-12-24 AD", "yyyy-MM-dd G", Strict, Day, "2018-12-24"),
            ("24:00", "HH:mm", Strict, Clock, "-"),
            ("9223372036854775807 AM", "h a", Lenient, Clock, "07:00:00"),
            ("2018 1 9223372036854775807 Mon", "u M F EEE", Lenient, Day, "-"),
            ("9223372036854775807-1-1", "u-M-d", Lenient, Day, "-"),
            ("2018-9223372036854775807-9223372036854775807", "u-M-d", Lenient, Day, "-"),
            ("9223372036854775807", "g", Lenient, Day, "-"),
            ("9223372036854775807", "A", Lenient, Clock, "-"),
        ] {
            assert_eq!(result(text, pattern, "en", mode, to), expected, "{text} {mode:?}");
        }
    }

    #[test]
    fn reasons() {
        for (text, pattern, reason) in [
            ("n/a", "dd/MM/uuuu", "Text 'n/a' could not be parsed at index 0"),
            ("2021", "uuuu-MM-dd", "Text '2021' could not be parsed at index 4"),
            ("2021-03-04", "", "Text '2021-03-04' could not be parsed, unparsed text found at index 0"),
            ("2021", "b", "Unknown pattern letter: b"),
        ] {
            assert_eq!(read(text, pattern, &Locale::default(), Smart, Day).unwrap_err(), reason);
        }
    }
}
