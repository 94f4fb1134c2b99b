//! The text of every temporal value: in JSON, in `as String` without a format, in interpolation.

use super::Temporal;
use super::civil::{Date, LocalDateTime, LocalTime, NANOS_PER_SECOND};
use super::moment::{DateTime, Time};
use super::offset::Offset;
use super::period::{Dates, Duration, NANOS_PER_HOUR, NANOS_PER_MINUTE, Period};
use super::zone::Zone;
use std::fmt::{Display, Formatter, Result};

impl Display for Temporal {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Temporal::Date(t) => t.fmt(f),
            Temporal::Time(t) => t.fmt(f),
            Temporal::LocalTime(t) => t.fmt(f),
            Temporal::DateTime(t) => t.fmt(f),
            Temporal::LocalDateTime(t) => t.fmt(f),
            Temporal::TimeZone(t) => t.fmt(f),
            Temporal::Period(t) => t.fmt(f),
        }
    }
}

impl Display for Date {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self.year() {
            year @ 0..=9_999 => {
                two_digits(f, year / 100)?;
                two_digits(f, year % 100)?;
            }
            year => write!(f, "{}{:04}", if year < 0 { '-' } else { '+' }, year.abs())?,
        }
        f.write_str("-")?;
        two_digits(f, self.month().into())?;
        f.write_str("-")?;
        two_digits(f, self.day().into())
    }
}

impl Display for LocalTime {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        two_digits(f, self.hour() as i64)?;
        f.write_str(":")?;
        two_digits(f, self.minute() as i64)?;
        f.write_str(":")?;
        two_digits(f, self.second() as i64)?;
        fraction(f, self.nano())
    }
}

impl Display for LocalDateTime {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.date.fmt(f)?;
        f.write_str("T")?;
        self.time.fmt(f)
    }
}

impl Display for Time {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.time.fmt(f)?;
        self.offset.fmt(f)
    }
}

impl Display for DateTime {
    /// The region does not show, only its offset.
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        self.local().fmt(f)?;
        self.offset().fmt(f)
    }
}

impl Display for Offset {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if *self == Offset::UTC {
            return f.write_str("Z");
        }
        let (sign, seconds) = (if self.seconds() < 0 { '-' } else { '+' }, self.seconds().abs());
        write!(f, "{sign}{:02}:{:02}", seconds / 3_600, seconds / 60 % 60)?;
        if seconds % 60 == 0 { Ok(()) } else { write!(f, ":{:02}", seconds % 60) }
    }
}

impl Display for Zone {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Zone::Offset(offset) => offset.fmt(f),
            Zone::Region(region) => f.write_str(region.id()),
        }
    }
}

impl Display for Period {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Period::Dates(dates) => dates.fmt(f),
            Period::Duration(duration) => duration.fmt(f),
        }
    }
}

impl Display for Dates {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        if *self == Dates::default() {
            return f.write_str("P0D");
        }
        f.write_str("P")?;
        for (count, unit) in [(self.years, 'Y'), (self.months, 'M'), (self.days, 'D')] {
            if count != 0 {
                write!(f, "{count}{unit}")?;
            }
        }
        Ok(())
    }
}

impl Display for Duration {
    /// Hours, minutes and seconds, each with the sign of the whole.
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        let nanos = self.nanos();
        if nanos == 0 {
            return f.write_str("PT0S");
        }
        let (sign, nanos) = (if nanos < 0 { "-" } else { "" }, nanos.abs());
        f.write_str("PT")?;
        for (count, unit) in [(nanos / NANOS_PER_HOUR, 'H'), (nanos / NANOS_PER_MINUTE % 60, 'M')] {
            if count != 0 {
                write!(f, "{sign}{count}{unit}")?;
            }
        }
        let rest = nanos % NANOS_PER_MINUTE;
        if rest == 0 {
            return Ok(());
        }
        let second = i128::from(NANOS_PER_SECOND);
        write!(f, "{sign}{}", rest / second)?;
        fraction(f, (rest % second) as u32)?;
        f.write_str("S")
    }
}

/// A number below 100; much faster than the padding of `write!`, which shows where a million dates are written.
fn two_digits(f: &mut Formatter<'_>, number: i64) -> Result {
    let digits = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
    f.write_str(std::str::from_utf8(&digits).unwrap_or_default())
}

/// `.25` for 250,000,000 billionths, nothing for none.
fn fraction(f: &mut Formatter<'_>, nanos: u32) -> Result {
    if nanos == 0 {
        return Ok(());
    }
    let digits = format!("{nanos:09}");
    write!(f, ".{}", digits.trim_end_matches('0'))
}
