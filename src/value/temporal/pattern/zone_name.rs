//! Names of zones: `CET`, `Central European Summer Time`, `Eastern Time`. English in every locale.

use super::offset::{OffsetShape, write_localized};
use crate::value::locale::Width;
use crate::value::temporal::civil::Date;
use crate::value::temporal::cursor::Cursor;
use crate::value::temporal::offset::Offset;
use crate::value::temporal::zone::{Region, Zone};
use std::collections::HashMap;
use std::sync::LazyLock;

/// The names of one kind: standard time, summer time, either.
type Names = [&'static str; 3];

struct Line {
    short: Names,
    full: Names,
    zones: Vec<&'static str>,
}

static LINES: LazyLock<Vec<Line>> = LazyLock::new(|| {
    let lines = include_str!("zone_names.txt").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(read_line).collect()
});

static BY_ZONE: LazyLock<HashMap<&'static str, &'static Line>> =
    LazyLock::new(|| LINES.iter().flat_map(|line| line.zones.iter().map(move |zone| (*zone, line))).collect());

fn read_line(line: &'static str) -> Option<Line> {
    let columns: Vec<&str> = line.split('|').collect();
    let [s1, s2, s3, f1, f2, f3, zones] = columns.try_into().ok()?;
    Some(Line { short: [s1, s2, s3], full: [f1, f2, f3], zones: zones.split(' ').collect() })
}

/// The name that a region has on a day with this offset.
pub fn write(region: &Region, date: Date, offset: Offset, width: Width, generic: bool) -> String {
    let index = if generic { 2 } else { usize::from(is_summer_time(region, date, offset)) };
    let names = BY_ZONE.get(region.id()).map(|line| if width == Width::Full { line.full } else { line.short });
    match names.unwrap_or_default()[index] {
        "" if generic => write_localized(offsets_of_year(region, date).fold(offset, westmost), Width::Full),
        "" => write_localized(offset, Width::Full),
        "*" => format!("{} Time", region.id().rsplit('/').next().unwrap_or_default().replace('_', " ")),
        name => name.to_string(),
    }
}

/// Whether the offset is ahead of one half of that year's: not what the database calls summer time, which is winter in
/// Dublin.
fn is_summer_time(region: &Region, date: Date, offset: Offset) -> bool {
    offsets_of_year(region, date).fold(offset, westmost) != offset
}

/// The offsets in January and July.
fn offsets_of_year(region: &Region, date: Date) -> impl Iterator<Item = Offset> {
    let first = move |month| Date::new(date.year(), month, 1).map(|day| day.at_midnight().seconds());
    [1, 7].into_iter().filter_map(first).map(|second| region.offset_at(second))
}

fn westmost(a: Offset, b: Offset) -> Offset {
    if b.seconds() < a.seconds() { b } else { a }
}

/// Reads a zone's name, its id, or an offset: whatever is longest.
pub fn read(cursor: &mut Cursor<'_>, width: Width) -> Option<Zone> {
    let start = cursor.clone();
    let named = longest_name(cursor.rest(), width);
    let by_id = read_id(cursor);
    let id_length = start.rest().len() - cursor.rest().len();
    match named {
        Some((length, zone)) if by_id.is_none() || length >= id_length => {
            *cursor = Cursor::new(start.rest().get(length..)?);
            Region::named(zone).map(Zone::Region)
        }
        _ => by_id,
    }
}

fn longest_name(text: &str, width: Width) -> Option<(usize, &'static str)> {
    let mut best: Option<(usize, &str)> = None;
    for line in LINES.iter() {
        let names = if width == Width::Full { line.full } else { line.short };
        for name in names.into_iter().filter(|name| name.len() > 1) {
            let mut cursor = Cursor::new(text);
            let longer = best.is_none_or(|(length, _)| name.len() > length);
            if longer && cursor.eat_text_ignoring_case(name) {
                best = line.zones.first().map(|zone| (name.len(), *zone));
            }
        }
    }
    best
}

/// Reads an offset or the id of a region, in any case of letters.
pub fn read_id(cursor: &mut Cursor<'_>) -> Option<Zone> {
    if cursor.rest().starts_with(['+', '-']) {
        return OffsetShape::ID.read(cursor).map(Zone::Offset);
    }
    for prefix in ["UTC", "GMT", "UT"] {
        let mut ahead = cursor.clone();
        if ahead.eat_text_ignoring_case(prefix) && !ahead.rest().starts_with(|c: char| c.is_ascii_alphanumeric()) {
            let offset = OffsetShape::ID.read(&mut ahead).unwrap_or(Offset::UTC);
            *cursor = ahead;
            return Region::fixed(prefix, offset).map(Zone::Region);
        }
    }
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || b"/_+-".contains(b);
    let longest = cursor.rest().bytes().take_while(is_part).count();
    for length in (1..=longest).rev() {
        let (id, rest) = cursor.rest().split_at_checked(length)?;
        if let Some(region) = Region::named_ignoring_case(id) {
            *cursor = Cursor::new(rest);
            return Some(Zone::Region(region));
        }
    }
    cursor.eat_ignoring_case('z').then_some(Zone::UTC)
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use super::*;
    use crate::value::locale::Locale;
    use crate::value::temporal::{Temporal, parse_literal};

    #[test]
    fn names_of_zones() {
        let names = |zone: &str, month: i64| {
            let Ok(Temporal::DateTime(utc)) = parse_literal(&format!("2022-{month:02}-09T17:04:06Z")) else {
                unreachable!()
            };
            let there = utc.shifted(Zone::Region(Region::named(zone).unwrap())).unwrap();
            write(&there.into(), "VV|z|zzzz|v|vvvv", &Locale::default()).unwrap()
        };
        for (zone, month, expected) in [
            ("America/New_York", 1, "America/New_York|EST|Eastern Standard Time|ET|Eastern Time"),
            ("America/New_York", 7, "America/New_York|EDT|Eastern Daylight Time|ET|Eastern Time"),
            ("Europe/Paris", 7, "Europe/Paris|CEST|Central European Summer Time|CET|Central European Time"),
            ("Europe/London", 7, "Europe/London|BST|British Summer Time|GMT|London Time"),
            ("Europe/Dublin", 1, "Europe/Dublin|GMT|Greenwich Mean Time|GMT|Dublin Time"),
            ("Asia/Kolkata", 1, "Asia/Kolkata|IST|India Standard Time|IST|Kolkata Time"),
            (
                "Australia/Sydney",
                1,
                "Australia/Sydney|AEDT|Australian Eastern Daylight Time|AET|Eastern Australia Time",
            ),
            ("America/Sao_Paulo", 1, "America/Sao_Paulo|GMT-03:00|Brasilia Standard Time|GMT-03:00|Brasilia Time"),
            ("Africa/Nairobi", 1, "Africa/Nairobi|EAT|East Africa Time|EAT|Nairobi Time"),
        ] {
            assert_eq!(names(zone, month), expected);
        }
    }

    #[test]
    fn names_read_back() {
        for (text, width, zone, rest) in [
            ("EST 2018", Width::Short, "America/New_York", " 2018"),
            ("est5edt", Width::Short, "EST5EDT", ""),
            ("BST", Width::Short, "Europe/London", ""),
            ("Central European Summer Time", Width::Full, "Europe/Paris", ""),
            ("europe/madrid", Width::Short, "Europe/Madrid", ""),
            ("GMT+02:00", Width::Short, "GMT+02:00", ""),
            ("UTC 2018", Width::Short, "UTC", " 2018"),
            ("-03:30", Width::Short, "-03:30", ""),
            ("z", Width::Short, "Z", ""),
        ] {
            let mut cursor = Cursor::new(text);
            let found = read(&mut cursor, width).map(|zone| zone.to_string());
            assert_eq!((found.as_deref(), cursor.rest()), (Some(zone), rest), "{text}");
        }
        assert_eq!(read(&mut Cursor::new("Nowhere"), Width::Short), None);
    }
}
