//! Numbers as counts and positions: whole, and cut off at the ends of 64 bits.

use crate::value::Number;
use crate::value::number::Rounding;

/// The whole part: 2.9 is 2, -2.9 is -2.
pub fn truncated(number: &Number) -> i64 {
    rounded(number, Rounding::Down)
}

/// The least whole number that is not less: 2.1 is 3.
pub fn rounded_up(number: &Number) -> i64 {
    rounded(number, Rounding::Ceiling)
}

/// A count of items: below 0 is none.
pub fn count(whole: i64) -> usize {
    usize::try_from(whole.max(0)).unwrap_or(usize::MAX)
}

fn rounded(number: &Number, mode: Rounding) -> i64 {
    let limit = if number.signum() < 0 { i64::MIN } else { i64::MAX };
    number.rounded(0, mode).ok().and_then(|whole| whole.to_i64()).unwrap_or(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).expect("a number")
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
