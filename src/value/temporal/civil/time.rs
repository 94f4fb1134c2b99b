//! Times of day, and days with a time.

use super::{Date, NANOS_PER_DAY, NANOS_PER_SECOND, SECONDS_PER_DAY};

/// A time of day, to the nanosecond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalTime {
    nanos: u64,
}

impl LocalTime {
    /// The start of the day.
    pub const MIDNIGHT: LocalTime = LocalTime { nanos: 0 };

    /// `None` if a part is out of range.
    pub fn new(hour: u64, minute: u64, second: u64, nano: u64) -> Option<Self> {
        let fits = hour < 24 && minute < 60 && second < 60 && nano < NANOS_PER_SECOND;
        fits.then(|| Self { nanos: ((hour * 60 + minute) * 60 + second) * NANOS_PER_SECOND + nano })
    }

    /// Nanoseconds since midnight, less than a day.
    pub fn from_nano_of_day(nanos: u64) -> Option<Self> {
        (nanos < NANOS_PER_DAY).then_some(Self { nanos })
    }

    /// Nanoseconds since midnight.
    pub fn nano_of_day(self) -> u64 {
        self.nanos
    }

    /// 0 to 23.
    pub fn hour(self) -> u64 {
        self.second_of_day() / 3_600
    }

    /// 0 to 59.
    pub fn minute(self) -> u64 {
        self.second_of_day() / 60 % 60
    }

    /// 0 to 59.
    pub fn second(self) -> u64 {
        self.second_of_day() % 60
    }

    /// Nanoseconds of the second.
    pub fn nano(self) -> u32 {
        (self.nanos % NANOS_PER_SECOND) as u32
    }

    /// Whole seconds since midnight.
    pub fn second_of_day(self) -> u64 {
        self.nanos / NANOS_PER_SECOND
    }

    /// The start of its hour.
    pub fn start_of_hour(self) -> Self {
        Self { nanos: self.hour() * 3_600 * NANOS_PER_SECOND }
    }

    /// `nanos` later, round midnight.
    pub fn wrapping_plus(self, nanos: i128) -> Self {
        Self { nanos: (i128::from(self.nanos) + nanos).rem_euclid(i128::from(NANOS_PER_DAY)) as u64 }
    }
}

/// A day and a time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LocalDateTime {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: LocalTime,
}

impl LocalDateTime {
    /// Seconds from 1970-01-01T00:00:00 on the same clock.
    pub fn seconds(self) -> i64 {
        self.date.epoch_day() * SECONDS_PER_DAY + self.time.second_of_day() as i64
    }

    /// Nanoseconds from 1970-01-01T00:00:00 on the same clock.
    pub fn nanos(self) -> i128 {
        i128::from(self.date.epoch_day()) * i128::from(NANOS_PER_DAY) + i128::from(self.time.nano_of_day())
    }

    /// The inverse of [`LocalDateTime::nanos`]; `None` outside of [`YEARS`].
    pub fn from_nanos(nanos: i128) -> Option<Self> {
        let day = i64::try_from(nanos.div_euclid(i128::from(NANOS_PER_DAY))).ok()?;
        let nano_of_day = nanos.rem_euclid(i128::from(NANOS_PER_DAY)) as u64;
        Some(Self { date: Date::from_epoch_day(day)?, time: LocalTime::from_nano_of_day(nano_of_day)? })
    }

    /// The same time of day `months` later; see [`Date::plus_months`].
    pub fn plus_months(self, months: i64) -> Option<Self> {
        Some(Self { date: self.date.plus_months(months)?, ..self })
    }

    /// The same time of day `days` later.
    pub fn plus_days(self, days: i64) -> Option<Self> {
        Some(Self { date: self.date.plus_days(days)?, ..self })
    }

    /// `nanos` later.
    pub fn plus_nanos(self, nanos: i128) -> Option<Self> {
        Self::from_nanos(self.nanos().checked_add(nanos)?)
    }
}
