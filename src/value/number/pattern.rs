//! Java's DecimalFormat patterns: `#,##0.00;(0)`, `0.##%`, `0.00E0`.

use super::Number;
use crate::diag::{Code, Fault};
use crate::value::locale::{Locale, NumberSymbols};

/// A pattern taken apart. Counts of digits as java.text.DecimalFormat derives them.
#[derive(Clone, Debug, Default)]
pub struct Pattern {
    /// Before and after a number that is not negative.
    pub positive: Affixes,
    /// Before and after a negative number, if the pattern says so; else a minus stands before the positive prefix.
    pub negative: Option<Affixes>,
    /// Least digits before the point.
    pub least_integer: usize,
    /// Most digits before the point; it matters only with an exponent.
    pub most_integer: usize,
    /// Least digits behind the point.
    pub least_fraction: usize,
    /// Most digits behind the point; `None` for all.
    pub most_fraction: Option<usize>,
    /// Digits in a group; 0 for no groups.
    pub group: usize,
    /// Least digits of the exponent, if there is one.
    pub exponent: Option<usize>,
    /// How many zeros the number is multiplied by: 2 for percent, 3 for per mille.
    pub shift: u32,
}

/// What stands around the digits.
#[derive(Clone, Debug, Default)]
pub struct Affixes {
    pub prefix: Vec<Piece>,
    pub suffix: Vec<Piece>,
}

/// A piece of a prefix or suffix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// This character.
    Char(char),
    /// The locale's minus.
    Minus,
    /// The locale's percent sign.
    Percent,
    /// The locale's per mille sign.
    PerMille,
    /// The currency's symbol.
    Currency,
    /// The currency's code.
    CurrencyCode,
}

impl Affixes {
    /// The texts of prefix and suffix in a locale.
    pub fn texts(&self, locale: &Locale, symbols: &NumberSymbols) -> (String, String) {
        let text = |pieces: &[Piece]| {
            let mut text = String::new();
            for piece in pieces {
                match piece {
                    Piece::Char(c) => text.push(*c),
                    Piece::Minus => text.push_str(symbols.minus),
                    Piece::Percent => text.push_str(symbols.percent),
                    Piece::PerMille => text.push_str(symbols.per_mille),
                    Piece::Currency => text.push_str(locale.currency_symbol()),
                    Piece::CurrencyCode => text.push_str(locale.currency_code()),
                }
            }
            text
        };
        (text(&self.prefix), text(&self.suffix))
    }
}

/// The digits of one half of a pattern, counted.
#[derive(Default)]
struct Digits {
    left: usize,
    zeros: usize,
    right: usize,
    point: Option<usize>,
    grouping: Option<usize>,
    exponent: Option<usize>,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// What java.text.DecimalFormat refuses.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        if text.is_empty() {
            return Ok(Self { group: 3, most_integer: usize::MAX, ..Self::default() });
        }
        let mut reader = Reader { text, rest: text, shift: 0 };
        let (positive, digits) = reader.half()?;
        let shift = reader.shift;
        let negative = match reader.rest.strip_prefix(';') {
            None => None,
            Some(rest) => {
                reader.rest = rest;
                reader.shift = 0;
                Some(reader.half()?.0)
            }
        };
        if !reader.rest.is_empty() {
            return Err(refused(text, "an unquoted special character"));
        }
        let mut pattern = digits.counts(text)?;
        pattern.positive = positive;
        pattern.negative = negative;
        pattern.shift = shift;
        Ok(pattern)
    }
}

struct Reader<'a> {
    text: &'a str,
    rest: &'a str,
    shift: u32,
}

impl Reader<'_> {
    /// Prefix, digits and suffix, up to `;` or the end. Digits that go on behind the suffix count as if they stood together,
    /// as in `0000-00`, whose suffix is `-`.
    fn half(&mut self) -> Result<(Affixes, Digits), Fault> {
        let (mut affixes, mut digits) = (Affixes { prefix: self.affix()?, suffix: Vec::new() }, Digits::default());
        while !self.rest.is_empty() && !self.rest.starts_with(';') {
            self.digits(&mut digits)?;
            affixes.suffix.extend(self.affix()?);
        }
        Ok((affixes, digits))
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.chars().next()?;
        self.rest = &self.rest[c.len_utf8()..];
        Some(c)
    }

    fn affix(&mut self) -> Result<Vec<Piece>, Fault> {
        let mut pieces = Vec::new();
        let mut quoted = false;
        while let Some(c) = self.rest.chars().next() {
            match c {
                '\'' if self.rest.starts_with("''") => {
                    self.next();
                    pieces.push(Piece::Char('\''));
                }
                '\'' => quoted = !quoted,
                c if quoted => pieces.push(Piece::Char(c)),
                '#' | '0' | ',' | '.' | ';' => break,
                '%' | '‰' if self.shift > 0 => return Err(refused(self.text, "too many percent signs")),
                '%' => {
                    self.shift = 2;
                    pieces.push(Piece::Percent);
                }
                '‰' => {
                    self.shift = 3;
                    pieces.push(Piece::PerMille);
                }
                '¤' if self.rest.starts_with("¤¤") => {
                    self.next();
                    pieces.push(Piece::CurrencyCode);
                }
                '¤' => pieces.push(Piece::Currency),
                '-' => pieces.push(Piece::Minus),
                c => pieces.push(Piece::Char(c)),
            }
            self.next();
        }
        if quoted { Err(refused(self.text, "a quote that is not closed")) } else { Ok(pieces) }
    }

    fn digits(&mut self, digits: &mut Digits) -> Result<(), Fault> {
        while let Some(c) = self.rest.chars().next() {
            match c {
                '#' if digits.zeros > 0 => digits.right += 1,
                '#' => digits.left += 1,
                '0' if digits.right > 0 => return Err(refused(self.text, "an unexpected `0`")),
                '0' => digits.zeros += 1,
                ',' => digits.grouping = Some(0),
                '.' if digits.point.is_some() => return Err(refused(self.text, "several decimal points")),
                '.' => digits.point = Some(digits.left + digits.zeros + digits.right),
                'E' => {
                    self.next();
                    let zeros = self.rest.len() - self.rest.trim_start_matches('0').len();
                    self.rest = &self.rest[zeros..];
                    if zeros == 0 || digits.left + digits.zeros == 0 {
                        return Err(refused(self.text, "a malformed exponent"));
                    }
                    digits.exponent = Some(zeros);
                    return Ok(());
                }
                _ => break,
            }
            if matches!(c, '#' | '0') && digits.point.is_none() {
                digits.grouping = digits.grouping.map(|size| size + 1);
            }
            self.next();
        }
        Ok(())
    }
}

impl Digits {
    /// The counts that follow, as DecimalFormat.applyPattern computes them.
    fn counts(mut self, text: &str) -> Result<Pattern, Fault> {
        if let (0, 1.., Some(point)) = (self.zeros, self.left, self.point) {
            // `###.###`, `###.` and `.###`: one of the `#` counts as a zero.
            let integer = point.max(1);
            self.right = self.left - integer;
            self.left = integer - 1;
            self.zeros = 1;
        }
        let misplaced = match self.point {
            None => self.right > 0,
            Some(point) => point < self.left || point > self.left + self.zeros,
        };
        if misplaced || self.grouping == Some(0) {
            return Err(refused(text, "digits in an impossible order"));
        }
        let total = self.left + self.zeros + self.right;
        let least_integer = self.point.unwrap_or(total) - self.left;
        Ok(Pattern {
            least_integer,
            most_integer: self.left + least_integer,
            least_fraction: self.point.map_or(0, |point| self.left + self.zeros - point),
            most_fraction: Some(self.point.map_or(0, |point| total - point)),
            group: self.grouping.unwrap_or(0),
            exponent: self.exponent,
            ..Pattern::default()
        })
    }
}

fn refused(pattern: &str, why: &str) -> Fault {
    Fault::new(Code::Format, format!("malformed number pattern `{pattern}`: {why}"))
        .help("patterns are those of java.text.DecimalFormat, such as `#,##0.00`")
        .rescuable()
}

/// The number times ten to the power of `shift`.
pub fn shifted(number: &Number, shift: i64) -> Number {
    let (mantissa, scale) = number.parts();
    Number::from_parts(mantissa.into_owned(), scale - shift)
}
