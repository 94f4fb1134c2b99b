//! The time on the clock of this machine.

use crate::value::temporal::{DateTime, LocalDateTime, Zone};
use jiff::{Timestamp, Zoned, tz::TimeZone};
use std::time::SystemTime;

/// Date and time of the system's zone.
pub fn local_now() -> Option<LocalDateTime> {
    local(&Zoned::now())
}

/// A moment as date and time of the system's zone.
pub fn local_time(moment: SystemTime) -> Option<LocalDateTime> {
    local(&Timestamp::try_from(moment).ok()?.to_zoned(TimeZone::system()))
}

/// A moment, in nanoseconds since 1970, as date and time with the system's zone.
pub fn zoned_time(nanos: i128) -> Option<DateTime> {
    let zone = TimeZone::system();
    DateTime::from_instant(nanos, zone.iana_name().and_then(Zone::parse).unwrap_or(Zone::UTC))
}

fn local(moment: &Zoned) -> Option<LocalDateTime> {
    let shift = i128::from(moment.offset().seconds()) * 1_000_000_000;
    LocalDateTime::from_nanos(moment.timestamp().as_nanosecond() + shift)
}
