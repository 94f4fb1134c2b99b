//! Zones: offsets, and named regions with rules.

use super::civil::{DAYS_PER_CYCLE, LocalDateTime, NANOS_PER_SECOND, SECONDS_PER_DAY};
use super::offset::Offset;
use crate::value::Str;
use jiff::civil;
use jiff::tz::{AmbiguousOffset, TimeZone};
use std::fmt;

/// A zone: an offset, or a region with rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Zone {
    /// `+02:00`
    Offset(Offset),
    /// `Europe/Madrid`, also `UTC` and `GMT+02:00`.
    Region(Region),
}

/// A named zone. Two are equal if their names are.
#[derive(Clone)]
pub struct Region {
    id: Str,
    rules: TimeZone,
}

impl PartialEq for Region {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Region {}

impl fmt::Debug for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Region({})", self.id)
    }
}

/// Java's old three-letter names that are no names of the zone database, or mean another zone there.
const SHORT_NAMES: [(&str, &str); 28] = [
    ("ACT", "Australia/Darwin"),
    ("AET", "Australia/Sydney"),
    ("AGT", "America/Argentina/Buenos_Aires"),
    ("ART", "Africa/Cairo"),
    ("AST", "America/Anchorage"),
    ("BET", "America/Sao_Paulo"),
    ("BST", "Asia/Dhaka"),
    ("CAT", "Africa/Harare"),
    ("CNT", "America/St_Johns"),
    ("CST", "America/Chicago"),
    ("CTT", "Asia/Shanghai"),
    ("EAT", "Africa/Addis_Ababa"),
    ("ECT", "Europe/Paris"),
    ("EST", "America/Panama"),
    ("HST", "Pacific/Honolulu"),
    ("IET", "America/Indiana/Indianapolis"),
    ("IST", "Asia/Kolkata"),
    ("JST", "Asia/Tokyo"),
    ("MIT", "Pacific/Apia"),
    ("MST", "America/Phoenix"),
    ("NET", "Asia/Yerevan"),
    ("NST", "Pacific/Auckland"),
    ("PLT", "Asia/Karachi"),
    ("PNT", "America/Phoenix"),
    ("PRT", "America/Puerto_Rico"),
    ("PST", "America/Los_Angeles"),
    ("SST", "Pacific/Guadalcanal"),
    ("VST", "Asia/Ho_Chi_Minh"),
];

impl Region {
    /// The zone of this name in the zone database; upper and lower case matter.
    pub fn named(id: &str) -> Option<Self> {
        Self::named_ignoring_case(id).filter(|region| region.id == id)
    }

    /// The zone of this name, in any case of letters.
    pub fn named_ignoring_case(id: &str) -> Option<Self> {
        let rules = jiff::tz::db().get(id).ok()?;
        let id = Str::from(rules.iana_name()?);
        Some(Self { id, rules })
    }

    /// A name such as `GMT+02:00` for a fixed offset.
    pub fn fixed(prefix: &str, offset: Offset) -> Option<Self> {
        let id = if offset == Offset::UTC { prefix.to_string() } else { format!("{prefix}{offset}") };
        let rules = TimeZone::fixed(jiff::tz::Offset::from_seconds(offset.seconds()).ok()?);
        Some(Self { id: Str::from(id), rules })
    }

    /// The name, such as `Europe/Madrid`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The offset at an instant, in seconds since the epoch.
    pub fn offset_at(&self, epoch_second: i64) -> Offset {
        let offset = jiff::Timestamp::from_second(within_known_years(epoch_second))
            .map(|instant| Offset::from(self.rules.to_offset(instant)));
        offset.unwrap_or(Offset::UTC)
    }

    /// What this wall-clock time means here: in a gap it moves forward by the gap's length; in an overlap it keeps
    /// `preferred` if that is one of the two offsets, else the earlier one.
    pub fn resolve(&self, local: LocalDateTime, preferred: Option<Offset>) -> Option<(LocalDateTime, Offset)> {
        let Some(wall_clock) = to_jiff(local) else { return Some((local, Offset::UTC)) };
        match self.rules.to_ambiguous_timestamp(wall_clock).offset() {
            AmbiguousOffset::Unambiguous { offset } => Some((local, offset.into())),
            AmbiguousOffset::Gap { before, after } => {
                let length = i64::from(after.seconds() - before.seconds());
                Some((local.plus_nanos(i128::from(length) * i128::from(NANOS_PER_SECOND))?, after.into()))
            }
            AmbiguousOffset::Fold { before, after } => {
                let later = preferred == Some(after.into());
                Some((local, if later { after.into() } else { before.into() }))
            }
        }
    }
}

/// A second in the years that jiff knows (±9999) with the same rules. Rules repeat with the calendar, every 400 years;
/// before the first change all years are alike.
fn within_known_years(epoch_second: i64) -> i64 {
    const CYCLE: i64 = DAYS_PER_CYCLE * SECONDS_PER_DAY;
    const LAST: i64 = 200_000_000_000;
    const FIRST: i64 = -200_000_000_000;
    if epoch_second > LAST { LAST - CYCLE + (epoch_second - LAST).rem_euclid(CYCLE) } else { epoch_second.max(FIRST) }
}

/// The wall-clock time to the second, which is all that rules need.
fn to_jiff(local: LocalDateTime) -> Option<civil::DateTime> {
    let LocalDateTime { date, time } =
        LocalDateTime::from_nanos(i128::from(within_known_years(local.seconds())) * i128::from(NANOS_PER_SECOND))?;
    let year = i16::try_from(date.year()).ok()?;
    civil::DateTime::new(
        year,
        date.month() as i8,
        date.day() as i8,
        time.hour() as i8,
        time.minute() as i8,
        time.second() as i8,
        0,
    )
    .ok()
}

impl Zone {
    /// `Z`
    pub const UTC: Zone = Zone::Offset(Offset::UTC);

    /// Reads `Z`, `+2`, `+02`, `+0200`, `+02:00`, `+02:00:00`, `UTC`, `GMT+2`, a name of the zone database, or one of
    /// Java's old three-letter names.
    pub fn parse(text: &str) -> Option<Self> {
        if text == "Z" || text.starts_with(['+', '-']) {
            return Offset::parse(text).map(Zone::Offset);
        }
        if let Some((_, id)) = SHORT_NAMES.iter().find(|(short, _)| *short == text) {
            return Region::named(id).map(Zone::Region);
        }
        for prefix in ["UTC", "GMT", "UT"] {
            match text.strip_prefix(prefix) {
                Some("") => return Region::fixed(prefix, Offset::UTC).map(Zone::Region),
                Some(rest) if rest.starts_with(['+', '-']) => {
                    return Region::fixed(prefix, Offset::parse(rest)?).map(Zone::Region);
                }
                _ => {}
            }
        }
        Region::named(text).map(Zone::Region)
    }

    /// The offset at an instant, in seconds since the epoch.
    pub fn offset_at(&self, epoch_second: i64) -> Offset {
        match self {
            Zone::Offset(offset) => *offset,
            Zone::Region(region) => region.offset_at(epoch_second),
        }
    }

    /// The offset at this very moment: what orders regions, and what a region means for a time without a date.
    pub fn offset_now(&self) -> Offset {
        self.offset_at(jiff::Timestamp::now().as_second())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::temporal::civil::{Date, LocalTime};

    fn offset(seconds: i32) -> Offset {
        Offset::from_seconds(seconds).unwrap()
    }

    fn region(id: &str) -> Region {
        Region::named(id).unwrap()
    }

    fn local(year: i64, month: i64, day: i64, hour: u64, minute: u64) -> LocalDateTime {
        LocalDateTime { date: Date::new(year, month, day).unwrap(), time: LocalTime::new(hour, minute, 0, 0).unwrap() }
    }

    #[test]
    fn names_and_offsets() {
        for (text, written) in [
            ("Z", "Z"),
            ("-0", "Z"),
            ("+2", "+02:00"),
            ("+0230", "+02:30"),
            ("+02:30:15", "+02:30:15"),
            ("-18", "-18:00"),
            ("UTC", "UTC"),
            ("UTC+00:00", "UTC"),
            ("GMT+2", "GMT+02:00"),
            ("GMT-1130", "GMT-11:30"),
            ("GMT0", "GMT0"),
            ("EST", "America/Panama"),
            ("CET", "CET"),
            ("Etc/GMT+3", "Etc/GMT+3"),
            ("Asia/Calcutta", "Asia/Calcutta"),
        ] {
            assert_eq!(Zone::parse(text).unwrap().to_string(), written, "{text}");
        }
        for text in
            ["", "z", "utc", "europe/madrid", "+18:01", "GMT+19", "+2:30", "UTC+2:30", "UTCZ", "+é", "Asia/Atlantis"]
        {
            assert_eq!(Zone::parse(text), None, "{text}");
        }
    }

    #[test]
    fn gaps_and_overlaps() {
        let madrid = region("Europe/Madrid");
        let (one, two) = (offset(3_600), offset(7_200));
        let gap = madrid.resolve(local(2020, 3, 29, 2, 30), None);
        assert_eq!(gap, Some((local(2020, 3, 29, 3, 30), two)));
        let overlap = local(2020, 10, 25, 2, 30);
        assert_eq!(madrid.resolve(overlap, None), Some((overlap, two)));
        assert_eq!(madrid.resolve(overlap, Some(one)), Some((overlap, one)));
    }

    #[test]
    fn rules_reach_beyond_the_years_of_the_database() {
        let madrid = region("Europe/Madrid");
        for year in [2060, 9_999, 123_456, 999_999_999] {
            assert_eq!(madrid.resolve(local(year, 7, 1, 14, 0), None).map(|(_, o)| o), Some(offset(7_200)), "{year}");
        }
        let new_york = region("America/New_York");
        for year in [1850, -9_999, -999_999_999] {
            assert_eq!(
                new_york.resolve(local(year, 7, 1, 14, 0), None).map(|(_, o)| o),
                Some(offset(-17_762)),
                "{year}"
            );
        }
    }
}
