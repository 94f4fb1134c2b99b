//! Literals of scripts, `|…|`: a narrow selection of what texts may look like.

use super::offset::Offset;
use super::zone::Zone;
use super::{Temporal, iso, period};
use crate::diag::{Code, Fault};

/// Reads what stands between the bars.
///
/// # Errors
/// A text of another shape, and one that names no day, time or period there is.
pub fn parse(text: &str) -> Result<Temporal, Fault> {
    let read = if text.starts_with('P') { period_literal(text) } else { point_literal(text) };
    read.ok_or_else(|| invalid(text))
}

fn invalid(text: &str) -> Fault {
    Fault::new(Code::Syntax, format!("`|{text}|` is no date, time, time zone or period"))
        .help("write |2031-05-17|, |23:45:59|, |2031-05-17T23:45:59.123+09:00|, |-03:00|, |P1Y2M3D| or |PT1H30M|")
}

/// Narrower than text: no weeks, no plus, no lower case, no sign in front, no comma.
fn period_literal(text: &str) -> Option<Temporal> {
    let narrow = text.bytes().all(|b| b"PYMDTHS-.0123456789".contains(&b)) && !text.contains(".S");
    narrow.then(|| period::parse(text))?.map(Temporal::Period)
}

/// The shape decides on the type, then the text is read as of that type.
fn point_literal(text: &str) -> Option<Temporal> {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    let local = ["Z", "+00:00", "-00:00"].iter().find_map(|offset| shape.strip_suffix(offset));
    let (date, time) = match local.unwrap_or(&shape) {
        "" => return Offset::parse(text).map(|offset| Temporal::TimeZone(Zone::Offset(offset))),
        both if both.contains('T') => both.split_once('T').map(|(date, time)| (Some(date), Some(time)))?,
        time if time.contains(':') => (None, Some(time)),
        date => (Some(date), None),
    };
    if !date.is_none_or(|d| is_date(d, time.is_some())) || !time.is_none_or(is_time) {
        return None;
    }
    match (date, time, local) {
        (Some(date), None, _) => iso::date(text.get(..date.len())?).map(Temporal::Date),
        (Some(_), Some(_), None) => iso::local_date_time(text).map(Temporal::LocalDateTime),
        (Some(_), Some(_), Some(_)) => iso::date_time(text).map(Temporal::DateTime),
        (None, _, None) => iso::local_time(text).map(Temporal::LocalTime),
        (None, _, Some(_)) => iso::time(text).map(Temporal::Time),
    }
}

fn is_date(shape: &str, with_time: bool) -> bool {
    let (month_and_day, day_of_year, week) = ("-00-00", "-000", "-W00-0");
    let rest = shape.strip_prefix("+00000").or_else(|| shape.strip_prefix("0000"));
    rest.is_some_and(|r| r == month_and_day || (!with_time && (r == day_of_year || r == week)))
}

fn is_time(shape: &str) -> bool {
    match shape.split_once('.') {
        Some((time, fraction)) => {
            time == "00:00:00" && (1..=9).contains(&fraction.len()) && fraction.bytes().all(|b| b == b'0')
        }
        None => shape == "00:00" || shape == "00:00:00",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_with_their_type_and_text() {
        for (text, kind, written) in [
            ("2019-07-04", "Date", "2019-07-04"),
            ("0000-01-01", "Date", "0000-01-01"),
            ("+12345-06-07", "Date", "+12345-06-07"),
            ("2019-185", "Date", "2019-07-04"),
            ("2020-W53-7", "Date", "2021-01-03"),
            ("2019-07-04+02:00", "Date", "2019-07-04"),
            ("2019-185Z", "Date", "2019-07-04"),
            ("2019-07-04T08:15", "LocalDateTime", "2019-07-04T08:15:00"),
            ("2019-07-04T08:15:30.100", "LocalDateTime", "2019-07-04T08:15:30.1"),
            ("2019-07-04T08:15:30+00:00", "DateTime", "2019-07-04T08:15:30Z"),
            ("+12345-06-07T00:00:00Z", "DateTime", "+12345-06-07T00:00:00Z"),
            ("08:15:30", "LocalTime", "08:15:30"),
            ("18:00", "LocalTime", "18:00:00"),
            ("18:00Z", "Time", "18:00:00Z"),
            ("08:15:30-03:30", "Time", "08:15:30-03:30"),
            ("+18:00", "TimeZone", "+18:00"),
            ("-00:00", "TimeZone", "Z"),
            ("P2Y5M9D", "Period", "P2Y5M9D"),
            ("P1Y0M0D", "Period", "P1Y"),
            ("P400D", "Period", "P400D"),
            ("P0Y", "Period", "P0D"),
            ("P-2Y5M9D", "Period", "P-2Y5M9D"),
            ("P1DT1H", "Period", "PT25H"),
            ("PT1H-30M", "Period", "PT30M"),
            ("PT-90M", "Period", "PT-1H-30M"),
            ("PT-0.5S", "Period", "PT-0.5S"),
            ("P1DT-0.5S", "Period", "PT23H59M59.5S"),
            ("PT0H", "Period", "PT0S"),
        ] {
            let literal = parse(text).unwrap();
            assert_eq!((literal.type_name(), literal.to_string().as_str()), (kind, written), "{text}");
        }
    }

    #[test]
    fn what_is_no_literal() {
        for text in [
            "12345-06-07",
            "+2021-11-05",
            "-0044-03-15",
            "2019-02-29",
            "2019-7-4",
            "2019-07",
            "2019-185T08:15",
            "2019-W27-4T08:15",
            "2019-W54-1",
            "2019-07-04t08:15",
            "2019-07-04 08:15",
            "2019-07-04T08",
            "6:07",
            "24:00",
            "08:15:60",
            "08:15:30.",
            "08:15:30,5",
            "08:15:30.1234567890",
            "08:15+02",
            "08:15z",
            "+02",
            "+0200",
            "+18:01",
            "Europe/Madrid",
            "P",
            "PT",
            "P1DT",
            "P1W",
            "P1YT1H",
            "P+1D",
            "-P1D",
            "p1d",
            "PT1h",
            "PT1.5M",
            "PT.5S",
            "PT1.S",
            "PT1,5S",
            "P1D1Y",
            "P2147483648D",
            "P--1D",
            "",
            "T08:15",
            "2019-07-04T",
            "é",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
