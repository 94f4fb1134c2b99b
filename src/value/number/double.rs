//! To and from IEEE doubles, with the digits and scales of Java's `Double.toString`.

use super::Number;
use super::digits::POWERS;

impl Number {
    /// The nearest double; infinite beyond the range of doubles.
    pub fn to_f64(&self) -> f64 {
        const EXACT: i64 = 1 << 53;
        match self.small() {
            Some((mantissa, 0)) => mantissa as f64,
            Some((mantissa, scale @ 1..=18)) if mantissa.abs() <= EXACT => {
                mantissa as f64 / POWERS[scale as usize] as f64
            }
            _ => {
                let (mantissa, scale) = self.parts();
                format!("{mantissa}e{}", -scale).parse().unwrap_or(f64::NAN)
            }
        }
    }

    /// The decimal that is shortest among those nearest to this double, scaled as Java writes it: at least one digit
    /// behind the point, exponent form below 0.001 and from 10 million on. `None` if it is not finite.
    pub fn from_f64(double: f64) -> Option<Number> {
        if !double.is_finite() {
            return None;
        }
        let mut buffer = ryu::Buffer::new();
        let (digits, power) = shortest(buffer.format_finite(double.abs()))?;
        // The power of the first digit.
        let exponent = power + i64::from(digits.checked_ilog10().unwrap_or_default());
        let plain = (-3..7).contains(&exponent);
        let scale = (-power).max(if plain { 1 } else { 1 - exponent });
        let mantissa = i128::from(digits) * 10_i128.checked_pow(u32::try_from(scale + power).ok()?)?;
        Some(Number::from_small(if double < 0.0 { -mantissa } else { mantissa }, scale))
    }
}

/// The digits as a whole number without zeros at its end, and the power of ten that it counts. There are at most 17.
fn shortest(text: &str) -> Option<(u64, i64)> {
    let (figures, exponent) = text.split_once('e').unwrap_or((text, "0"));
    let (whole, fraction) = figures.split_once('.').unwrap_or((figures, ""));
    let all = whole.bytes().chain(fraction.bytes());
    let mut digits = all.fold(0, |digits: u64, digit| digits * 10 + u64::from(digit - b'0'));
    let mut power = exponent.parse::<i64>().ok()? - fraction.len() as i64;
    if digits == 0 {
        return Some((0, 0));
    }
    while digits.is_multiple_of(10) {
        digits /= 10;
        power += 1;
    }
    Some((digits, power))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_as_java_writes_them() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (2f64.sqrt(), "1.4142135623730951"),
            (1e15, "1.0E+15"),
            (1e7, "1.0E+7"),
            (9_999_999.0, "9999999"),
            (1.25e10, "1.25E+10"),
            (123_456_789.5, "123456789.5"),
            (0.001, "0.001"),
            (1e-4, "0.0001"),
            (-1e-7, "-1E-7"),
            (f64::MAX, "1.7976931348623157E+308"),
            (5e-324, "5E-324"),
        ];
        for (double, expected) in cases {
            assert_eq!(Number::from_f64(double).unwrap().to_string(), expected);
        }
        assert!(Number::from_f64(f64::NAN).is_none());
    }

    #[test]
    fn reads_back_the_same_double() {
        for double in [0.1, 1.0 / 3.0, 1e22, 123_456.789, f64::MAX, f64::MIN_POSITIVE, -2.5e-9] {
            assert_eq!(Number::from_f64(double).unwrap().to_f64(), double);
        }
        for (text, double) in [("1E400", f64::INFINITY), ("9007199254740993", 9_007_199_254_740_992.0), ("0.3", 0.3)] {
            assert_eq!(Number::parse(text).unwrap().to_f64(), double);
        }
    }
}
