//! Dates, times, zones and periods: java.time's types and rules, which the reference engine hands to scripts.

mod arithmetic;
mod civil;
mod coerce;
mod compare;
mod convert;
mod cursor;
mod fault;
mod iso;
mod join;
mod literal;
mod moment;
mod offset;
mod pattern;
mod period;
mod select;
#[cfg(test)]
mod testing;
mod text;
mod units;
mod zone;

pub use arithmetic::{add, subtract};
pub use civil::{Date, LocalDateTime, LocalTime};
pub use coerce::coerce;
pub use compare::{compare, similar};
pub use join::{concat, shift_zone};
pub use literal::parse as parse_literal;
pub use moment::{DateTime, Time};
pub use offset::Offset;
pub use pattern::fits as fits_pattern;
pub use period::{Dates, Duration, Period};
pub use select::select;
pub use zone::{Region, Zone};

/// A temporal value. Equality is that of `==`: moments by instant, everything else by parts, never across types.
#[derive(Clone, Debug, PartialEq)]
pub enum Temporal {
    /// `|2031-05-17|`
    Date(Date),
    /// `|23:45:59+09:00|`
    Time(Time),
    /// `|23:45:59|`
    LocalTime(LocalTime),
    /// `|2031-05-17T23:45:59+09:00|`
    DateTime(DateTime),
    /// `|2031-05-17T23:45:59|`
    LocalDateTime(LocalDateTime),
    /// `|+09:00|`
    TimeZone(Zone),
    /// `|P1Y2M3D|`, `|PT1H30M|`
    Period(Period),
}

impl Temporal {
    /// The name `typeOf` gives.
    pub fn type_name(&self) -> &'static str {
        self.simple_type().name()
    }
}

macro_rules! from_parts {
    ($($variant:ident($part:ty)),*) => {
        $(impl From<$part> for Temporal {
            fn from(part: $part) -> Self {
                Temporal::$variant(part)
            }
        })*
    };
}

from_parts!(
    Date(Date),
    Time(Time),
    LocalTime(LocalTime),
    DateTime(DateTime),
    LocalDateTime(LocalDateTime),
    TimeZone(Zone),
    Period(Period)
);
