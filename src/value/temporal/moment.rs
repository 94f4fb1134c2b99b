//! Times with an offset, and moments: a local date and time with an offset and perhaps the region that gave it.

use super::civil::{LocalDateTime, LocalTime, NANOS_PER_SECOND};
use super::offset::Offset;
use super::zone::{Region, Zone};
use std::cmp::Ordering;

/// A time of day with an offset. Two are equal if both parts are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// The time of day.
    pub time: LocalTime,
    /// Its offset.
    pub offset: Offset,
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Time {
    /// By the time in UTC, then by the local one: Java's `OffsetTime.compareTo`.
    fn cmp(&self, other: &Self) -> Ordering {
        (self.utc_nanos(), self.time).cmp(&(other.utc_nanos(), other.time))
    }
}

impl Time {
    /// Nanoseconds from midnight in UTC; may be negative.
    pub fn utc_nanos(self) -> i128 {
        i128::from(self.time.nano_of_day()) - offset_nanos(self.offset)
    }
}

/// A date and time with an offset. Two are equal if they are the same instant.
#[derive(Clone, Debug)]
pub struct DateTime {
    local: LocalDateTime,
    offset: Offset,
    region: Option<Region>,
}

impl PartialEq for DateTime {
    fn eq(&self, other: &Self) -> bool {
        self.instant() == other.instant()
    }
}

impl Eq for DateTime {}

impl PartialOrd for DateTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for DateTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.instant().cmp(&other.instant())
    }
}

impl DateTime {
    /// This wall-clock time at an offset.
    pub fn at_offset(local: LocalDateTime, offset: Offset) -> Self {
        Self { local, offset, region: None }
    }

    /// This wall-clock time in a zone; see [`Region::resolve`] for times that a region has twice or not at all.
    /// `None` if a gap leads out of the years there are.
    pub fn in_zone(local: LocalDateTime, zone: Zone, preferred: Option<Offset>) -> Option<Self> {
        match zone {
            Zone::Offset(offset) => Some(Self::at_offset(local, offset)),
            Zone::Region(region) => {
                let (local, offset) = region.resolve(local, preferred)?;
                Some(Self { local, offset, region: Some(region) })
            }
        }
    }

    /// The instant, in nanoseconds since the epoch, seen in a zone; `None` outside of the years there are.
    pub fn from_instant(nanos: i128, zone: Zone) -> Option<Self> {
        let second = i64::try_from(nanos.div_euclid(i128::from(NANOS_PER_SECOND))).ok()?;
        let offset = zone.offset_at(second);
        let local = LocalDateTime::from_nanos(nanos + offset_nanos(offset))?;
        let region = match zone {
            Zone::Offset(_) => None,
            Zone::Region(region) => Some(region),
        };
        Some(Self { local, offset, region })
    }

    /// The wall-clock date and time.
    pub fn local(&self) -> LocalDateTime {
        self.local
    }

    /// The offset in force.
    pub fn offset(&self) -> Offset {
        self.offset
    }

    /// The region, if it has one.
    pub fn region(&self) -> Option<&Region> {
        self.region.as_ref()
    }

    /// The region, else the offset.
    pub fn zone(&self) -> Zone {
        self.region.clone().map_or(Zone::Offset(self.offset), Zone::Region)
    }

    /// Nanoseconds since the epoch.
    pub fn instant(&self) -> i128 {
        self.local.nanos() - offset_nanos(self.offset)
    }

    /// Whole seconds since the epoch, rounded down.
    pub fn epoch_second(&self) -> i64 {
        self.local.seconds() - i64::from(self.offset.seconds())
    }

    /// The time of day with the offset.
    pub fn time(&self) -> Time {
        Time { time: self.local.time, offset: self.offset }
    }

    /// The same instant in another zone.
    pub fn shifted(&self, zone: Zone) -> Option<Self> {
        Self::from_instant(self.instant(), zone)
    }

    /// Another wall-clock time in the same zone; in an overlap the offset stays.
    pub fn with_local(&self, local: LocalDateTime) -> Option<Self> {
        Self::in_zone(local, self.zone(), Some(self.offset))
    }

    /// `nanos` later on the time line.
    pub fn plus_nanos(&self, nanos: i128) -> Option<Self> {
        Self::from_instant(self.instant().checked_add(nanos)?, self.zone())
    }
}

fn offset_nanos(offset: Offset) -> i128 {
    i128::from(offset.seconds()) * i128::from(NANOS_PER_SECOND)
}
