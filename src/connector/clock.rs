//! The time on the clock of this machine.

use crate::value::temporal::LocalDateTime;

/// Date and time of the system's zone.
pub fn local_now() -> Option<LocalDateTime> {
    let now = jiff::Zoned::now();
    let shift = i128::from(now.offset().seconds()) * 1_000_000_000;
    LocalDateTime::from_nanos(now.timestamp().as_nanosecond() + shift)
}
