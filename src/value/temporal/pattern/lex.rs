//! From the letters of a pattern to its parts.

use super::field::Field;
use super::offset::OffsetShape;
use crate::value::locale::{Form, Width};

/// A part of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Text as it stands.
    Literal(String),
    /// A number.
    Number(Digits),
    /// `SSS`: so many digits behind the decimal point.
    Fraction(usize),
    /// A name: of a month, a day, a quarter, an era, half a day.
    Name(Field, Width, Form),
    /// `B`: in the morning, at noon.
    DayPeriod,
    /// `+02:00`
    Offset(OffsetShape),
    /// `GMT+2`, or `GMT+02:00` in full.
    LocalizedOffset(Width),
    /// `Europe/Paris`
    ZoneId,
    /// `CET`, `Central European Time`; the generic name leaves summer time out of account.
    ZoneName {
        /// Full or short.
        width: Width,
        /// The name for the whole year.
        generic: bool,
    },
    /// `[…]`
    Optional(Vec<Part>),
    /// `ppp` and a part: filled up with blanks on the left.
    Padded(usize, Box<Part>),
}

/// How a number is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Digits {
    /// What is counted.
    pub field: Field,
    /// The least digits.
    pub least: usize,
    /// The most digits.
    pub most: usize,
    /// Signs.
    pub sign: Sign,
    /// Two digits of a year from 2000 on.
    pub reduced: bool,
    /// How many digits belong to the numbers right behind it when reading.
    pub reserved: usize,
}

/// Which signs a number may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sign {
    /// Only `-`.
    Normal,
    /// None.
    Never,
    /// `-`, and `+` if there are more than the least digits.
    BeyondWidth,
}

const MOST_DIGITS: usize = 19;
/// How deep optional sections may nest, so that no pattern exhausts the stack.
const DEEPEST: usize = 64;

impl Digits {
    fn new(field: Field, least: usize, most: usize, sign: Sign) -> Self {
        Self { field, least, most, sign, reduced: false, reserved: 0 }
    }

    fn fixed(field: Field, width: usize) -> Self {
        Self::new(field, width, width, Sign::Never)
    }

    fn has_fixed_width(&self) -> bool {
        self.least == self.most && self.sign == Sign::Never
    }
}

/// Reads a pattern.
///
/// # Errors
/// What is wrong with it, in Java's words.
pub fn read(pattern: &str) -> Result<Vec<Part>, String> {
    let mut builder = Builder::default();
    let mut rest = pattern;
    while let Some(c) = rest.chars().next() {
        let run = rest.chars().take_while(|next| *next == c).count();
        match c {
            'p' => {
                let letter = rest.get(run..).and_then(|r| r.chars().next()).filter(char::is_ascii_alphabetic);
                let letter =
                    letter.ok_or(format!("Pad letter 'p' must be followed by valid pad pattern: {pattern}"))?;
                rest = rest.get(run..).unwrap_or_default();
                let count = rest.chars().take_while(|next| *next == letter).count();
                builder.push(Part::Padded(run, Box::new(letters(letter, count)?)));
                rest = rest.get(count..).unwrap_or_default();
            }
            'A'..='Z' | 'a'..='z' => {
                builder.push(letters(c, run)?);
                rest = rest.get(run..).unwrap_or_default();
            }
            '\'' => rest = builder.push_quoted(rest, pattern)?,
            '[' | ']' | '{' | '}' | '#' => {
                builder.bracket(c, pattern)?;
                rest = rest.get(1..).unwrap_or_default();
            }
            c => {
                builder.push(Part::Literal(c.to_string()));
                rest = rest.get(c.len_utf8()..).unwrap_or_default();
            }
        }
    }
    Ok(builder.finish())
}

/// The parts so far, and the sections that are still open.
#[derive(Default)]
struct Builder {
    parts: Vec<Part>,
    /// The first of the numbers that stand side by side at the end of `parts`.
    first_number: Option<usize>,
    open: Vec<Vec<Part>>,
}

impl Builder {
    fn push(&mut self, part: Part) {
        let width = match &part {
            Part::Number(digits) => Some(digits.has_fixed_width().then_some(digits.most)),
            Part::Fraction(width) => Some(Some(*width)),
            _ => None,
        };
        self.first_number = match (width, self.first_number) {
            (None, _) => None,
            (Some(Some(width)), Some(first)) => {
                self.reserve(first, |reserved| reserved + width);
                Some(first)
            }
            (Some(width), first) => {
                // A number of any length ends the row: what stood before it keeps nothing back.
                if let (None, Some(first)) = (width, first) {
                    self.reserve(first, |_| 0);
                }
                Some(self.parts.len())
            }
        };
        self.parts.push(part);
    }

    fn reserve(&mut self, first: usize, change: impl Fn(usize) -> usize) {
        if let Some(Part::Number(digits)) = self.parts.get_mut(first) {
            digits.reserved = change(digits.reserved);
        }
    }

    /// Reads quoted text from `rest`, which starts with the quote; what lies behind it.
    fn push_quoted<'a>(&mut self, rest: &'a str, pattern: &str) -> Result<&'a str, String> {
        let mut text = String::new();
        let mut behind = rest.get(1..).unwrap_or_default();
        loop {
            let unclosed = || format!("Pattern ends with an incomplete string literal: {pattern}");
            let (inside, next) = behind.split_once('\'').ok_or_else(unclosed)?;
            text.push_str(inside);
            match next.strip_prefix('\'') {
                Some(more) if !(inside.is_empty() && text.is_empty()) => {
                    text.push('\'');
                    behind = more;
                }
                _ => {
                    behind = next;
                    break;
                }
            }
        }
        self.push(Part::Literal(if text.is_empty() { "'".to_string() } else { text }));
        Ok(behind)
    }

    fn bracket(&mut self, bracket: char, pattern: &str) -> Result<(), String> {
        self.first_number = None;
        match bracket {
            '[' if self.open.len() == DEEPEST => {
                return Err(format!("Pattern nests more than {DEEPEST} optional sections"));
            }
            '[' => self.open.push(std::mem::take(&mut self.parts)),
            ']' => {
                let outer = self.open.pop();
                let outer = outer.ok_or(format!("Pattern invalid as it contains ] without previous [: {pattern}"))?;
                self.close(outer);
            }
            other => return Err(format!("Pattern includes reserved character: '{other}'")),
        }
        Ok(())
    }

    fn close(&mut self, outer: Vec<Part>) {
        let section = std::mem::replace(&mut self.parts, outer);
        self.parts.push(Part::Optional(section));
    }

    /// Sections left open end with the pattern.
    fn finish(mut self) -> Vec<Part> {
        while let Some(outer) = self.open.pop() {
            self.close(outer);
        }
        self.parts
    }
}

/// The part for a letter repeated `count` times.
fn letters(letter: char, count: usize) -> Result<Part, String> {
    use Field::*;
    if count > MOST_DIGITS {
        return Err(format!("The minimum width must be from 1 to {MOST_DIGITS} inclusive but was {count}"));
    }
    let part = match letter {
        'u' => year(Year, count),
        'y' => year(YearOfEra, count),
        'Y' => year(WeekBasedYear, count),
        'M' => number_or_name(MonthOfYear, count, Form::InDate),
        'L' => number_or_name(MonthOfYear, count, Form::Alone),
        'Q' => number_or_name(QuarterOfYear, count, Form::InDate),
        'q' => number_or_name(QuarterOfYear, count, Form::Alone),
        'E' => name(DayOfWeek, count.max(3), Form::InDate),
        'e' if count <= 2 => Some(Part::Number(Digits::fixed(LocalDayOfWeek, count))),
        'e' => name(DayOfWeek, count, Form::InDate),
        'c' if count == 1 => Some(Part::Number(Digits::fixed(LocalDayOfWeek, count))),
        'c' => name(DayOfWeek, count, Form::Alone),
        'G' => name(Era, count.max(3), Form::InDate),
        'a' => (count == 1).then_some(Part::Name(AmPmOfDay, Width::Full, Form::InDate)),
        'B' => matches!(count, 1 | 4 | 5).then_some(Part::DayPeriod),
        'd' => one_or_two(DayOfMonth, count),
        'H' => one_or_two(HourOfDay, count),
        'h' => one_or_two(ClockHourOfAmPm, count),
        'K' => one_or_two(HourOfAmPm, count),
        'k' => one_or_two(ClockHourOfDay, count),
        'm' => one_or_two(MinuteOfHour, count),
        's' => one_or_two(SecondOfMinute, count),
        'w' => (count <= 2).then(|| Part::Number(Digits::new(WeekOfWeekBasedYear, count, 2, Sign::Never))),
        'W' => (count == 1).then(|| Part::Number(Digits::new(WeekOfMonth, 1, 2, Sign::Never))),
        'F' => (count == 1).then(|| Part::Number(Digits::new(AlignedWeekOfMonth, 1, MOST_DIGITS, Sign::Normal))),
        'D' if count == 1 => Some(Part::Number(Digits::new(DayOfYear, 1, MOST_DIGITS, Sign::Normal))),
        'D' => (count <= 3).then(|| Part::Number(Digits::new(DayOfYear, count, 3, Sign::Never))),
        'g' => Some(Part::Number(Digits::new(ModifiedJulianDay, count, MOST_DIGITS, Sign::Normal))),
        'A' => Some(Part::Number(Digits::new(MilliOfDay, count, MOST_DIGITS, Sign::Never))),
        'N' => Some(Part::Number(Digits::new(NanoOfDay, count, MOST_DIGITS, Sign::Never))),
        'n' => Some(Part::Number(Digits::new(NanoOfSecond, count, MOST_DIGITS, Sign::Never))),
        'S' => (count <= 9).then_some(Part::Fraction(count)),
        'V' => (count == 2).then_some(Part::ZoneId),
        'v' => zone_name(if count == 1 { 3 } else { count }, true).filter(|_| count != 3),
        'z' => zone_name(count.max(3), false),
        'O' => {
            matches!(count, 1 | 4).then_some(Part::LocalizedOffset(if count == 1 { Width::Short } else { Width::Full }))
        }
        'Z' if count == 4 => Some(Part::LocalizedOffset(Width::Full)),
        'X' | 'x' | 'Z' => OffsetShape::of_letters(letter, count).map(Part::Offset),
        other => return Err(format!("Unknown pattern letter: {other}")),
    };
    part.ok_or_else(|| format!("Too many pattern letters: {letter}"))
}

fn year(field: Field, count: usize) -> Option<Part> {
    let sign = if count < 4 { Sign::Normal } else { Sign::BeyondWidth };
    Some(Part::Number(match count {
        2 => Digits { reduced: true, ..Digits::fixed(field, 2) },
        _ => Digits::new(field, count, MOST_DIGITS, sign),
    }))
}

fn one_or_two(field: Field, count: usize) -> Option<Part> {
    match count {
        1 => Some(Part::Number(Digits::new(field, 1, MOST_DIGITS, Sign::Normal))),
        2 => Some(Part::Number(Digits::fixed(field, 2))),
        _ => None,
    }
}

fn number_or_name(field: Field, count: usize, form: Form) -> Option<Part> {
    one_or_two(field, count).or_else(|| name(field, count, form))
}

fn name(field: Field, count: usize, form: Form) -> Option<Part> {
    let width = match count {
        3 => Width::Short,
        4 => Width::Full,
        5 => Width::Narrow,
        _ => return None,
    };
    Some(Part::Name(field, width, form))
}

fn zone_name(count: usize, generic: bool) -> Option<Part> {
    match count {
        3 => Some(Part::ZoneName { width: Width::Short, generic }),
        4 => Some(Part::ZoneName { width: Width::Full, generic }),
        _ => None,
    }
}
