//! The text of a field and the value it stands for.

use super::schema::{Element, Justify, Kind, Sign};
use crate::diag::Fault;
use crate::format::scalar;
use crate::value::coerce::coerce;
use crate::value::number::Rounding;
use crate::value::ty::Simple;
use crate::value::{Number, Schema, Str, Type, Value};
use num_bigint::BigInt;

/// What fields without a value are filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// Every field has a value.
    Never,
    Spaces,
    /// Zeros in fields of numbers, else spaces.
    Zeroes,
    /// The character U+0000.
    Nulls,
}

impl Fill {
    /// Whether the text of a field stands for nothing.
    fn is_missing(self, text: &str, element: &Element) -> bool {
        let all = |c: char| text.chars().all(|t| t == c);
        match self {
            Fill::Never => text.is_empty(),
            Fill::Spaces => all(' '),
            Fill::Zeroes if element.is_number() => all('0') || all(' '),
            Fill::Zeroes => all(' '),
            Fill::Nulls => all('\0'),
        }
    }

    fn character(self, element: &Element) -> char {
        match self {
            Fill::Nulls => '\0',
            Fill::Zeroes if element.is_number() => '0',
            _ if element.justify == Justify::Zeroes => '0',
            _ => ' ',
        }
    }
}

impl Element {
    fn is_number(&self) -> bool {
        matches!(self.kind, Kind::Integer | Kind::Decimal)
    }

    /// The value of a field; `None` if it is missing. `Err` says what is wrong with it.
    pub fn read(&self, text: &str, fill: Fill) -> Result<Option<Value>, String> {
        if fill.is_missing(text, self) {
            return Ok(None);
        }
        let trimmed = match (self.justify, self.is_number()) {
            (Justify::None, false) => text,
            (Justify::Left, _) => text.trim_end_matches([' ', '\0']),
            (Justify::Right, _) => text.trim_start_matches([' ', '\0']),
            _ => text.trim_matches([' ', '\0']),
        };
        let is_not = |what: &str| format!("`{}` is not {what}", text.trim());
        match self.kind {
            Kind::String => Ok(Some(Value::from(trimmed))),
            Kind::Boolean => match text.trim().to_ascii_lowercase().as_str() {
                "true" => Ok(Some(Value::Boolean(true))),
                "false" => Ok(Some(Value::Boolean(false))),
                _ => Err(is_not("true or false")),
            },
            Kind::Integer | Kind::Decimal => {
                self.number(trimmed.trim()).map(|n| Some(Value::from(n))).ok_or_else(|| is_not("a number"))
            }
            Kind::Date => self.convert(text.trim(), Simple::Date).map(Some).map_err(|_| is_not("a date")),
            Kind::Time => self.convert(text.trim(), Simple::LocalTime).map(Some).map_err(|_| is_not("a time")),
            Kind::DateTime => {
                self.convert(text.trim(), Simple::LocalDateTime).map(Some).map_err(|_| is_not("a date and time"))
            }
        }
    }

    fn convert(&self, text: &str, to: Simple) -> Result<Value, Fault> {
        coerce(&Value::from(text), &Type::Simple(to), &self.format()).map(Value::into_bare)
    }

    fn format(&self) -> Schema {
        Schema(self.pattern.iter().map(|pattern| (Str::from("format"), Value::String(pattern.clone()))).collect())
    }

    fn number(&self, text: &str) -> Option<Number> {
        if self.pattern.is_some() {
            return self.convert(text, Simple::Number).ok()?.as_number();
        }
        let (sign, digits) = match (text.strip_suffix(['+', '-']), text.strip_prefix(['+', '-'])) {
            (Some(digits), None) => (&text[digits.len()..], digits),
            (None, Some(digits)) => (&text[..1], digits),
            (None, None) => ("", text),
            (Some(_), Some(_)) => return None,
        };
        let is_plain = |b: u8| b.is_ascii_digit() || (b == b'.' && self.kind == Kind::Decimal);
        let number = digits.bytes().all(is_plain).then(|| Number::parse(digits)).flatten()?;
        let number = match self.implicit.filter(|_| !digits.contains('.')) {
            Some(places) => {
                let (mantissa, scale) = number.parts();
                Number::from_parts(mantissa.into_owned(), scale + places)
            }
            None => number,
        };
        Some(if sign == "-" { number.negate() } else { number })
    }

    /// The text of a field for a value. `Err` says why it has none.
    pub fn write(&self, value: Option<&Value>, fill: Fill, cut: bool) -> Result<String, String> {
        let text = match (value.filter(|value| !value.is_null()), &self.tag) {
            (None, Some(tag)) => tag.clone(),
            (None, None) => return Ok(fill.character(self).to_string().repeat(self.width)),
            (Some(value), _) => self.text(value)?,
        };
        let length = text.chars().count();
        if length > self.width {
            if cut {
                return Ok(text.chars().take(self.width).collect());
            }
            return Err(format!("`{text}` does not fit into {} characters", self.width));
        }
        let pad = self.width - length;
        Ok(match self.justify {
            Justify::Left | Justify::None => text + &" ".repeat(pad),
            Justify::Right => " ".repeat(pad) + &text,
            Justify::Zeroes => {
                let digits = text.trim_start_matches(['+', '-']);
                let sign = &text[..text.len() - digits.len()];
                format!("{sign}{}{digits}", "0".repeat(pad))
            }
        })
    }

    fn text(&self, value: &Value) -> Result<String, String> {
        let is_no = || format!("a {} cannot be written as {:?}", value.type_name(), self.kind);
        let converted = |to: Simple| {
            coerce(value.bare(), &Type::Simple(to), &Schema::default()).map_err(|fault| fault.message().to_string())
        };
        let patterned = |value: &Value| {
            let text = coerce(value.bare(), &Type::Simple(Simple::String), &self.format());
            let text = text.map_err(|fault| fault.message().to_string())?;
            text.as_str().map(str::to_string).ok_or_else(is_no)
        };
        match self.kind {
            Kind::String | Kind::Boolean => scalar::text(value).map(|text| text.into_owned()).ok_or_else(is_no),
            Kind::Integer | Kind::Decimal => {
                let number = converted(Simple::Number)?;
                if self.pattern.is_some() {
                    return patterned(&number);
                }
                self.digits(&number.as_number().ok_or_else(is_no)?)
            }
            Kind::Date => patterned(&converted(Simple::Date)?),
            Kind::Time => patterned(&converted(Simple::LocalTime)?),
            Kind::DateTime => patterned(&converted(Simple::LocalDateTime)?),
        }
    }

    fn digits(&self, number: &Number) -> Result<String, String> {
        const MOST_ZEROS: i64 = 10_000;
        let places = match (self.implicit, self.kind) {
            (Some(places), _) => Some(places),
            (None, Kind::Integer) => Some(0),
            (None, _) => None,
        };
        let (mantissa, scale) = number.parts();
        let plain = match places {
            None => plain_decimal(&mantissa.magnitude().to_string(), scale),
            Some(places) => {
                let rounded = number.rounded(places, Rounding::HalfUp).map_err(|fault| fault.message().to_string())?;
                if rounded != *number {
                    return Err(format!("{number} has more than {places} digits behind its point"));
                }
                let (mantissa, scale) = rounded.parts();
                let shift = u32::try_from(places - scale).ok().filter(|shift| i64::from(*shift) <= MOST_ZEROS);
                let shift = shift.ok_or_else(|| format!("{number} is too large for a field"))?;
                (mantissa.into_owned() * BigInt::from(10).pow(shift)).magnitude().to_string()
            }
        };
        let is_negative = number.signum() < 0;
        Ok(match (self.sign, is_negative) {
            (Sign::Unsigned, true) => return Err(format!("{number} is negative, and the field has no sign")),
            (Sign::Unsigned | Sign::Optional, false) => plain,
            (Sign::Optional | Sign::AlwaysLeft, true) => format!("-{plain}"),
            (Sign::AlwaysLeft, false) => format!("+{plain}"),
            (Sign::AlwaysRight, true) => format!("{plain}-"),
            (Sign::AlwaysRight, false) => format!("{plain}+"),
        })
    }
}

/// Digits with a point before the last `scale` of them, without an exponent.
fn plain_decimal(digits: &str, scale: i64) -> String {
    const MOST_ZEROS: i64 = 1_000;
    let scale = scale.clamp(-MOST_ZEROS, MOST_ZEROS);
    match usize::try_from(scale) {
        Err(_) => digits.to_string() + &"0".repeat(scale.unsigned_abs() as usize),
        Ok(0) => digits.to_string(),
        Ok(scale) => {
            let padded = "0".repeat((scale + 1).saturating_sub(digits.len())) + digits;
            let (whole, part) = padded.split_at(padded.len() - scale);
            let part = part.trim_end_matches('0');
            if part.is_empty() { whole.to_string() } else { format!("{whole}.{part}") }
        }
    }
}
