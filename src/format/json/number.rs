//! Numbers: whole ones and short decimals without any allocation, the rest through [`Number::parse`].

use crate::value::number::Packed;
use crate::value::{Number, Value};

/// Why there is no number.
pub enum Stop {
    /// The piece ends within it and more text may come.
    Short,
    /// There is no digit at this byte, where one is due.
    NoDigit(usize),
    /// There is a zero at this byte, before other digits.
    LeadingZero(usize),
    /// More digits, or a larger exponent, than numbers may have.
    TooLong,
}

/// The number that begins at `start`, and where it ends.
#[inline]
pub fn read(text: &str, start: usize, complete: bool) -> Result<(Value, usize), Stop> {
    let bytes = text.as_bytes();
    let negative = bytes.get(start) == Some(&b'-');
    let first = start + usize::from(negative);
    let mut mantissa = 0;
    let point = digits(bytes, first, &mut mantissa);
    if point == first {
        return Err(Stop::NoDigit(first));
    }
    if point > first + 1 && bytes[first] == b'0' {
        return Err(Stop::LeadingZero(first));
    }
    let (mut end, mut scale) = (point, 0);
    if bytes.get(point) == Some(&b'.') {
        end = digits(bytes, point + 1, &mut mantissa);
        scale = end - point - 1;
        if scale == 0 {
            return Err(Stop::NoDigit(end));
        }
    }
    match bytes.get(end) {
        Some(b'e' | b'E') => return long(text, start, end, complete),
        None if !complete => return Err(Stop::Short),
        _ => {}
    }
    match short(negative, mantissa, point - first, scale) {
        Some(value) => Ok((value, end)),
        None => long(text, start, end, complete),
    }
}

/// Adds the digits from `at` on to the mantissa, which is wrong for more than 19 of them; gives where they end.
#[inline]
fn digits(bytes: &[u8], mut at: usize, mantissa: &mut u64) -> usize {
    while let Some(digit) = bytes.get(at).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10) {
        *mantissa = mantissa.wrapping_mul(10).wrapping_add(u64::from(digit));
        at += 1;
    }
    at
}

/// A number of so few digits that none is lost; `whole` and `scale` count them before and behind the point.
#[inline]
fn short(negative: bool, mantissa: u64, whole: usize, scale: usize) -> Option<Value> {
    const SURE_TO_FIT: usize = 18;
    if whole + scale > SURE_TO_FIT {
        return None;
    }
    let mantissa = mantissa as i64;
    let mantissa = if negative { -mantissa } else { mantissa };
    match scale {
        0 => Some(Value::Int(mantissa)),
        _ => Packed::new(mantissa, scale as u32).map(Value::Decimal),
    }
}

/// A number of any length. What stands before `at` has been checked; an exponent may follow.
#[cold]
fn long(text: &str, start: usize, at: usize, complete: bool) -> Result<(Value, usize), Stop> {
    let bytes = text.as_bytes();
    let mut end = at;
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let first = at + 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        end = digits(bytes, first, &mut 0);
        if end == first {
            return Err(Stop::NoDigit(end));
        }
    }
    if end == bytes.len() && !complete {
        return Err(Stop::Short);
    }
    let number = Number::parse(&text[start..end]).ok_or(Stop::TooLong)?;
    Ok((number.into(), end))
}
