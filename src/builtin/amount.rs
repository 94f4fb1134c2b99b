//! Numbers as counts and positions: whole, and cut off at the ends of 64 bits.

use crate::value::Number;
use bigdecimal::{BigDecimal, RoundingMode};
use num_traits::{Signed, ToPrimitive};

/// The whole part: 2.9 is 2, -2.9 is -2.
pub fn truncated(number: &Number) -> i64 {
    rounded(number, RoundingMode::Down)
}

/// The least whole number that is not less: 2.1 is 3.
pub fn rounded_up(number: &Number) -> i64 {
    rounded(number, RoundingMode::Ceiling)
}

/// A count of items: below 0 is none.
pub fn count(whole: i64) -> usize {
    usize::try_from(whole.max(0)).unwrap_or(usize::MAX)
}

fn rounded(number: &Number, mode: RoundingMode) -> i64 {
    if let Number::Int(n) = number {
        return *n;
    }
    let exact = number.to_big();
    let negative = exact.is_negative();
    // A power of ten beyond 64 bits must not be written out digit by digit.
    if order(&exact) > 19 {
        return if negative { i64::MIN } else { i64::MAX };
    }
    let limit = if negative { i64::MIN } else { i64::MAX };
    exact.with_scale_round(0, mode).to_i64().unwrap_or(limit)
}

/// How many digits stand before the point; 0 or less for a fraction.
fn order(number: &BigDecimal) -> i64 {
    let digits = i64::try_from(number.digits()).unwrap_or(i64::MAX);
    digits.saturating_sub(number.fractional_digit_count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;

    fn number(text: &str) -> Number {
        Number::Big(Arc::new(text.parse().expect("a number")))
    }

    #[test]
    fn cuts_and_rounds() {
        for (text, cut, up) in [
            ("2.9", 2, 3),
            ("-2.9", -2, -2),
            ("0.001", 0, 1),
            ("1E900000000", i64::MAX, i64::MAX),
            ("-1E900000000", i64::MIN, i64::MIN),
            ("1E-900000000", 0, 1),
            ("9223372036854775808", i64::MAX, i64::MAX),
        ] {
            assert_eq!((truncated(&number(text)), rounded_up(&number(text))), (cut, up), "{text}");
        }
    }
}
