//! Quotients and remainders with Java's scales: a quotient is exact if it terminates, else it has 34 significant digits.

use super::Number;
use super::digits::{self, POWERS};
use crate::diag::{Code, Fault};
use num_bigint::{BigInt, BigUint, Sign};
use num_integer::Integer;
use num_traits::{One, ToPrimitive, Zero};

/// The digits of a quotient that does not terminate (the precision of IEEE 754 decimal128).
const PRECISION: u64 = 34;

impl Number {
    /// The quotient: exact if it terminates, else rounded half to even to 34 significant digits.
    pub fn divide(&self, divisor: &Number) -> Result<Number, Fault> {
        if divisor.is_zero() {
            return Err(division_by_zero());
        }
        if let (Some(a), Some(b)) = (self.whole_i32(), divisor.whole_i32())
            && a % b == 0
        {
            return Ok(Number::Int(a / b));
        }
        if let (Some((m, s)), Some((n, t))) = (self.small(), divisor.small()) {
            let scale = i64::from(s) - i64::from(t);
            if let Some(quotient) = short_quotient(m, n, scale) {
                return Ok(quotient);
            }
        }
        let ((m, s), (n, t)) = (self.parts(), divisor.parts());
        long_quotient(&m, &n, digits::check_scale(s - t)?)
    }

    /// What is left after the whole quotient is taken out; it has the sign of `self`.
    pub fn remainder(&self, divisor: &Number) -> Result<Number, Fault> {
        if divisor.is_zero() {
            return Err(division_by_zero());
        }
        if let (Number::Int(a), Number::Int(b)) = (self, divisor) {
            return Ok(Number::Int(a.checked_rem(*b).unwrap_or(0)));
        }
        let ((m, s), (n, t)) = (self.parts(), divisor.parts());
        if self.abs() < divisor.abs() {
            return Ok(self.clone());
        }
        let common = s.max(t);
        let (m, n) = (digits::rescale(&m, s, common)?, digits::rescale(&n, t, common)?);
        let (quotient, rest) = m.div_rem(&n);
        // Java gives the whole quotient the scale s - t if its zeros allow that, and subtracts quotient * divisor.
        let quotient_scale = if s >= t { s - t } else { (s - t).max(-trailing_zeros(&quotient)) };
        let scale = s.max(t + quotient_scale);
        Ok(Number::from_parts(digits::rescale(&rest, common, scale)?, scale))
    }

    /// A whole number that fits 32 bits: only those divide as integers in the reference engine.
    fn whole_i32(&self) -> Option<i64> {
        self.to_i64().filter(|n| i32::try_from(*n).is_ok())
    }
}

/// The fault of `x / 0` and `x mod 0`, in the reference's words: scripts read them through `try`.
fn division_by_zero() -> Fault {
    Fault::new(Code::DivisionByZero, "Division by zero").help("test the divisor first: `if (n != 0) x / n else …`")
}

/// `m / n / 10^scale` where it fits the small stores, or needs 34 digits.
fn short_quotient(m: i64, n: i64, scale: i64) -> Option<Number> {
    let (dividend, divisor) = (m.unsigned_abs(), n.unsigned_abs());
    let common = dividend.gcd(&divisor);
    let twos = (divisor / common).trailing_zeros();
    let (mut rest, mut fives) = ((divisor / common) >> twos, 0);
    while rest.is_multiple_of(5) {
        rest /= 5;
        fives += 1;
    }
    let negative = (m < 0) != (n < 0);
    if rest != 1 {
        return Some(rounded_quotient(dividend, divisor, negative, scale));
    }
    let more = twos.max(fives);
    let factor = 2i128.checked_pow(more - twos)?.checked_mul(5i128.checked_pow(more - fives)?)?;
    let mantissa = i128::from(dividend / common).checked_mul(factor)?;
    Some(Number::from_small(if negative { -mantissa } else { mantissa }, scale + i64::from(more)))
}

/// 34 digits of a quotient that does not terminate, by long division.
fn rounded_quotient(dividend: u64, divisor: u64, negative: bool, scale: i64) -> Number {
    let divisor = u128::from(divisor);
    let (mut quotient, mut rest) = (u128::from(dividend) / divisor, u128::from(dividend) % divisor);
    let mut more = 0;
    loop {
        let have = quotient.checked_ilog10().map_or(0, |log| u64::from(log) + 1);
        if have >= PRECISION {
            break;
        }
        // Leading zeros of the fraction are no digits: with no digit yet, one more step may be needed.
        let step = (PRECISION - have).min(18) as usize;
        let unit = POWERS[step] as u128;
        (quotient, rest) = (quotient * unit + rest * unit / divisor, rest * unit % divisor);
        more += step as i64;
    }
    quotient += u128::from(rest * 2 > divisor);
    let mantissa = BigInt::from_biguint(if negative { Sign::Minus } else { Sign::Plus }, quotient.into());
    Number::from_parts(mantissa, scale + more)
}

/// `m / n / 10^scale` for numbers of any size.
fn long_quotient(m: &BigInt, n: &BigInt, scale: i64) -> Result<Number, Fault> {
    let sign = m.sign() * n.sign();
    let (dividend, divisor) = (m.magnitude(), n.magnitude());
    if dividend.is_zero() {
        return Ok(Number::from_parts(BigInt::zero(), scale));
    }
    let twos = divisor.trailing_zeros().unwrap_or(0);
    let (rest, fives) = digits::without_fives(divisor >> twos);
    let (reduced, left) = dividend.div_rem(&rest);
    let (mantissa, scale) =
        if left.is_zero() { exact_quotient(reduced, twos, fives, scale)? } else { rounded(dividend, divisor, scale)? };
    let mantissa = BigInt::from_biguint(sign, mantissa);
    digits::check_length(&mantissa)?;
    Ok(Number::from_parts(mantissa, digits::check_scale(scale)?))
}

/// `m / 2^twos / 5^fives / 10^scale` with as few digits behind the point as Java gives.
fn exact_quotient(m: BigUint, twos: u64, fives: u64, scale: i64) -> Result<(BigUint, i64), Fault> {
    let more = shortfall(&m, 2, twos).max(shortfall(&m, 5, fives));
    let numerator = m * digits::power_of_ten(more)?;
    let divisor = BigUint::from(5u8).pow(fives as u32) << twos;
    Ok((numerator / divisor, scale + more as i64))
}

/// How many factors `base` the number lacks to be divisible by `base^wanted`.
fn shortfall(m: &BigUint, base: u8, wanted: u64) -> u64 {
    let present = match base {
        2 => m.trailing_zeros().unwrap_or(0),
        _ => digits::without_fives(m.clone()).1,
    };
    wanted.saturating_sub(present)
}

/// 34 digits of a quotient that does not terminate.
fn rounded(dividend: &BigUint, divisor: &BigUint, scale: i64) -> Result<(BigUint, i64), Fault> {
    let known = digits::count(dividend) as i64 - digits::count(divisor) as i64;
    let shift = PRECISION as i64 - known;
    let (numerator, divisor) = match u64::try_from(shift) {
        Ok(up) => (dividend * digits::power_of_ten(up)?, divisor.clone()),
        Err(_) => (dividend.clone(), divisor * digits::power_of_ten(shift.unsigned_abs())?),
    };
    // One digit too many, or just enough: drop down to the precision before rounding.
    let (mut quotient, mut rest) = numerator.div_rem(&divisor);
    let (mut scale, mut unit) = (scale + shift, divisor);
    if digits::count(&quotient) > PRECISION {
        let (tens, digit) = quotient.div_rem(&BigUint::from(10u8));
        rest += digit * &unit;
        unit *= 10u8;
        (quotient, scale) = (tens, scale - 1);
    }
    if rest * 2u8 > unit {
        quotient += BigUint::one();
    }
    if digits::count(&quotient) > PRECISION {
        (quotient, scale) = (quotient / 10u8, scale - 1);
    }
    Ok((quotient, scale))
}

/// How many factors of ten a whole number has.
fn trailing_zeros(n: &BigInt) -> i64 {
    let Some(twos) = n.trailing_zeros() else { return 0 };
    let fives = digits::without_fives(n.magnitude().clone()).1;
    twos.min(fives).to_i64().unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn quotients() {
        let third = "0.3333333333333333333333333333333333";
        let cases = [
            ("6", "3", "2"),
            ("7", "8", "0.875"),
            ("-10", "4", "-2.5"),
            ("1", "3", third),
            ("2", "3", "0.6666666666666666666666666666666667"),
            ("-1", "3", &format!("-{third}")),
            ("1", "700", "0.001428571428571428571428571428571429"),
            ("1", "9223372036854775807", "1.08420217248550443412500223595217E-19"),
            ("1E40", "3", "3.333333333333333333333333333333333E+39"),
            ("1", "3E40", "3.333333333333333333333333333333333E-41"),
            ("1E3", "3", "333.3333333333333333333333333333333"),
            ("1", "1024", "0.0009765625"),
            ("1", "1E400", "1E-400"),
            ("5E3", "2", "2500"),
            ("2E3", "0.5", "4E+3"),
            ("9.00E10", "3.0", "3.0E+10"),
            ("2E9", "1", "2000000000"),
            ("3E9", "1", "3E+9"),
            ("6E9", "6", "1E+9"),
            ("4E10", "2E9", "2E+1"),
            ("2E9", "1E8", "20"),
            ("6000000000", "2", "3000000000"),
            ("1E30", "1E10", "1E+20"),
            ("0.0", "5", "0"),
            ("-9223372036854775808", "-1", "9223372036854775808"),
            ("99999999999999999999999999999999999", "7E35", "0.1428571428571428571428571428571429"),
        ];
        for (a, b, expected) in cases {
            assert_eq!(number(a).divide(&number(b)).unwrap().to_string(), expected, "{a} / {b}");
        }
    }

    #[test]
    fn small_and_big_quotients_agree() {
        for (m, n) in [(1, 7), (-123_456_789, 977), (i64::MAX, 3), (5, i64::MAX), (22, 1_000_003), (1, 6_000_000_000)] {
            let short = short_quotient(m, n, 0).unwrap();
            assert_eq!(short.to_string(), long_quotient(&m.into(), &n.into(), 0).unwrap().to_string(), "{m} / {n}");
        }
    }

    #[test]
    fn remainders() {
        let cases = [
            ("10", "3", "1"),
            ("-7", "3", "-1"),
            ("7", "-3", "1"),
            ("10.5", "3", "1.5"),
            ("5.5", "0.5", "0"),
            ("1E3", "7E3", "1E+3"),
            ("7E3", "2E3", "1E+3"),
            ("8.5E3", "1E3", "5E+2"),
            ("8.500E3", "1E3", "500"),
            ("1E20", "7", "2"),
            ("7E20", "1.5", "1"),
            ("4000", "7E3", "4000"),
            ("-9223372036854775808", "-1", "0"),
        ];
        for (a, b, expected) in cases {
            assert_eq!(number(a).remainder(&number(b)).unwrap().to_string(), expected, "{a} mod {b}");
        }
    }

    #[test]
    fn zero_divides_nothing() {
        assert_eq!(number("1").divide(&number("0.0")).unwrap_err().code(), Code::DivisionByZero);
        assert_eq!(number("1.5").remainder(&number("0")).unwrap_err().code(), Code::DivisionByZero);
    }

    #[test]
    fn huge_quotients_are_faults() {
        assert_eq!(number("1E2147483647").divide(&number("1E-2")).unwrap_err().code(), Code::Limit);
        assert_eq!(number("1E999999999").remainder(&number("7")).unwrap_err().code(), Code::Limit);
    }
}
