//! Equality, order and hashing by value: `1`, `1.0` and `1E0` are one number.

use super::Number;
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::Zero;
use std::cmp::Ordering;
use std::hash::{Hash, Hasher};

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Number {}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Number {
    #[inline]
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Number::Int(a), Number::Int(b)) => a.cmp(b),
            (Number::Packed(a), Number::Packed(b)) if a.scale() == b.scale() => a.mantissa().cmp(&b.mantissa()),
            _ => compare(self, other),
        }
    }
}

/// Numbers of different stores or scales. Exponents far apart are never written out.
fn compare(a: &Number, b: &Number) -> Ordering {
    if let (Some((m, s)), Some((n, t))) = (a.small(), b.small()) {
        let scale = s.max(t);
        // 10^19 times a 64-bit mantissa still fits.
        if scale - s <= 19 && scale - t <= 19 {
            return (i128::from(m) * 10i128.pow(scale - s)).cmp(&(i128::from(n) * 10i128.pow(scale - t)));
        }
    }
    let signs = a.signum().cmp(&b.signum());
    if signs.is_ne() || a.is_zero() {
        return signs;
    }
    let magnitudes = compare_magnitudes(a, b);
    if a.signum() < 0 { magnitudes.reverse() } else { magnitudes }
}

/// Numbers other than zero, without their signs.
fn compare_magnitudes(a: &Number, b: &Number) -> Ordering {
    let exponents = (a.precision() as i64 - a.parts().1).cmp(&(b.precision() as i64 - b.parts().1));
    if exponents.is_ne() {
        return exponents;
    }
    // Equal exponents: the scales differ by no more than the digits do.
    let ((m, s), (n, t)) = (a.parts(), b.parts());
    let power = BigUint::from(10u8).pow(s.abs_diff(t) as u32);
    match s.cmp(&t) {
        Ordering::Less => (m.magnitude() * power).cmp(n.magnitude()),
        Ordering::Equal => m.magnitude().cmp(n.magnitude()),
        Ordering::Greater => m.magnitude().cmp(&(n.magnitude() * power)),
    }
}

impl Hash for Number {
    fn hash<H: Hasher>(&self, state: &mut H) {
        if let Some(n) = self.to_i64() {
            return n.hash(state);
        }
        let (mantissa, scale) = self.parts();
        let (mantissa, scale) = without_zeros(mantissa.into_owned(), scale);
        (mantissa, scale).hash(state);
    }
}

/// The shortest mantissa of the same value.
fn without_zeros(mantissa: BigInt, scale: i64) -> (BigInt, i64) {
    if mantissa.is_zero() {
        return (mantissa, 0);
    }
    let (sign, mut digits) = mantissa.into_parts();
    let mut scale = scale;
    for step in [18u32, 9, 3, 1] {
        let unit = BigUint::from(10u64.pow(step));
        loop {
            let (quotient, rest) = digits.div_rem(&unit);
            if !rest.is_zero() {
                break;
            }
            digits = quotient;
            scale -= i64::from(step);
        }
    }
    (BigInt::from_biguint(sign, digits), scale)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::hash::BuildHasher;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn orders_by_value() {
        let sorted = [
            "-1E999999999",
            "-12.5",
            "-1E-30",
            "0",
            "1E-999999999",
            "1E-30",
            "0.1",
            "0.25",
            "1",
            "1.5",
            "12.25",
            "99999999999",
            "1E11",
            "123456789012345678901",
            "1E400",
            "1E999999999",
        ];
        for (i, a) in sorted.iter().enumerate() {
            for (j, b) in sorted.iter().enumerate() {
                assert_eq!(number(a).cmp(&number(b)), i.cmp(&j), "{a} {b}");
            }
        }
    }

    #[test]
    fn equal_numbers_hash_alike() {
        let hasher = std::hash::RandomState::new();
        let groups: [&[&str]; 4] = [
            &["0", "0.00", "0E9", "-0E-9"],
            &["2000", "2E3", "2000.000", "20E2", "0.2E4"],
            &["0.5", "0.50", "5E-1", "50000000000000000000000000000E-29"],
            &["123456789012345678901234567890", "123456789012345678901234567890.000"],
        ];
        for group in groups {
            for text in group {
                assert_eq!(number(text), number(group[0]), "{text}");
                assert_eq!(hasher.hash_one(number(text)), hasher.hash_one(number(group[0])), "{text}");
            }
        }
    }
}
