//! The texts that `as` reads without a format: Java's ISO forms, wider than the literals of scripts.

use super::civil::{Date, LocalDateTime, LocalTime};
use super::cursor::Cursor;
use super::moment::{DateTime, Time};
use super::offset::Offset;
use super::zone::Zone;

/// A date; of a date with a time, the date.
pub fn date(text: &str) -> Option<Date> {
    let mut cursor = Cursor::new(text);
    if let Some(date) = calendar_date(&mut cursor) {
        return if cursor.is_at_end() { Some(date) } else { Some(moment(text)?.0.date) };
    }
    let mut cursor = Cursor::new(text);
    let year = year(&mut cursor)?;
    let date = if !cursor.eat('-') {
        None
    } else if cursor.eat_ignoring_case('w') {
        let week = cursor.two_digits().filter(|_| cursor.eat('-'))?;
        Date::from_week_date(year, week.into(), cursor.digits(1, 1)?.parse().ok()?)
    } else {
        Date::from_year_day(year, cursor.digits(3, 3)?.parse().ok()?)
    };
    (cursor.is_at_end() || wide_offset(cursor.rest()).is_some()).then_some(date)?
}

/// A date with a time; an offset is cut off, a region in brackets is minded.
pub fn local_date_time(text: &str) -> Option<LocalDateTime> {
    moment(text).map(|(local, _)| local)
}

/// A date with a time, in UTC where no offset is given.
pub fn date_time(text: &str) -> Option<DateTime> {
    let (local, zone) = moment(text)?;
    match zone {
        None => Some(DateTime::at_offset(local, Offset::UTC)),
        Some((offset, None)) => Some(DateTime::at_offset(local, offset)),
        Some((offset, Some(region))) => DateTime::in_zone(local, region, Some(offset)),
    }
}

/// A time of day; an offset and a date in front are cut off.
pub fn local_time(text: &str) -> Option<LocalTime> {
    clock(text).map(|(time, _)| time)
}

/// A time of day with its offset, in UTC where none is given; a date in front is cut off.
pub fn time(text: &str) -> Option<Time> {
    clock(text).map(|(time, offset)| Time { time, offset: offset.unwrap_or(Offset::UTC) })
}

/// An offset or a region, or the offset of a time.
pub fn time_zone(text: &str) -> Option<Zone> {
    Zone::parse(text).or_else(|| clock(text)?.1.map(Zone::Offset))
}

/// Four digits, or up to ten with a sign; `+` only stands before more than four.
fn year(cursor: &mut Cursor<'_>) -> Option<i64> {
    let sign = cursor.sign();
    let digits = match sign {
        None => cursor.digits(4, 4),
        Some(true) => cursor.digits(4, 10),
        Some(false) => cursor.digits(5, 10),
    }?;
    let year: i64 = digits.parse().ok()?;
    match sign {
        Some(true) => (year != 0).then_some(-year),
        _ => Some(year),
    }
}

/// `2021-11-05`, with more text behind it.
fn calendar_date(cursor: &mut Cursor<'_>) -> Option<Date> {
    let year = year(cursor)?;
    let month = cursor.eat('-').then(|| cursor.two_digits())??;
    let day = cursor.eat('-').then(|| cursor.two_digits())??;
    Date::new(year, month.into(), day.into())
}

/// `06:07`, `06:07:08`, `06:07:08.9`, with more text behind it.
fn time_of_day(cursor: &mut Cursor<'_>) -> Option<LocalTime> {
    let hour = cursor.two_digits()?;
    let minute = cursor.eat(':').then(|| cursor.two_digits())??;
    let (mut second, mut nano) = (0, 0);
    if cursor.eat(':') {
        second = cursor.two_digits()?;
        if cursor.eat('.') {
            nano = cursor.fraction(0)?;
        }
    }
    LocalTime::new(hour.into(), minute.into(), second.into(), nano.into())
}

type OffsetAndRegion = (Offset, Option<Zone>);

/// A date with a time, and what names the zone. With a region the wall clock is the region's at that instant.
fn moment(text: &str) -> Option<(LocalDateTime, Option<OffsetAndRegion>)> {
    let mut cursor = Cursor::new(text);
    let date = calendar_date(&mut cursor)?;
    let time = cursor.eat_ignoring_case('t').then(|| time_of_day(&mut cursor))??;
    let local = LocalDateTime { date, time };
    let rest = cursor.rest();
    let Some((offset, region)) = rest.strip_suffix(']').and_then(|rest| rest.split_once('[')) else {
        return if rest.is_empty() { Some((local, None)) } else { Some((local, Some((wide_offset(rest)?, None)))) };
    };
    let there = DateTime::at_offset(local, wide_offset(offset)?).shifted(Zone::parse(region)?)?;
    Some((there.local(), Some((there.offset(), Some(there.zone())))))
}

/// A time of day with or without an offset, perhaps with a date in front.
fn clock(text: &str) -> Option<(LocalTime, Option<Offset>)> {
    if let Some((local, zone)) = moment(text) {
        return Some((local.time, zone.map(|(offset, _)| offset)));
    }
    let mut cursor = Cursor::new(text);
    let time = time_of_day(&mut cursor)?;
    match cursor.rest() {
        "" => Some((time, None)),
        rest if rest.len() == 3 => None,
        rest => Some((time, Some(wide_offset(rest)?))),
    }
}

/// `Z`, `z`, `+02`, `+02:00`, `+02:00:30`.
fn wide_offset(text: &str) -> Option<Offset> {
    match text.len() {
        1 if text.eq_ignore_ascii_case("z") => Some(Offset::UTC),
        3 | 6 | 9 => Offset::parse(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Temporal;

    /// What each type makes of a text: Date, LocalDateTime, DateTime, LocalTime, Time, TimeZone.
    fn all(text: &str) -> String {
        let found = [
            date(text).map(Temporal::from),
            local_date_time(text).map(Temporal::from),
            date_time(text).map(Temporal::from),
            local_time(text).map(Temporal::from),
            time(text).map(Temporal::from),
            time_zone(text).map(Temporal::from),
        ];
        found.map(|t| t.map_or("-".to_string(), |t| t.to_string())).join(" ")
    }

    #[test]
    fn texts_of_every_kind() {
        for (text, read) in [
            ("2021-11-05", "2021-11-05 - - - - -"),
            ("+12021-11-05", "+12021-11-05 - - - - -"),
            ("-0044-03-15", "-0044-03-15 - - - - -"),
            ("2021-w44-5", "2021-11-05 - - - - -"),
            ("2021-309Z", "2021-11-05 - - - - -"),
            ("-0004-060", "-0004-02-29 - - - - -"),
            ("2021-11-05T06:07", "2021-11-05 2021-11-05T06:07:00 2021-11-05T06:07:00Z 06:07:00 06:07:00Z -"),
            ("2021-11-05T06:07:08.Z", "2021-11-05 2021-11-05T06:07:08 2021-11-05T06:07:08Z 06:07:08 06:07:08Z Z"),
            (
                "2021-11-05T06:07:08+18",
                "2021-11-05 2021-11-05T06:07:08 2021-11-05T06:07:08+18:00 06:07:08 06:07:08+18:00 +18:00",
            ),
            (
                "2021-11-05T06:07:08+02:00[Europe/Madrid]",
                "2021-11-05 2021-11-05T05:07:08 2021-11-05T05:07:08+01:00 05:07:08 05:07:08+01:00 +01:00",
            ),
            (
                "2021-10-31T02:30:00+01:00[Europe/Madrid]",
                "2021-10-31 2021-10-31T02:30:00 2021-10-31T02:30:00+01:00 02:30:00 02:30:00+01:00 +01:00",
            ),
            ("06:07z", "- - - 06:07:00 06:07:00Z Z"),
            ("06:07:08+01:00:30", "- - - 06:07:08 06:07:08+01:00:30 +01:00:30"),
        ] {
            assert_eq!(all(text), read, "{text}");
        }
    }

    #[test]
    fn texts_of_no_kind() {
        for text in [
            "12021-11-05",
            "+2021-11-05",
            "-44-03-15",
            "-0000-01-01",
            "2021-W44",
            "2021-366",
            "2021-11",
            "20211105",
            "2021-11-05Z",
            "2021-11-05T",
            "2021-309T06:07",
            "2021-11-05T06",
            "2021-11-05T06:07:08+2",
            "2021-11-05T06:07:08[UTC]",
            "2021-11-05T06:07:08+18:01",
            "2021-11-05T06:07:60Z",
            "2021-02-30T10:00Z",
            "+1000000000-01-01",
            "06:07:08.1234567891",
            "06:07:08+01",
            "06:07:08+0100",
            "24:00:00",
            "T10:00",
            "2021-11-05 06:07:08",
            "2021-11-05T06:07:08+0200",
            "٢٠٢١-11-05",
            "",
            "06:07:08,5",
        ] {
            assert_eq!(all(text), "- - - - - -", "{text}");
        }
    }
}
