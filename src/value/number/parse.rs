//! Number text: what Java's BigDecimal reads. JSON numbers and literals are a part of it.

use super::{MAX_DIGITS, Number, digits};
use num_bigint::BigInt;

impl Number {
    /// The number that this text denotes: an optional sign, digits with at most one point among or beside them, and an
    /// exponent. Any script's digits will do. No blanks, no grouping. `None` if the text is no number, if its exponent
    /// does not fit 32 bits, or if it has more than [`MAX_DIGITS`] digits.
    pub fn parse(text: &str) -> Option<Number> {
        short(text.as_bytes()).or_else(|| long(text))
    }
}

/// Up to 19 ASCII digits without an exponent.
#[inline]
fn short(text: &[u8]) -> Option<Number> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        _ => (false, text),
    };
    if digits.len() > 19 {
        return None;
    }
    // Nineteen digits cannot overflow.
    let (mut mantissa, mut count, mut point) = (0u64, 0, None);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                mantissa = mantissa * 10 + u64::from(byte - b'0');
                count += 1;
            }
            b'.' if point.is_none() => point = Some(count),
            _ => return None,
        }
    }
    if count == 0 {
        return None;
    }
    let scale = count - point.unwrap_or(count);
    let mantissa = i128::from(mantissa);
    Some(Number::from_small(if negative { -mantissa } else { mantissa }, scale))
}

/// Any length, any digits, with or without an exponent.
fn long(text: &str) -> Option<Number> {
    let (negative, rest) = sign(text);
    let end = rest.find(['e', 'E']).unwrap_or(rest.len());
    let exponent = if end < rest.len() { exponent(&rest[end + 1..])? } else { 0 };
    let (mut figures, mut scale) = (String::with_capacity(end), None);
    for c in rest[..end].chars() {
        match digit(c) {
            Some(figure) => figures.push(char::from(b'0' + figure)),
            None if c == '.' && scale.is_none() => scale = Some(figures.len()),
            None => return None,
        }
    }
    if figures.is_empty() || figures.len() as u64 > MAX_DIGITS {
        return None;
    }
    let behind = scale.map_or(0, |at| figures.len() - at);
    let scale = digits::check_scale(behind as i64 - exponent).ok()?;
    let mantissa = BigInt::parse_bytes(figures.as_bytes(), 10)?;
    Some(Number::from_parts(if negative { -mantissa } else { mantissa }, scale))
}

fn sign(text: &str) -> (bool, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    }
}

/// What follows the `E`. Leading zeros do not count, ten digits at most do.
fn exponent(text: &str) -> Option<i64> {
    let (negative, figures) = sign(text);
    if figures.is_empty() {
        return None;
    }
    let mut value = 0i64;
    for c in figures.chars() {
        value = value * 10 + i64::from(digit(c)?);
        if value > 9_999_999_999 {
            return None;
        }
    }
    Some(if negative { -value } else { value })
}

/// The value of a decimal digit of the Basic Multilingual Plane, which is as far as Java's BigDecimal looks.
pub fn digit(c: char) -> Option<u8> {
    /// The zeros of all scripts that have ten digits in a row.
    const ZEROS: [u32; 36] = [
        0x0660, 0x06F0, 0x07C0, 0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50,
        0x0ED0, 0x0F20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50,
        0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10,
    ];
    if c.is_ascii() {
        return c.to_digit(10).map(|d| d as u8);
    }
    let code = u32::from(c);
    let zero = ZEROS.iter().rev().find(|zero| **zero <= code)?;
    u8::try_from(code - zero).ok().filter(|d| *d < 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_java_reads() {
        let cases = [
            ("0", "0"),
            ("-0", "0"),
            ("-0.0", "0"),
            ("007", "7"),
            ("+5", "5"),
            ("5.", "5"),
            (".5", "0.5"),
            ("-.5e3", "-5E+2"),
            ("22.00", "22"),
            ("2.50", "2.5"),
            ("1e3", "1E+3"),
            ("1E-3", "0.001"),
            ("1E0000000000005", "1E+5"),
            ("1E2147483648", "1E+2147483648"),
            ("9223372036854775807", "9223372036854775807"),
            ("-9223372036854775808", "-9223372036854775808"),
            ("9223372036854775808", "9223372036854775808"),
            ("12345678901234567890.123456789", "12345678901234567890.123456789"),
            ("\u{663}\u{664}", "34"),
            ("\u{663}E\u{663}", "3E+3"),
        ];
        for (text, expected) in cases {
            assert_eq!(Number::parse(text).map(|n| n.to_string()).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn refuses_the_rest() {
        let texts = [
            "",
            ".",
            "-",
            "+-5",
            "--5",
            "1e",
            "1e+",
            "e5",
            " 5",
            "5 ",
            "1,5",
            "1_0",
            "0x1",
            "1.2.3",
            "NaN",
            "1E9999999999",
            "1E-2147483648",
            "0.1E-2147483647",
            "1E99999999999999999999",
        ];
        for text in texts {
            assert!(Number::parse(text).is_none(), "{text}");
        }
        assert!(Number::parse(&"7".repeat(MAX_DIGITS as usize + 1)).is_none());
    }
}
