//! Sums, differences and products. Whole operands that fit 64 bits give a whole result of scale 0, which makes the
//! exponent form vanish (`2E3 + 0` is 2000); all else is exact decimal arithmetic with Java's scales.

use super::digits::{self, POWERS};
use super::{Number, Packed};
use crate::diag::Fault;
use num_bigint::BigInt;

impl Number {
    /// Exact sum. Fails only beyond [`super::MAX_DIGITS`].
    #[inline]
    pub fn add(&self, other: &Number) -> Result<Number, Fault> {
        match (self, other) {
            (Number::Int(a), Number::Int(b)) => {
                if let Some(sum) = a.checked_add(*b) {
                    return Ok(Number::Int(sum));
                }
            }
            (Number::Packed(a), Number::Packed(b)) => {
                if let Some(sum) = packed_sum(*a, *b) {
                    return Ok(Number::Packed(sum));
                }
            }
            _ => {}
        }
        sum(self, other)
    }

    /// Exact difference. Fails only beyond [`super::MAX_DIGITS`].
    #[inline]
    pub fn subtract(&self, other: &Number) -> Result<Number, Fault> {
        match (self, other) {
            (Number::Int(a), Number::Int(b)) => {
                if let Some(difference) = a.checked_sub(*b) {
                    return Ok(Number::Int(difference));
                }
            }
            (Number::Packed(a), Number::Packed(b)) => {
                if let Some(difference) = packed_sum(*a, b.negate()) {
                    return Ok(Number::Packed(difference));
                }
            }
            _ => {}
        }
        sum(self, &other.negate())
    }

    /// Exact product. Fails only beyond [`super::MAX_DIGITS`].
    #[inline]
    pub fn multiply(&self, other: &Number) -> Result<Number, Fault> {
        if let (Number::Int(a), Number::Int(b)) = (self, other)
            && let Some(product) = a.checked_mul(*b)
        {
            return Ok(Number::Int(product));
        }
        product(self, other)
    }

    /// `self` to a whole power, exactly; the scale is multiplied (`1E3` to the power of 2 is `1E+6`). Fails only beyond
    /// [`super::MAX_DIGITS`].
    pub fn power(&self, exponent: u32) -> Result<Number, Fault> {
        let (mantissa, scale) = self.parts();
        let scale = digits::check_scale(scale.saturating_mul(exponent.into()))?;
        let (mut result, mut base, mut left) = (Number::Int(1), Number::from(mantissa.into_owned()), exponent);
        while left > 0 {
            if left & 1 == 1 {
                result = result.multiply(&base)?;
            }
            left >>= 1;
            if left > 0 {
                base = base.multiply(&base)?;
            }
        }
        Ok(Number::from_parts(result.parts().0.into_owned(), scale))
    }

    /// The value of a whole number that fits 64 bits, for the rule of whole operands.
    fn whole_operand(&self) -> Option<i128> {
        self.to_i64().map(i128::from)
    }
}

/// The sum of two decimals of one scale, at least one of them with a fraction.
#[inline]
fn packed_sum(a: Packed, b: Packed) -> Option<Packed> {
    if a.scale() != b.scale() || (a.is_whole() && b.is_whole()) {
        return None;
    }
    Packed::new(a.mantissa() + b.mantissa(), a.scale())
}

/// `mantissa * 10^digits`, if that fits.
fn scaled(mantissa: i64, digits: u32) -> Option<i128> {
    let power = POWERS.get(digits as usize)?;
    Some(i128::from(mantissa) * i128::from(*power))
}

fn sum(a: &Number, b: &Number) -> Result<Number, Fault> {
    if let (Some(a), Some(b)) = (a.whole_operand(), b.whole_operand()) {
        return Ok(Number::from_small(a + b, 0));
    }
    if let (Some((m, s)), Some((n, t))) = (a.small(), b.small()) {
        let scale = s.max(t);
        if let (Some(m), Some(n)) = (scaled(m, scale - s), scaled(n, scale - t)) {
            return Ok(Number::from_small(m + n, scale.into()));
        }
    }
    let ((m, s), (n, t)) = (a.parts(), b.parts());
    let scale = s.max(t);
    let sum: BigInt = digits::rescale(&m, s, scale)? + digits::rescale(&n, t, scale)?;
    digits::check_length(&sum)?;
    Ok(Number::from_parts(sum, scale))
}

fn product(a: &Number, b: &Number) -> Result<Number, Fault> {
    if let (Some(a), Some(b)) = (a.whole_operand(), b.whole_operand()) {
        return Ok(Number::from_small(a * b, 0));
    }
    if let (Some((m, s)), Some((n, t))) = (a.small(), b.small()) {
        return Ok(Number::from_small(i128::from(m) * i128::from(n), i64::from(s + t)));
    }
    let ((m, s), (n, t)) = (a.parts(), b.parts());
    let scale = digits::check_scale(s + t)?;
    if (m.bits() + n.bits()).saturating_mul(3) / 10 > super::MAX_DIGITS + 1 {
        return Err(digits::too_long());
    }
    Ok(Number::from_parts(&*m * &*n, scale))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::Code;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    fn check(cases: &[(&str, &str, &str)], op: fn(&Number, &Number) -> Result<Number, Fault>) {
        for (a, b, expected) in cases {
            assert_eq!(op(&number(a), &number(b)).unwrap().to_string(), *expected, "{a} and {b}");
        }
    }

    #[test]
    fn sums() {
        let cases = [
            ("1", "2", "3"),
            ("9223372036854775807", "1", "9223372036854775808"),
            ("12.50", "7.25", "19.75"),
            ("0.1", "0.25", "0.35"),
            ("1.5", "2", "3.5"),
            ("2E3", "0", "2000"),
            ("2E3", "0.50", "2000.5"),
            ("1E18", "9E18", "10000000000000000000"),
            ("2E25", "5", "20000000000000000000000005"),
            ("1E-31", "1", "1.0000000000000000000000000000001"),
            ("99999999999999999.9", "0.1", "100000000000000000"),
        ];
        check(&cases, Number::add);
    }

    #[test]
    fn differences() {
        let cases = [
            ("9223372036854775808", "1", "9223372036854775807"),
            ("-9223372036854775808", "1", "-9223372036854775809"),
            ("0", "-9223372036854775808", "9223372036854775808"),
            ("1E19", "1E18", "9E+18"),
            ("0.3", "0.1", "0.2"),
            ("1.5", "1.5", "0"),
            ("0", "2E3", "-2000"),
        ];
        check(&cases, Number::subtract);
    }

    #[test]
    fn products() {
        let cases = [
            ("2E3", "1", "2000"),
            ("2E3", "1.0", "2000"),
            ("2E3", "1.5", "3.0E+3"),
            ("2E3", "1.50", "3.00E+3"),
            ("2E19", "2", "4E+19"),
            ("22.00", "2E25", "4.400E+26"),
            ("1E18", "10.0", "10000000000000000000"),
            ("1.05", "3", "3.15"),
            ("0.000001", "0.1", "1E-7"),
            ("123456789012345.678", "987654321098765.4321", "121932631137021794334857491122.2374638"),
            ("1E-31", "1E-31", "1E-62"),
        ];
        check(&cases, Number::multiply);
    }

    #[test]
    fn whole_operands_lose_their_scale() {
        for (a, b) in [("2.00", "3"), ("2.00", "3.0")] {
            let sum = number(a).add(&number(b)).unwrap();
            assert_eq!(sum.multiply(&number("2E25")).unwrap().to_string(), "1.0E+26");
        }
        let sum = number("1.25").add(&number("1.75")).unwrap();
        assert_eq!(sum.multiply(&number("2E25")).unwrap().to_string(), "6.00E+25");
    }

    #[test]
    fn powers() {
        assert_eq!(number("2").power(64).unwrap().to_string(), "18446744073709551616");
        assert_eq!(number("1.5").power(3).unwrap().to_string(), "3.375");
        assert_eq!(number("1E3").power(2).unwrap().to_string(), "1E+6");
        assert_eq!(number("7").power(0).unwrap().to_string(), "1");
        assert_eq!(number("10").power(u32::MAX).unwrap_err().code(), Code::Limit);
    }

    #[test]
    fn huge_results_are_faults() {
        let huge = number("1E999999999");
        assert_eq!(huge.add(&Number::Int(1)).unwrap_err().code(), Code::Limit);
        assert_eq!(huge.multiply(&huge).unwrap().to_string(), "1E+1999999998");
        let most = number("1E2147483647");
        assert_eq!(most.multiply(&most).unwrap_err().code(), Code::Limit);
        let long = number("7").power(80_000).unwrap();
        assert_eq!(long.multiply(&long).unwrap_err().code(), Code::Limit);
    }
}
