//! Dates and times of day without a zone, in the proleptic Gregorian calendar.
//!
//! An own calendar and not jiff's: scripts reach the years ±999,999,999, jiff stops at ±9,999. Only zone rules come
//! from jiff.

mod date;
mod time;

pub use date::{Date, days_in_month, is_leap_year};
pub use time::{LocalDateTime, LocalTime};

use std::ops::RangeInclusive;

/// Nanoseconds in a second.
pub const NANOS_PER_SECOND: u64 = 1_000_000_000;
/// Seconds in a day.
pub const SECONDS_PER_DAY: i64 = 86_400;
/// Nanoseconds in a day.
pub const NANOS_PER_DAY: u64 = SECONDS_PER_DAY as u64 * NANOS_PER_SECOND;
/// The years a date can have.
pub const YEARS: RangeInclusive<i64> = -999_999_999..=999_999_999;

/// Days in 400 years, after which the calendar repeats, weekdays included.
pub const DAYS_PER_CYCLE: i64 = 146_097;
