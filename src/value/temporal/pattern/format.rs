//! Writing a point in time by the parts of a pattern.

use super::field::{Field, Source};
use super::lex::{Digits, Part, Sign};
use super::offset::{OffsetShape, write_localized};
use super::zone_name;
use crate::value::locale::{Form, Locale, Width};
use crate::value::temporal::Temporal;
use crate::value::temporal::offset::Offset;

/// Why a part cannot be written.
enum Problem {
    /// The point has no such field: an optional section vanishes.
    Missing(String),
    /// The value does not fit the pattern.
    Unfit(String),
}

/// Writes `point`.
pub fn format(point: &Temporal, parts: &[Part], locale: &Locale) -> Result<String, String> {
    let Some(source) = Source::of(point) else { return Ok(point.to_string()) };
    let mut writer = Writer { source, locale, text: String::new() };
    match writer.all(parts) {
        Ok(()) => Ok(writer.text),
        Err(Problem::Missing(reason) | Problem::Unfit(reason)) => Err(reason),
    }
}

struct Writer<'a> {
    source: Source<'a>,
    locale: &'a Locale,
    text: String,
}

impl Writer<'_> {
    fn all(&mut self, parts: &[Part]) -> Result<(), Problem> {
        parts.iter().try_for_each(|part| self.part(part))
    }

    fn part(&mut self, part: &Part) -> Result<(), Problem> {
        match part {
            Part::Literal(text) => self.text.push_str(text),
            Part::Number(digits) => self.number(digits)?,
            Part::Fraction(width) => {
                let nanos = format!("{:09}", self.value(Field::NanoOfSecond)?);
                self.text.push_str(nanos.get(..*width).unwrap_or(&nanos));
            }
            Part::Name(field, width, form) => self.name(*field, *width, *form)?,
            Part::DayPeriod => self.day_period()?,
            Part::Offset(shape) => self.text.push_str(&shape.write(self.offset()?)),
            Part::LocalizedOffset(width) => self.text.push_str(&write_localized(self.offset()?, *width)),
            Part::ZoneId => self.zone_id()?,
            Part::ZoneName { width, generic } => self.zone_name(*width, *generic)?,
            Part::Optional(section) => self.optional(section)?,
            Part::Padded(width, part) => self.padded(*width, part)?,
        }
        Ok(())
    }

    fn value(&self, field: Field) -> Result<i64, Problem> {
        let missing = || Problem::Missing(format!("Unsupported field: {field:?}"));
        field.value(&self.source, self.locale.week()).ok_or_else(missing)
    }

    fn number(&mut self, digits: &Digits) -> Result<(), Problem> {
        let Digits { field, least, most, sign, reduced, .. } = digits;
        let value = self.value(*field)?;
        let number = if *reduced { value.unsigned_abs() % 100 } else { value.unsigned_abs() };
        let text = format!("{number:0>least$}");
        if text.len() > *most {
            let reason = format!("Field {field:?} cannot be printed as the value {value} exceeds the width {most}");
            return Err(Problem::Unfit(reason));
        }
        match sign {
            Sign::Never if value < 0 && !reduced => {
                return Err(Problem::Unfit(format!(
                    "Field {field:?} cannot be printed as the value {value} is negative"
                )));
            }
            Sign::Never => {}
            _ if value < 0 => self.text.push('-'),
            Sign::BeyondWidth if text.len() > *least => self.text.push('+'),
            _ => {}
        }
        self.text.push_str(&text);
        Ok(())
    }

    fn name(&mut self, field: Field, width: Width, form: Form) -> Result<(), Problem> {
        let value = self.value(field)?;
        let (names, first) = names(self.locale, field, width, form);
        let name = usize::try_from(value - first).ok().and_then(|index| names.get(index));
        self.text.push_str(name.copied().unwrap_or_default());
        Ok(())
    }

    /// Periods of a single moment (midnight, noon) are told by the minute they end before.
    fn day_period(&mut self) -> Result<(), Problem> {
        let minute = (self.value(Field::MilliOfDay)? / 60_000) as u64;
        let periods = self.locale.day_periods();
        let period = periods.iter().rev().find(|(start, _)| *start <= minute);
        self.text.push_str(period.map_or("", |(_, name)| name));
        Ok(())
    }

    fn offset(&self) -> Result<Offset, Problem> {
        self.source.offset.ok_or_else(|| Problem::Missing("Unsupported field: OffsetSeconds".to_string()))
    }

    /// The offset of a point that has a zone.
    fn zone_offset(&self) -> Result<Offset, Problem> {
        let no_zone = || Problem::Missing("Unable to extract ZoneId".to_string());
        self.source.offset.filter(|_| self.source.has_zone).ok_or_else(no_zone)
    }

    fn zone_id(&mut self) -> Result<(), Problem> {
        let offset = self.zone_offset()?;
        let text = self.source.region.map_or_else(|| OffsetShape::ID.write(offset), |region| region.id().to_string());
        self.text.push_str(&text);
        Ok(())
    }

    fn zone_name(&mut self, width: Width, generic: bool) -> Result<(), Problem> {
        let offset = self.zone_offset()?;
        let text = match (self.source.region, self.source.date) {
            (Some(region), Some(date)) => zone_name::write(region, date, offset, width, generic),
            _ => OffsetShape::ID.write(offset),
        };
        self.text.push_str(&text);
        Ok(())
    }

    fn optional(&mut self, section: &[Part]) -> Result<(), Problem> {
        let start = self.text.len();
        match self.all(section) {
            Err(Problem::Missing(_)) => {
                self.text.truncate(start);
                Ok(())
            }
            result => result,
        }
    }

    fn padded(&mut self, width: usize, part: &Part) -> Result<(), Problem> {
        let start = self.text.len();
        self.part(part)?;
        let length = self.text.get(start..).unwrap_or_default().chars().count();
        let Some(blanks) = width.checked_sub(length) else {
            let reason = format!("Cannot print as output of {length} characters exceeds pad width of {width}");
            return Err(Problem::Unfit(reason));
        };
        self.text.insert_str(start, &" ".repeat(blanks));
        Ok(())
    }
}

/// The names of a field's values, and the first of those values.
pub fn names(locale: &Locale, field: Field, width: Width, form: Form) -> (&'static [&'static str], i64) {
    match field {
        Field::MonthOfYear => (locale.months(width, form), 1),
        Field::DayOfWeek => (locale.days(width, form), 1),
        Field::QuarterOfYear => (locale.quarters(width, form), 1),
        Field::Era => (locale.eras(width), 0),
        _ => (locale.halves(), 0),
    }
}

#[cfg(test)]
mod tests {
    use super::super::write;
    use crate::value::locale::Locale;
    use crate::value::temporal::parse_literal;

    fn result(point: &str, pattern: &str, tag: &str) -> String {
        write(&parse_literal(point).unwrap(), pattern, &Locale::of_tag(tag)).unwrap_or_else(|_| "-".to_string())
    }

    fn check(point: &str, cases: &[(&str, &str)]) {
        for (pattern, expected) in cases {
            assert_eq!(result(point, pattern, "en"), *expected, "{pattern}");
        }
    }

    #[test]
    fn letters_of_dates() {
        check(
            "2022-03-09",
            &[
                ("u uu uuu uuuu uuuuu", "2022 22 2022 2022 02022"),
                ("y yy yyyy", "2022 22 2022"),
                ("M MM MMM MMMM MMMMM L LLLL", "3 03 Mar March M 3 March"),
                ("d dd D DD DDD", "9 09 68 68 068"),
                ("Q QQ QQQ QQQQ QQQQQ q qqqq", "1 01 Q1 1st quarter 1 1 1st quarter"),
                ("G GGG GGGG GGGGG", "AD AD Anno Domini A"),
                ("E EEEE EEEEE e ee eee c ccc", "Wed Wednesday W 4 04 Wed 4 Wed"),
                ("YYYY-ww-e W F g", "2022-11-4 2 2 59647"),
                ("dd.MM.uuuu, (€) — !", "09.03.2022, (€) — !"),
                ("uuuu年M月d日", "2022年3月9日"),
                ("", ""),
                ("uuuu-MM-dd['T'HH:mm[:ssX]]", "2022-03-09"),
                ("ppd/ppM pppppu", " 9/ 3  2022"),
                ("HH", "-"),
                ("X", "-"),
            ],
        );
        check("+12345-01-01", &[("uuuu", "+12345"), ("u", "12345"), ("y", "12345"), ("yyyy", "+12345")]);
    }

    #[test]
    fn letters_of_times() {
        for (time, expected) in [
            ("00:05", "0 00 12 12 0 24 AM"),
            ("07:05", "7 07 7 07 7 7 AM"),
            ("12:05", "12 12 12 12 0 12 PM"),
            ("19:05", "19 19 7 07 7 19 PM"),
        ] {
            check(time, &[("H HH h hh K k a", expected)]);
        }
        check(
            "17:04:06.050607809",
            &[
                ("S SS SSS SSSS SSSSSSSSS", "0 05 050 0506 050607809"),
                ("n A N nnnnnnnnnnn", "50607809 61446050 61446050607809 00050607809"),
                ("B", "in the afternoon"),
                ("d", "-"),
            ],
        );
        check("12:00", &[("B", "noon")]);
    }

    #[test]
    fn letters_of_offsets() {
        check(
            "2022-03-19T17:04:06.05-03:00",
            &[
                ("X XX XXX XXXX XXXXX", "-03 -0300 -03:00 -0300 -03:00"),
                ("x xx xxx Z ZZZZ ZZZZZ", "-03 -0300 -03:00 -0300 GMT-03:00 -03:00"),
                ("O OOOO", "GMT-3 GMT-03:00"),
                ("z zzzz v vvvv VV", "-03:00 -03:00 -03:00 -03:00 -03:00"),
            ],
        );
        check("2022-03-19T17:04:06Z", &[("X XXX x xxx Z ZZZZ ZZZZZ O VV z", "Z Z +00 +00:00 +0000 GMT Z GMT Z Z")]);
        check("17:04+05:45", &[("H:mmXXX X O", "17:04+05:45 +0545 GMT+5:45"), ("VV", "-"), ("z", "-")]);
        check("2022-03-19T17:04", &[("VV", "-"), ("X", "-")]);
    }

    #[test]
    fn locales() {
        for (point, pattern, tag, expected) in [
            ("2022-02-09", "EEE d MMM uuuu QQQQ", "fr", "mer. 9 févr. 2022 1er trimestre"),
            ("2022-05-14", "EEEE d MMMM uuuu", "pt-BR", "sábado 14 maio 2022"),
            ("2022-03-09T17:04", "uuuu年MMMMd日 EEEE ah:mm", "ja", "2022年3月9日 水曜日 午後5:04"),
            ("2022-09-09T17:04", "d MMM h:mm a", "en-GB", "9 Sept 5:04 pm"),
            ("2022-03-09", "EEEE MMMM", "en_US", "Wed Mar"),
            ("2022-01-01", "YYYY-'W'ww-e", "en-GB", "2021-W52-6"),
            ("2022-01-01", "YYYY-'W'ww-e", "de", "2022-W01-7"),
        ] {
            assert_eq!(result(point, pattern, tag), expected, "{tag}");
        }
    }

    #[test]
    fn quotes_and_wrong_patterns() {
        check(
            "2022-03-09T17:04:06Z",
            &[
                ("'on' d 'at' H 'o''clock'", "on 9 at 17 o'clock"),
                ("''yy", "'22"),
                ("'year'''", "year'"),
                ("[[d]HH]", "917"),
                ("[d", "9"),
            ],
        );
        let wrong = "T|b|ddd|DDDD|HHH|MMMMMM|EEEEEE|aa|cc|V|OO|SSSSSSSSSS|ppp|pp'x'|{|}|#|]|[d]]|'open|'|uuuu-MM-ddTHH|vv|\
                     vvv|zzzzz|XXXXXX|ZZZZZZ|BB|WW|www|eeeeee|FF|GGGGGG|ppMMMM|uuuuuuuuuuuuuuuuuuuu";
        for pattern in wrong.split('|') {
            assert_eq!(result("2022-03-19T17:04:06Z", pattern, "en"), "-", "{pattern}");
        }
        assert_eq!(result("2022-03-19", &"[".repeat(100_000), "en"), "-");
    }
}
