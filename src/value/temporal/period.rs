//! Periods: years, months and days of the calendar, or a span of time in nanoseconds.

use super::civil::{Date, NANOS_PER_DAY, NANOS_PER_SECOND};
use super::cursor::Cursor;

/// Nanoseconds in an hour.
pub const NANOS_PER_HOUR: i128 = 3_600 * NANOS_PER_SECOND as i128;
/// Nanoseconds in a minute.
pub const NANOS_PER_MINUTE: i128 = 60 * NANOS_PER_SECOND as i128;

/// A period. Equality is by parts: twelve months are not a year, a day is not 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// `P1Y2M3D`
    Dates(Dates),
    /// `PT1H30M`
    Duration(Duration),
}

/// Years, months and days, each with its own sign, never carried over.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// Years.
    pub years: i32,
    /// Months.
    pub months: i32,
    /// Days.
    pub days: i32,
}

/// A span of time in nanoseconds; whole seconds fit 64 bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Duration(i128);

impl Dates {
    /// Years as twelve months each, plus the months.
    pub fn total_months(self) -> i64 {
        i64::from(self.years) * 12 + i64::from(self.months)
    }

    /// From `start` to `end`, exclusive: whole months, then days; all parts share a sign (Java's `Period.between`).
    pub fn between(start: Date, end: Date) -> Option<Self> {
        let mut months = end.month_count() - start.month_count();
        let mut days = i64::from(end.day()) - i64::from(start.day());
        if months > 0 && days < 0 {
            months -= 1;
            days = end.epoch_day() - start.plus_months(months)?.epoch_day();
        } else if months < 0 && days > 0 {
            months += 1;
            days -= i64::from(super::civil::days_in_month(end.year(), end.month()));
        }
        Some(Self { years: i32::try_from(months / 12).ok()?, months: (months % 12) as i32, days: days as i32 })
    }
}

impl Duration {
    /// `None` if the seconds do not fit 64 bits.
    pub fn from_nanos(nanos: i128) -> Option<Self> {
        i64::try_from(nanos.div_euclid(i128::from(NANOS_PER_SECOND))).ok().map(|_| Self(nanos))
    }

    /// Nanoseconds in all.
    pub fn nanos(self) -> i128 {
        self.0
    }

    /// Whole seconds, rounded down.
    pub fn seconds(self) -> i128 {
        self.0.div_euclid(i128::from(NANOS_PER_SECOND))
    }
}

/// Reads a period in the wide form of `as Period`: weeks, a leading sign, a comma, lower case (but for the `T`).
pub fn parse(text: &str) -> Option<Period> {
    let mut cursor = Cursor::new(text);
    let negative = cursor.sign().unwrap_or(false);
    if !cursor.eat_ignoring_case('p') {
        return None;
    }
    let [years, months, weeks, days] = counts(&mut cursor, ['y', 'm', 'w', 'd'])?;
    if cursor.is_at_end() {
        let signed = |n: i128| i32::try_from(if negative { -n } else { n }).ok();
        if [years, months, weeks, days].iter().all(Option::is_none) {
            return None;
        }
        let days = days.unwrap_or(0).checked_add(weeks.unwrap_or(0).checked_mul(7)?)?;
        let (years, months) = (years.unwrap_or(0), months.unwrap_or(0));
        return Some(Period::Dates(Dates { years: signed(years)?, months: signed(months)?, days: signed(days)? }));
    }
    if !cursor.eat('T') || years.or(months).or(weeks).is_some() {
        return None;
    }
    let time = clock(&mut cursor)?;
    let nanos = days.unwrap_or(0).checked_mul(i128::from(NANOS_PER_DAY))?.checked_add(time)?;
    let nanos = if negative { -nanos } else { nanos };
    cursor.is_at_end().then(|| Duration::from_nanos(nanos).map(Period::Duration))?
}

/// Numbers in front of these units, in this order, each optional.
fn counts<const N: usize>(cursor: &mut Cursor<'_>, units: [char; N]) -> Option<[Option<i128>; N]> {
    let mut found = [None; N];
    for (slot, unit) in found.iter_mut().zip(units) {
        let start = cursor.clone();
        match cursor.signed_number() {
            Some((negative, n)) if cursor.eat_ignoring_case(unit) => *slot = Some(if negative { -n } else { n }),
            _ => *cursor = start,
        }
    }
    Some(found)
}

/// What follows the `T`, in nanoseconds; at least one part must be there.
fn clock(cursor: &mut Cursor<'_>) -> Option<i128> {
    let [hours, minutes] = counts(cursor, ['h', 'm'])?;
    let mut nanos = hours.unwrap_or(0).checked_mul(NANOS_PER_HOUR)?;
    nanos = nanos.checked_add(minutes.unwrap_or(0).checked_mul(NANOS_PER_MINUTE)?)?;
    if let Some((negative, seconds)) = cursor.signed_number() {
        let fraction = if cursor.eat('.') || cursor.eat(',') { cursor.fraction(0)? } else { 0 };
        if !cursor.eat_ignoring_case('s') {
            return None;
        }
        let part = seconds.checked_mul(i128::from(NANOS_PER_SECOND))?.checked_add(fraction.into())?;
        return nanos.checked_add(if negative { -part } else { part });
    }
    hours.or(minutes).is_some().then_some(nanos)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_wider_than_literals() {
        for (text, written) in [
            ("P1Y2M3W4D", "P1Y2M25D"),
            ("-P1Y-2M", "P-1Y2M"),
            ("+P1D", "P1D"),
            ("-P-1D", "P1D"),
            ("P+1D", "P1D"),
            ("p1y2m", "P1Y2M"),
            ("PT1h", "PT1H"),
            ("p1dT1H", "PT25H"),
            ("PT1,5S", "PT1.5S"),
            ("PT1.S", "PT1S"),
            ("-PT-0.25S", "PT0.25S"),
            ("-P1DT1H", "PT-25H"),
            ("PT9223372036854775807S", "PT2562047788015215H30M7S"),
            ("P-2147483648D", "P-2147483648D"),
        ] {
            assert_eq!(parse(text).map(|p| p.to_string()).as_deref(), Some(written), "{text}");
        }
    }

    #[test]
    fn texts_of_no_period() {
        for text in [
            "P",
            "PT",
            "P1DT",
            "pt1h",
            "P1Dt1h",
            "PT1.5H",
            "PT.5S",
            "PT-.5S",
            "P1MT1H",
            "P1WT1H",
            "P1.5D",
            "P1D1Y",
            "PT1M1H",
            " P1D",
            "P1D ",
            "PT1D",
            "P306783379W",
            "-P-2147483648D",
            "PT9223372036854775808S",
            "PT2562047788015216H",
            "PT1.1234567891S",
            "P99999999999999999999999999999D",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn between_two_days() {
        for (start, end, written) in [
            ((2032, 1, 31), (2032, 2, 29), "P29D"),
            ((2032, 2, 29), (2032, 3, 31), "P1M2D"),
            ((2031, 1, 31), (2031, 3, 1), "P1M1D"),
            ((2032, 3, 1), (2032, 1, 31), "P-1M-1D"),
            ((2032, 1, 5), (2030, 11, 10), "P-1Y-1M-25D"),
            ((2032, 1, 5), (2032, 1, 5), "P0D"),
        ] {
            let date = |(y, m, d)| Date::new(y, m, d).unwrap();
            assert_eq!(Dates::between(date(start), date(end)).unwrap().to_string(), written);
        }
    }
}
