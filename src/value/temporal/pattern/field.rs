//! The parts of a point in time that patterns can name.

use super::calendar_week as week;
use crate::value::locale::Week;
use crate::value::temporal::Temporal;
use crate::value::temporal::civil::{Date, LocalTime};
use crate::value::temporal::offset::Offset;
use crate::value::temporal::zone::Region;
use std::ops::RangeInclusive;

/// A field, by its Java name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    Era,
    Year,
    YearOfEra,
    WeekBasedYear,
    QuarterOfYear,
    MonthOfYear,
    WeekOfWeekBasedYear,
    WeekOfMonth,
    AlignedWeekOfMonth,
    DayOfYear,
    DayOfMonth,
    DayOfWeek,
    LocalDayOfWeek,
    ModifiedJulianDay,
    AmPmOfDay,
    HourOfDay,
    ClockHourOfDay,
    HourOfAmPm,
    ClockHourOfAmPm,
    MinuteOfHour,
    SecondOfMinute,
    NanoOfSecond,
    NanoOfDay,
    MilliOfDay,
}

/// The days from the start of the modified Julian count to 1970.
pub const JULIAN_EPOCH: i64 = 40_587;

/// What a point in time has to say.
pub struct Source<'a> {
    /// Its date.
    pub date: Option<Date>,
    /// Its time of day.
    pub time: Option<LocalTime>,
    /// Its offset.
    pub offset: Option<Offset>,
    /// Whether it has a zone: only a DateTime has.
    pub has_zone: bool,
    /// The zone, if it is a region.
    pub region: Option<&'a Region>,
}

impl<'a> Source<'a> {
    /// `None` for zones and periods.
    pub fn of(temporal: &'a Temporal) -> Option<Self> {
        let none = Self { date: None, time: None, offset: None, has_zone: false, region: None };
        match temporal {
            Temporal::Date(date) => Some(Self { date: Some(*date), ..none }),
            Temporal::LocalTime(time) => Some(Self { time: Some(*time), ..none }),
            Temporal::Time(t) => Some(Self { time: Some(t.time), offset: Some(t.offset), ..none }),
            Temporal::LocalDateTime(t) => Some(Self { date: Some(t.date), time: Some(t.time), ..none }),
            Temporal::DateTime(t) => Some(Self {
                date: Some(t.local().date),
                time: Some(t.local().time),
                offset: Some(t.offset()),
                has_zone: true,
                region: t.region(),
            }),
            Temporal::TimeZone(_) | Temporal::Period(_) => None,
        }
    }
}

impl Field {
    /// The field's value; `None` if the source lacks date or time.
    pub fn value(self, source: &Source<'_>, week: Week) -> Option<i64> {
        match (self.of_date(), source.date, source.time) {
            (true, Some(date), _) => Some(self.date_value(date, week)),
            (false, _, Some(time)) => i64::try_from(self.time_value(time)).ok(),
            _ => None,
        }
    }

    fn date_value(self, date: Date, week: Week) -> i64 {
        match self {
            Field::Era => i64::from(date.year() > 0),
            Field::YearOfEra if date.year() <= 0 => 1 - date.year(),
            Field::WeekBasedYear => week::week_based_year(date, week),
            Field::QuarterOfYear => date.quarter().into(),
            Field::MonthOfYear => date.month().into(),
            Field::WeekOfWeekBasedYear => week::week_of_week_based_year(date, week),
            Field::WeekOfMonth => week::week_of_month(date, week),
            Field::AlignedWeekOfMonth => (i64::from(date.day()) - 1) / 7 + 1,
            Field::DayOfYear => date.day_of_year(),
            Field::DayOfMonth => date.day().into(),
            Field::DayOfWeek => date.weekday().into(),
            Field::LocalDayOfWeek => week::local_weekday(date, week),
            Field::ModifiedJulianDay => date.epoch_day() + JULIAN_EPOCH,
            _ => date.year(),
        }
    }

    fn time_value(self, time: LocalTime) -> u64 {
        match self {
            Field::AmPmOfDay => time.hour() / 12,
            Field::HourOfDay => time.hour(),
            Field::ClockHourOfDay => (time.hour() + 23) % 24 + 1,
            Field::HourOfAmPm => time.hour() % 12,
            Field::ClockHourOfAmPm => (time.hour() + 11) % 12 + 1,
            Field::MinuteOfHour => time.minute(),
            Field::SecondOfMinute => time.second(),
            Field::NanoOfSecond => time.nano().into(),
            Field::MilliOfDay => time.nano_of_day() / 1_000_000,
            _ => time.nano_of_day(),
        }
    }

    /// Whether it belongs to the date, not to the time of day.
    pub fn of_date(self) -> bool {
        self < Field::AmPmOfDay
    }

    /// The values that fields of a time may have, unless the mode is lenient.
    pub fn range(self) -> RangeInclusive<i64> {
        match self {
            Field::AmPmOfDay => 0..=1,
            Field::HourOfDay => 0..=23,
            Field::ClockHourOfDay => 1..=24,
            Field::HourOfAmPm => 0..=11,
            Field::ClockHourOfAmPm => 1..=12,
            Field::MinuteOfHour | Field::SecondOfMinute => 0..=59,
            Field::NanoOfSecond => 0..=999_999_999,
            Field::NanoOfDay => 0..=86_399_999_999_999,
            Field::MilliOfDay => 0..=86_399_999,
            Field::MonthOfYear => 1..=12,
            Field::DayOfMonth => 1..=31,
            Field::DayOfWeek | Field::LocalDayOfWeek => 1..=7,
            Field::WeekOfWeekBasedYear => 1..=53,
            Field::WeekOfMonth => 0..=6,
            Field::AlignedWeekOfMonth => 1..=5,
            Field::Era => 0..=1,
            _ => i64::MIN..=i64::MAX,
        }
    }

    /// An error unless the value lies in the field's range.
    pub fn check(self, value: i64) -> Result<i64, String> {
        let range = self.range();
        let message =
            || format!("Invalid value for {self:?} (valid values {} - {}): {value}", range.start(), range.end());
        if range.contains(&value) { Ok(value) } else { Err(message()) }
    }
}
