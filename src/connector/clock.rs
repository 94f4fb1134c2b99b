//! The time on the clock of this machine.

use crate::value::temporal::LocalDateTime;
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

fn local(moment: &Zoned) -> Option<LocalDateTime> {
    let shift = i128::from(moment.offset().seconds()) * 1_000_000_000;
    LocalDateTime::from_nanos(moment.timestamp().as_nanosecond() + shift)
}
