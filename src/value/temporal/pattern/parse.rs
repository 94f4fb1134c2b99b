//! Reading a text by the parts of a pattern: what each field says, not yet what it means.

use super::field::Field;
use super::format::names;
use super::lex::{Digits, Part, Sign};
use super::offset::read_localized;
use super::zone_name;
use crate::value::locale::{Form, Locale, Width};
use crate::value::temporal::cursor::Cursor;
use crate::value::temporal::offset::Offset;
use crate::value::temporal::zone::Zone;
use std::collections::BTreeMap;
use std::ops::Range;

const MINUTES_PER_DAY: u64 = 24 * 60;

/// What a text says.
#[derive(Clone, Debug, Default)]
pub struct Parsed {
    /// Fields with their numbers.
    pub fields: BTreeMap<Field, i64>,
    /// An offset.
    pub offset: Option<Offset>,
    /// A zone by its id or name.
    pub zone: Option<Zone>,
    /// The minutes of a part of the day; none if it is not named.
    pub day_period: Vec<Range<i64>>,
}

/// Reads all of `text`.
pub fn parse(text: &str, parts: &[Part], locale: &Locale) -> Result<Parsed, String> {
    let mut reader = Reader { cursor: Cursor::new(text), locale, parsed: Parsed::default() };
    let index = |rest: &str| text.encode_utf16().count() - rest.encode_utf16().count();
    match reader.all(parts) {
        Err(Mismatch(rest)) => Err(format!("Text '{text}' could not be parsed at index {}", index(rest))),
        Ok(()) if !reader.cursor.is_at_end() => {
            let end = index(reader.cursor.rest());
            Err(format!("Text '{text}' could not be parsed, unparsed text found at index {end}"))
        }
        Ok(()) => Ok(reader.parsed),
    }
}

/// The text does not fit from here on.
struct Mismatch<'a>(&'a str);

struct Reader<'a> {
    cursor: Cursor<'a>,
    locale: &'a Locale,
    parsed: Parsed,
}

impl<'a> Reader<'a> {
    fn all(&mut self, parts: &[Part]) -> Result<(), Mismatch<'a>> {
        parts.iter().try_for_each(|part| {
            let start = self.cursor.rest();
            match part {
                Part::Optional(section) => {
                    self.optional(section);
                    Ok(())
                }
                part => self.part(part).ok_or(Mismatch(start)),
            }
        })
    }

    fn optional(&mut self, section: &[Part]) {
        let before = (self.cursor.clone(), self.parsed.clone());
        if self.all(section).is_err() {
            (self.cursor, self.parsed) = before;
        }
    }

    fn part(&mut self, part: &Part) -> Option<()> {
        match part {
            Part::Literal(text) => self.cursor.eat_text_ignoring_case(text).then_some(()),
            Part::Number(digits) => self.number(digits),
            Part::Fraction(width) => {
                let (digits, rest) = leading_digits(self.cursor.rest(), *width, *width)?;
                self.cursor = Cursor::new(rest);
                self.set(Field::NanoOfSecond, format!("{digits:0<9}").parse().ok()?)
            }
            Part::Name(field, width, form) => self.name(*field, *width, *form),
            Part::DayPeriod => self.day_period(),
            Part::Offset(shape) => self.set_offset(|cursor| shape.read(cursor)),
            Part::LocalizedOffset(width) => self.set_offset(|cursor| read_localized(cursor, *width)),
            Part::ZoneId => self.set_zone(zone_name::read_id),
            Part::ZoneName { width, .. } => self.set_zone(|cursor| zone_name::read(cursor, *width)),
            Part::Optional(section) => {
                self.optional(section);
                Some(())
            }
            Part::Padded(width, part) => self.padded(*width, part),
        }
    }

    /// A field may be named twice if it says the same.
    fn set(&mut self, field: Field, value: i64) -> Option<()> {
        (*self.parsed.fields.entry(field).or_insert(value) == value).then_some(())
    }

    fn set_offset(&mut self, read: impl Fn(&mut Cursor<'a>) -> Option<Offset>) -> Option<()> {
        let offset = read(&mut self.cursor)?;
        (*self.parsed.offset.get_or_insert(offset) == offset).then_some(())
    }

    fn set_zone(&mut self, read: impl Fn(&mut Cursor<'a>) -> Option<Zone>) -> Option<()> {
        self.parsed.zone = Some(read(&mut self.cursor)?);
        Some(())
    }

    fn number(&mut self, digits: &Digits) -> Option<()> {
        let Digits { field, least, most, sign, reduced, reserved } = digits;
        let mut ahead = self.cursor.clone();
        let signed = ahead.sign();
        match (sign, signed) {
            (Sign::Never, Some(_)) | (Sign::Normal, Some(false)) => return None,
            _ => {}
        }
        let (_, available) = leading_digits(ahead.rest(), *least, most + reserved).map(|(d, _)| (d, d.len()))?;
        let width = if *reserved > 0 { available.saturating_sub(*reserved).max(*least) } else { available };
        let (text, rest) = ahead.rest().split_at_checked(width)?;
        let beyond_width = match (sign, signed) {
            (Sign::BeyondWidth, Some(false)) => width > *least,
            (Sign::BeyondWidth, None) => width <= *least,
            _ => true,
        };
        let number: i64 = text.parse().ok().filter(|n| beyond_width && (signed != Some(true) || *n != 0))?;
        self.cursor = Cursor::new(rest);
        let number = if signed == Some(true) { -number } else { number };
        self.set(*field, if *reduced { 2_000 + number } else { number })
    }

    fn name(&mut self, field: Field, width: Width, form: Form) -> Option<()> {
        let (names, first) = names(self.locale, field, width, form);
        let (index, rest) = longest(self.cursor.rest(), names.iter().copied())?;
        self.cursor = Cursor::new(rest);
        self.set(field, first + index as i64)
    }

    /// A part of the day may come twice, around midnight.
    fn day_period(&mut self) -> Option<()> {
        let periods = self.locale.day_periods();
        let (index, rest) = longest(self.cursor.rest(), periods.iter().map(|(_, name)| *name))?;
        self.cursor = Cursor::new(rest);
        let named = periods.get(index)?.1;
        let ends = periods.iter().skip(1).map(|(start, _)| *start).chain([MINUTES_PER_DAY]);
        let spans = periods.iter().zip(ends).filter(|((_, name), _)| *name == named);
        self.parsed.day_period = spans.map(|((start, _), end)| *start as i64..end as i64).collect();
        Some(())
    }

    fn padded(&mut self, width: usize, part: &Part) -> Option<()> {
        let rest = self.cursor.rest();
        let end = rest.char_indices().nth(width).map_or(rest.len(), |(index, _)| index);
        let (field, behind) = rest.split_at_checked(end).filter(|(field, _)| field.chars().count() == width)?;
        self.cursor = Cursor::new(field.trim_start_matches(' '));
        self.part(part)?;
        self.cursor.is_at_end().then(|| self.cursor = Cursor::new(behind))
    }
}

/// The digits ahead, at least `least`, at most `most`, and what follows.
fn leading_digits(text: &str, least: usize, most: usize) -> Option<(&str, &str)> {
    let count = text.bytes().take(most).take_while(u8::is_ascii_digit).count();
    (count >= least).then(|| text.split_at_checked(count))?
}

/// The longest of the texts that is ahead, by its index, and what follows. Of equal ones (narrow names) the last.
fn longest(text: &str, candidates: impl Iterator<Item = &'static str>) -> Option<(usize, &str)> {
    let behind = |name: &str| {
        let mut cursor = Cursor::new(text);
        (!name.is_empty() && cursor.eat_text_ignoring_case(name)).then(|| cursor.rest())
    };
    let found = candidates.enumerate().filter_map(|(index, name)| Some((index, behind(name)?)));
    found.max_by_key(|(_, rest)| text.len() - rest.len())
}
