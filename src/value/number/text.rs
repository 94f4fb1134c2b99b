//! Number text: Java's BigDecimal text after the zeros at the end of the fraction are dropped.

use super::{Number, Packed};
use num_bigint::BigInt;
use std::fmt;

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Number::Int(n) => n.fmt(f),
            Number::Packed(p) => write_packed(*p, f),
            Number::Big(b) => {
                let (mantissa, scale) = b.as_bigint_and_scale();
                write_big(&mantissa, scale, f)
            }
        }
    }
}

/// A short decimal. Nearly all of them have a plain form.
fn write_packed(packed: Packed, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (mut mantissa, mut scale) = (packed.mantissa().unsigned_abs(), packed.scale() as usize);
    if mantissa == 0 {
        return f.write_str("0");
    }
    while scale > 0 && mantissa.is_multiple_of(10) {
        mantissa /= 10;
        scale -= 1;
    }
    if packed.mantissa() < 0 {
        f.write_str("-")?;
    }
    let mut digits = [0u8; 20];
    let mut start = digits.len();
    while mantissa > 0 {
        start -= 1;
        digits[start] = b'0' + (mantissa % 10) as u8;
        mantissa /= 10;
    }
    write_digits(std::str::from_utf8(&digits[start..]).unwrap_or_default(), scale as i64, f)
}

fn write_big(mantissa: &BigInt, scale: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let digits = mantissa.magnitude().to_str_radix(10);
    if digits == "0" {
        return f.write_str("0");
    }
    let zeros = digits.bytes().rev().take_while(|d| *d == b'0').count();
    let dropped = zeros.min(usize::try_from(scale).unwrap_or(0));
    if mantissa.sign() == num_bigint::Sign::Minus {
        f.write_str("-")?;
    }
    write_digits(&digits[..digits.len() - dropped], scale - dropped as i64, f)
}

/// The digits of a number other than zero with its point, or in exponent form.
fn write_digits(digits: &str, scale: i64, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let exponent = digits.len() as i64 - 1 - scale;
    if scale < 0 || exponent < -6 {
        let (first, rest) = digits.split_at(1);
        let point = if rest.is_empty() { "" } else { "." };
        return write!(f, "{first}{point}{rest}E{exponent:+}");
    }
    let scale = scale as usize;
    if scale == 0 {
        return f.write_str(digits);
    }
    match digits.len().checked_sub(scale) {
        Some(whole @ 1..) => {
            f.write_str(&digits[..whole])?;
            f.write_str(".")?;
            f.write_str(&digits[whole..])
        }
        _ => {
            f.write_str("0.")?;
            f.write_str(&"000000"[..scale - digits.len()])?;
            f.write_str(digits)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writes_as_java_does() {
        let cases = [
            ("12.50", "12.5"),
            ("400.00", "400"),
            ("-400.10", "-400.1"),
            ("2E4", "2E+4"),
            ("30E4", "3.0E+5"),
            ("4.25E2", "425"),
            ("1.20E3", "1.20E+3"),
            ("100.0E1", "1000"),
            ("6E-6", "0.000006"),
            ("0.0000004", "4E-7"),
            ("0.00000123", "0.00000123"),
            ("0.000000123", "1.23E-7"),
            ("0.00000010", "1E-7"),
            ("-1E400", "-1E+400"),
            ("1E-400", "1E-400"),
            ("0E5", "0"),
            ("0.000", "0"),
            ("123456789012345678901234567890.10", "123456789012345678901234567890.1"),
            ("0.0000001234567890123456789012345678901234500", "1.2345678901234567890123456789012345E-7"),
        ];
        for (text, expected) in cases {
            assert_eq!(Number::parse(text).unwrap().to_string(), expected, "{text}");
        }
    }
}
