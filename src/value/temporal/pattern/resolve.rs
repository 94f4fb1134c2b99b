//! From the fields of a text to a point in time, by Java's rules for strict, smart and lenient resolving.

use super::calendar_week as week;
use super::field::{Field, JULIAN_EPOCH, Source};
use super::parse::Parsed;
use crate::value::locale::Week;
use crate::value::temporal::Temporal;
use crate::value::temporal::civil::{Date, LocalDateTime, LocalTime, NANOS_PER_DAY, NANOS_PER_SECOND};
use crate::value::temporal::moment::{DateTime, Time};
use crate::value::temporal::zone::{Offset, Zone};
use crate::value::ty::Simple;
use std::collections::BTreeMap;

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
    let mut resolver = Resolver { fields: parsed.fields, week, mode };
    let date = resolver.date()?;
    let (time, days_over) = resolver.time(parsed.day_period)?;
    resolver.cross_check(date, time)?;
    let date = match date {
        Some(date) if days_over != 0 => Some(date.plus_days(days_over).ok_or("the date is out of range")?),
        date => date,
    };
    Ok(Resolved { date, time, offset: parsed.offset, zone: parsed.zone })
}

struct Resolver {
    fields: BTreeMap<Field, i64>,
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

    fn date(&mut self) -> Result<Option<Date>, String> {
        self.year_of_era()?;
        if let Some(day) = self.take(Field::ModifiedJulianDay) {
            return Date::from_epoch_day(day.saturating_sub(JULIAN_EPOCH)).map(Some).ok_or(OUT_OF_RANGE.to_string());
        }
        self.local_day_of_week()?;
        let named = [Field::Year, Field::MonthOfYear, Field::DayOfMonth, Field::DayOfYear].map(|field| self.get(field));
        match named {
            [Some(year), Some(month), Some(day), _] => {
                self.drop([Field::Year, Field::MonthOfYear, Field::DayOfMonth]);
                self.calendar_date(year, month, day).map(Some)
            }
            [Some(year), _, _, Some(day)] => {
                self.drop([Field::Year, Field::DayOfYear]);
                self.ordinal_date(year, day).map(Some)
            }
            [Some(year), Some(month), None, None] => self.week_of_month(year, month),
            _ => self.week_date(),
        }
    }

    /// A year of an era becomes a year; without the era it counts as after Christ, but not in strict mode.
    fn year_of_era(&mut self) -> Result<(), String> {
        let Some(year) = self.get(Field::YearOfEra) else { return Ok(()) };
        if self.mode != Mode::Lenient && year < 1 {
            return Err(format!("Invalid value for YearOfEra (valid values 1 - 999999999): {year}"));
        }
        let era = self.get(Field::Era).or(self.get(Field::Year).map(|year| i64::from(year > 0)));
        let year = match era {
            None if self.mode == Mode::Strict => return Ok(()),
            Some(0) => 1 - year,
            _ => year,
        };
        self.drop([Field::YearOfEra, Field::Era]);
        if *self.fields.entry(Field::Year).or_insert(year) == year { Ok(()) } else { Err(conflict(Field::YearOfEra)) }
    }

    fn local_day_of_week(&mut self) -> Result<(), String> {
        let Some(local) = self.take(Field::LocalDayOfWeek) else { return Ok(()) };
        let local = Field::LocalDayOfWeek.check(local)?;
        let weekday = (i64::from(self.week.first_day) - 1 + local - 1).rem_euclid(7) + 1;
        let known = *self.fields.entry(Field::DayOfWeek).or_insert(weekday);
        if known == weekday { Ok(()) } else { Err(conflict(Field::LocalDayOfWeek)) }
    }

    fn calendar_date(&self, year: i64, month: i64, day: i64) -> Result<Date, String> {
        let date = match self.mode {
            Mode::Strict => Date::new(year, month, day),
            Mode::Smart => {
                let (month, day) = (Field::MonthOfYear.check(month)?, Field::DayOfMonth.check(day)?);
                Date::clamped(year, month as u8, day as u8)
            }
            Mode::Lenient => Date::new(year, 1, 1)
                .and_then(|date| date.plus_months(month.checked_sub(1)?)?.plus_days(day.checked_sub(1)?)),
        };
        date.ok_or_else(|| format!("Invalid date {year}-{month}-{day}"))
    }

    fn ordinal_date(&self, year: i64, day: i64) -> Result<Date, String> {
        let date = match self.mode {
            Mode::Lenient => Date::new(year, 1, 1).and_then(|date| date.plus_days(day.checked_sub(1)?)),
            _ => Date::from_year_day(year, day),
        };
        date.ok_or_else(|| format!("Invalid date {year}, day {day}"))
    }

    /// The locale's day of the week that the fields name.
    fn local_weekday(&self) -> Option<i64> {
        let weekday = self.get(Field::DayOfWeek)?;
        Some((weekday - i64::from(self.week.first_day)).rem_euclid(7) + 1)
    }

    /// Year, month, and a week of the month: the locale's (`W`) or counted from the first (`F`).
    fn week_of_month(&mut self, year: i64, month: i64) -> Result<Option<Date>, String> {
        let Some(weekday) = self.local_weekday() else { return Ok(None) };
        let first = self.calendar_date(year, month, 1)?;
        let first_weekday = week::local_weekday(first, self.week);
        let days = if let Some(number) = self.get(Field::WeekOfMonth) {
            let number = self.checked(Field::WeekOfMonth, number)?;
            number.saturating_sub(week::week_of_month(first, self.week)).saturating_mul(7) + weekday - first_weekday
        } else if let Some(number) = self.get(Field::AlignedWeekOfMonth) {
            let number = self.checked(Field::AlignedWeekOfMonth, number)?;
            number.saturating_sub(1).saturating_mul(7) + (weekday - first_weekday).rem_euclid(7)
        } else {
            return Ok(None);
        };
        self.drop([Field::Year, Field::MonthOfYear, Field::WeekOfMonth, Field::AlignedWeekOfMonth]);
        let date = first.plus_days(days).ok_or(OUT_OF_RANGE)?;
        let same_month = date.month() == first.month() || self.mode != Mode::Strict;
        if same_month { Ok(Some(date)) } else { Err(conflict(Field::WeekOfMonth)) }
    }

    /// A week of a week-based year; in smart mode week 53 is the last.
    fn week_date(&mut self) -> Result<Option<Date>, String> {
        let named = (self.get(Field::WeekBasedYear), self.get(Field::WeekOfWeekBasedYear), self.local_weekday());
        let (Some(year), Some(number), Some(weekday)) = named else { return Ok(None) };
        let number = self.checked(Field::WeekOfWeekBasedYear, number)?;
        let last = week::weeks_in(year, self.week).ok_or(OUT_OF_RANGE)?;
        let number = match self.mode {
            Mode::Strict if number > last => return Err(conflict(Field::WeekOfWeekBasedYear)),
            Mode::Smart => number.min(last),
            _ => number,
        };
        self.drop([Field::WeekBasedYear, Field::WeekOfWeekBasedYear]);
        week::date_of(year, number, weekday, self.week).map(Some).ok_or(OUT_OF_RANGE.to_string())
    }

    /// The time of day, and how many days it lies beyond the date.
    fn time(&mut self, day_period: Option<i64>) -> Result<(Option<LocalTime>, i64), String> {
        self.hours(day_period)?;
        self.split(Field::NanoOfDay, 1)?;
        self.split(Field::MilliOfDay, 1_000_000)?;
        let parts = [Field::HourOfDay, Field::MinuteOfHour, Field::SecondOfMinute, Field::NanoOfSecond];
        let [hour, minute, second, nano] = parts.map(|field| self.get(field));
        let gapless = minute.is_some() || (second.is_none() && nano.is_none());
        if hour.is_none() || !gapless || (second.is_none() && nano.is_some()) {
            for (field, value) in self.fields.iter().filter(|(field, _)| !field.of_date()) {
                self.checked(*field, *value)?;
            }
            return Ok((None, 0));
        }
        let end_of_day = hour == Some(24) && [minute, second, nano].iter().all(|part| part.unwrap_or(0) == 0);
        if self.mode == Mode::Smart && end_of_day {
            self.drop(parts);
            return Ok((Some(LocalTime::MIDNIGHT), 1));
        }
        let mut nanos: i128 = 0;
        for (field, size) in
            parts.into_iter().zip([3_600 * NANOS_PER_SECOND, 60 * NANOS_PER_SECOND, NANOS_PER_SECOND, 1])
        {
            let value = self.take(field).unwrap_or(0);
            nanos += i128::from(self.checked(field, value)?) * i128::from(size);
        }
        let day = i128::from(NANOS_PER_DAY);
        let days_over = i64::try_from(nanos.div_euclid(day)).map_err(|_| OUT_OF_RANGE)?;
        Ok((LocalTime::from_nano_of_day(nanos.rem_euclid(day) as u64), days_over))
    }

    /// All ways to tell the hour become the hour of the day.
    fn hours(&mut self, day_period: Option<i64>) -> Result<(), String> {
        if let Some(hour) = self.clock_hour(Field::ClockHourOfDay, 24)? {
            self.put(Field::HourOfDay, hour)?;
        }
        if let Some(hour) = self.clock_hour(Field::ClockHourOfAmPm, 12)? {
            self.put(Field::HourOfAmPm, hour)?;
        }
        let half = self.get(Field::AmPmOfDay).or(day_period.map(|minute| minute / 720));
        if let (Some(half), Some(hour)) = (half, self.get(Field::HourOfAmPm)) {
            let hour = self.checked(Field::AmPmOfDay, half)? * 12 + self.checked(Field::HourOfAmPm, hour)?;
            self.drop([Field::AmPmOfDay, Field::HourOfAmPm]);
            self.put(Field::HourOfDay, hour)?;
        }
        Ok(())
    }

    /// An hour counted from 1, as one counted from 0; only strict mode minds an hour 0.
    fn clock_hour(&mut self, field: Field, noon: i64) -> Result<Option<i64>, String> {
        let Some(hour) = self.take(field) else { return Ok(None) };
        if hour != 0 || self.mode == Mode::Strict {
            self.checked(field, hour)?;
        }
        Ok(Some(if hour == noon { 0 } else { hour }))
    }

    fn put(&mut self, field: Field, value: i64) -> Result<(), String> {
        if *self.fields.entry(field).or_insert(value) == value { Ok(()) } else { Err(conflict(field)) }
    }

    /// A count since midnight becomes hour, minute, second and nanosecond.
    fn split(&mut self, field: Field, nanos_per_unit: i64) -> Result<(), String> {
        let Some(count) = self.take(field) else { return Ok(()) };
        let nanos = self.checked(field, count)?.checked_mul(nanos_per_unit).ok_or(OUT_OF_RANGE)?;
        let second = NANOS_PER_SECOND as i64;
        self.put(Field::HourOfDay, nanos / (3_600 * second))?;
        self.put(Field::MinuteOfHour, nanos / (60 * second) % 60)?;
        self.put(Field::SecondOfMinute, nanos / second % 60)?;
        self.put(Field::NanoOfSecond, nanos % second)
    }

    /// What is left over must agree with what was found.
    fn cross_check(&self, date: Option<Date>, time: Option<LocalTime>) -> Result<(), String> {
        let source = Source { date, time, offset: None, has_zone: false, region: None };
        for (field, value) in &self.fields {
            if field.value(&source, self.week).is_some_and(|found| found != *value) {
                return Err(conflict(*field));
            }
        }
        Ok(())
    }
}

fn conflict(field: Field) -> String {
    format!("Conflict found: field {field:?} differs from what the others say")
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;
    use crate::value::locale::Locale;
    use Mode::{Lenient, Smart, Strict};
    use Simple::{Date as Day, DateTime as Moment, LocalDateTime as Local, LocalTime as Clock, Time as Timed};

    fn result(text: &str, pattern: &str, tag: &str, mode: Mode, to: Simple) -> String {
        read(text, pattern, &Locale::of_tag(tag), mode, to).map_or_else(|_| "-".to_string(), |t| t.to_string())
    }

    fn check(to: Simple, cases: &[(&str, &str, &str)]) {
        for (text, pattern, expected) in cases {
            assert_eq!(result(text, pattern, "en", Smart, to), *expected, "{text} {pattern}");
        }
    }

    #[test]
    fn dates() {
        check(
            Day,
            &[
                ("04/07/2018", "d/M/uuuu", "2018-07-04"),
                ("4/7/2018", "dd/MM/uuuu", "-"),
                ("20181224", "uuuuMMdd", "2018-12-24"),
                ("2018358", "uuuuDDD", "2018-12-24"),
                ("12021-11-05", "uuuu-MM-dd", "-"),
                ("+12021-11-05", "uuuu-MM-dd", "+12021-11-05"),
                ("May-01-2018", "MMM-dd-uuuu", "2018-05-01"),
                ("24DEC18", "ddMMMuu", "2018-12-24"),
                ("MONDAY 24 december 2018", "EEEE d MMMM uuuu", "2018-12-24"),
                ("Tuesday 24 December 2018", "EEEE d MMMM uuuu", "-"),
                ("24/12/2018", "[uuuu-MM-dd][dd/MM/uuuu][uuuuMMdd]", "2018-12-24"),
                ("15/03/0044 BC", "dd/MM/yyyy G", "-0043-03-15"),
                ("15/03/2018 AD", "dd/MM/yyyy G", "2018-03-15"),
                ("15/03/-0043", "dd/MM/uuuu", "-0043-03-15"),
                ("2018-02-31", "uuuu-MM-dd", "2018-02-28"),
                ("2018-02-32", "uuuu-MM-dd", "-"),
                ("2018-13-01", "uuuu-MM-dd", "-"),
                ("2018-12-24T18:30", "uuuu-MM-dd'T'HH:mm", "2018-12-24"),
                ("18:30", "HH:mm", "-"),
                ("Q4 24.12.2018", "QQQ d.M.uuuu", "2018-12-24"),
                ("Q3 24.12.2018", "QQQ d.M.uuuu", "-"),
                ("58476", "g", "2018-12-24"),
                ("2018 12 5 Mon", "uuuu MM W EEE", "2018-12-24"),
                ("2018 12 4 Mon", "uuuu MM F EEE", "2018-12-24"),
                ("2018-12-24", "", "-"),
                (" 4/ 7/2018", "ppd/ppM/uuuu", "2018-07-04"),
            ],
        );
    }

    #[test]
    fn times() {
        check(
            Clock,
            &[
                ("6:05 pm", "h:mm a", "18:05:00"),
                ("10:30", "hh:mm", "-"),
                ("13:30 PM", "hh:mm a", "-"),
                ("13:30 PM", "HH:mm a", "13:30:00"),
                ("13:30 AM", "HH:mm a", "-"),
                ("00:30 AM", "hh:mm a", "00:30:00"),
                ("12:30 AM", "hh:mm a", "00:30:00"),
                ("24:30", "kk:mm", "00:30:00"),
                ("10:60", "HH:mm", "-"),
                ("24:00", "HH:mm", "00:00:00"),
                ("24:01", "HH:mm", "-"),
                ("10:30:60", "HH:mm:ss", "-"),
                ("10", "HH", "10:00:00"),
                ("30", "mm", "-"),
                ("9:30", "H:mm", "09:30:00"),
                ("9:30", "HH:mm", "-"),
                ("10:30:05.7", "HH:mm:ss.SSS", "-"),
                ("10:30:05.7", "HH:mm:ss[.SSS]", "-"),
                ("10:30:05", "HH:mm:ss[.SSS]", "10:30:05"),
                ("18:30:05.0071", "HH:mm:ss.SSS", "-"),
                ("183059007", "HHmmssSSS", "18:30:59.007"),
                ("07 o'clock", "HH' o''clock'", "07:00:00"),
                ("66600000", "A", "18:30:00"),
                ("6:30 in the evening", "h:mm B", "18:30:00"),
                ("2:00 at night", "h:mm B", "02:00:00"),
            ],
        );
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
