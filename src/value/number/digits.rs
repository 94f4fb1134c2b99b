//! Powers of ten and digit counts: what arithmetic, rounding and text share, with the limit on digits.

use crate::diag::{Code, Fault};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Zero};
use std::borrow::Cow;

/// The most digits that a number may have. `1E999999999` is a fine number of one digit; adding 1 to it is not.
pub const MAX_DIGITS: u64 = 100_000;

/// The powers of ten that fit a signed 64-bit integer.
pub(super) const POWERS: [i64; 19] = {
    let mut powers = [1; 19];
    let mut i = 1;
    while i < 19 {
        powers[i] = powers[i - 1] * 10;
        i += 1;
    }
    powers
};

/// The fault of a result with more than [`MAX_DIGITS`] digits.
pub(super) fn too_long() -> Fault {
    Fault::new(Code::Limit, format!("the number would have more than {MAX_DIGITS} digits"))
        .help("numbers are exact: an exponent far from zero costs all its digits once it is added or rounded")
}

/// The fault of an exponent beyond 32 bits, where the reference engine ends as well.
fn exponent_overflow() -> Fault {
    Fault::new(Code::Limit, "the exponent of the number is out of range")
}

/// Checks that a scale stays within Java's 32 bits.
pub(super) fn check_scale(scale: i64) -> Result<i64, Fault> {
    i32::try_from(scale).map(i64::from).map_err(|_| exponent_overflow())
}

/// `10^exponent`.
pub(super) fn power_of_ten(exponent: u64) -> Result<BigUint, Fault> {
    if exponent > MAX_DIGITS {
        return Err(too_long());
    }
    Ok(BigUint::from(5u8).pow(exponent as u32) << exponent)
}

/// How many digits a number of this many bits has at most.
fn at_most(bits: u64) -> u64 {
    // log10(2) is 0.30102…
    bits * 30_103 / 100_000 + 1
}

/// Checks a number against [`MAX_DIGITS`], without counting exactly.
pub(super) fn check_length(n: &BigInt) -> Result<(), Fault> {
    if at_most(n.bits()) > MAX_DIGITS + 1 { Err(too_long()) } else { Ok(()) }
}

/// How many digits it has; 1 for zero.
pub(super) fn count(n: &BigUint) -> u64 {
    if let Ok(small) = u128::try_from(n) {
        return small.checked_ilog10().map_or(1, |log| u64::from(log) + 1);
    }
    let most = at_most(n.bits());
    let shorter = BigUint::from(5u8).pow((most - 1) as u32) << (most - 1);
    if *n < shorter { most - 1 } else { most }
}

/// Whether `mantissa / 10^scale` has no fraction.
pub(super) fn is_whole((mantissa, scale): (Cow<'_, BigInt>, i64)) -> bool {
    if scale <= 0 || mantissa.is_zero() {
        return true;
    }
    // A number of n bits has fewer than n factors of ten.
    scale.unsigned_abs() <= mantissa.trailing_zeros().unwrap_or(0)
        && power_of_ten(scale.unsigned_abs()).is_ok_and(|unit| (mantissa.magnitude() % unit).is_zero())
}

/// The mantissa for a scale that is not less than the present one, or for any scale if no digit but 0 is lost.
pub(super) fn rescale(mantissa: &BigInt, from: i64, to: i64) -> Result<BigInt, Fault> {
    if mantissa.is_zero() {
        return Ok(BigInt::zero());
    }
    let power = BigInt::from(power_of_ten(from.abs_diff(to))?);
    let scaled = if to >= from { mantissa * power } else { mantissa / power };
    check_length(&scaled)?;
    Ok(scaled)
}

/// Takes the factors of five out of a number that is not zero: what is left, and how many there were.
pub(super) fn without_fives(mut n: BigUint) -> (BigUint, u64) {
    let mut fives = 0;
    // 5^27 is the largest that fits a machine word.
    for step in [27u32, 9, 3, 1] {
        let divisor = BigUint::from(5u64.pow(step));
        loop {
            let (quotient, rest) = n.div_rem(&divisor);
            if !rest.is_zero() || n.is_one() {
                break;
            }
            n = quotient;
            fives += u64::from(step);
        }
    }
    (n, fives)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_digits() {
        for n in [1u64, 2, 17, 18, 19, 38, 39, 40, 100, 1000, 30_103] {
            let power = power_of_ten(n).unwrap();
            assert_eq!((count(&(&power - 1u8)), count(&power)), (n, n + 1), "10^{n}");
        }
        assert_eq!(count(&BigUint::zero()), 1);
    }

    #[test]
    fn takes_out_fives() {
        for fives in [0u32, 1, 2, 26, 27, 28, 40, 81, 200] {
            let n = BigUint::from(5u8).pow(fives) * 12u8;
            assert_eq!(without_fives(n), (BigUint::from(12u8), u64::from(fives)));
        }
        assert_eq!(without_fives(BigUint::one()), (BigUint::one(), 0));
    }

    #[test]
    fn refuses_what_would_fill_the_memory() {
        assert!(power_of_ten(999_999_999).is_err());
        assert!(rescale(&BigInt::one(), -2_000_000_000, 0).is_err());
        assert!(check_scale(1 << 31).is_err());
    }
}
