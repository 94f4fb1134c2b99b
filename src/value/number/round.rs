//! Rounding to a number of fraction digits.

use super::{Number, digits};
use crate::diag::{Code, Fault};
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;
use num_traits::{One, Zero};
use std::cmp::Ordering;

/// Java's rounding modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    /// Away from zero.
    Up,
    /// Towards zero.
    Down,
    /// Towards positive infinity.
    Ceiling,
    /// Towards negative infinity.
    Floor,
    /// To the nearest, a tie away from zero.
    HalfUp,
    /// To the nearest, a tie towards zero.
    HalfDown,
    /// To the nearest, a tie to the even neighbour.
    HalfEven,
    /// Not at all: a number that would need it is a fault.
    Unnecessary,
}

impl Rounding {
    /// The mode of this name, in upper case as Java writes it.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "UP" => Self::Up,
            "DOWN" => Self::Down,
            "CEILING" => Self::Ceiling,
            "FLOOR" => Self::Floor,
            "HALF_UP" => Self::HalfUp,
            "HALF_DOWN" => Self::HalfDown,
            "HALF_EVEN" => Self::HalfEven,
            "UNNECESSARY" => Self::Unnecessary,
            _ => return None,
        })
    }

    /// Whether a magnitude goes up by one: `half` compares what is cut off, which is not zero, with one half.
    fn goes_up(self, negative: bool, odd: bool, half: Ordering) -> Result<bool, Fault> {
        Ok(match self {
            Self::Up => true,
            Self::Down => false,
            Self::Ceiling => !negative,
            Self::Floor => negative,
            Self::HalfUp => half.is_ge(),
            Self::HalfDown => half.is_gt(),
            Self::HalfEven => half.is_gt() || (half.is_eq() && odd),
            Self::Unnecessary => {
                return Err(Fault::new(Code::Format, "the number needs rounding, but the round mode is UNNECESSARY"));
            }
        })
    }
}

impl Number {
    /// The number with exactly this scale: rounded, or filled with zeros. A negative scale rounds to tens, hundreds …
    pub fn rounded(&self, scale: i64, mode: Rounding) -> Result<Number, Fault> {
        let (mantissa, from) = self.parts();
        if from <= scale {
            return Ok(Number::from_parts(digits::rescale(&mantissa, from, scale)?, scale));
        }
        let negative = self.signum() < 0;
        Ok(Number::from_parts(cut(&mantissa, from.abs_diff(scale), negative, mode)?, scale))
    }

    /// The number in so many digits at most, a tie to the even neighbour.
    pub fn to_precision(&self, digits: u64) -> Result<Number, Fault> {
        match self.precision().saturating_sub(digits) {
            0 => Ok(self.clone()),
            excess => self.rounded(self.parts().1.saturating_sub_unsigned(excess), Rounding::HalfEven),
        }
    }

    /// The nearest whole number, a tie away from zero.
    pub fn round(&self) -> Result<Number, Fault> {
        self.whole_by(Rounding::HalfUp)
    }

    /// The greatest whole number that is not greater.
    pub fn floor(&self) -> Result<Number, Fault> {
        self.whole_by(Rounding::Floor)
    }

    /// The least whole number that is not less.
    pub fn ceil(&self) -> Result<Number, Fault> {
        self.whole_by(Rounding::Ceiling)
    }

    fn whole_by(&self, mode: Rounding) -> Result<Number, Fault> {
        match self {
            Number::Int(n) => Ok(Number::Int(*n)),
            other => other.rounded(0, mode),
        }
    }
}

/// `mantissa / 10^dropped`, rounded to a whole number.
fn cut(mantissa: &BigInt, dropped: u64, negative: bool, mode: Rounding) -> Result<BigInt, Fault> {
    if mantissa.is_zero() {
        return Ok(BigInt::zero());
    }
    // Far more digits cut off than there are: what is left is less than one half, whatever the exponent.
    let dropped = dropped.min(digits::count(mantissa.magnitude()) + 1);
    let unit = digits::power_of_ten(dropped)?;
    let (mut quotient, rest) = mantissa.magnitude().div_rem(&unit);
    if !rest.is_zero() && mode.goes_up(negative, quotient.is_odd(), (rest * 2u8).cmp(&unit))? {
        quotient += BigUint::one();
    }
    Ok(BigInt::from_biguint(mantissa.sign(), quotient))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_in_every_mode() {
        use Rounding::*;
        let modes = [Up, Down, Ceiling, Floor, HalfUp, HalfDown, HalfEven];
        let cases = [
            ("5.5", ["6", "5", "6", "5", "6", "5", "6"]),
            ("2.5", ["3", "2", "3", "2", "3", "2", "2"]),
            ("1.6", ["2", "1", "2", "1", "2", "2", "2"]),
            ("1.1", ["2", "1", "2", "1", "1", "1", "1"]),
            ("1.0", ["1", "1", "1", "1", "1", "1", "1"]),
            ("-1.1", ["-2", "-1", "-1", "-2", "-1", "-1", "-1"]),
            ("-2.5", ["-3", "-2", "-2", "-3", "-3", "-2", "-2"]),
            ("-5.5", ["-6", "-5", "-5", "-6", "-6", "-5", "-6"]),
            ("1E-999", ["1", "0", "1", "0", "0", "0", "0"]),
        ];
        for (text, expected) in cases {
            let number = Number::parse(text).unwrap();
            assert_eq!(modes.map(|m| number.rounded(0, m).unwrap().to_string()), expected, "{text}");
        }
        assert!(Number::parse("1.5").unwrap().rounded(0, Unnecessary).is_err());
    }

    #[test]
    fn rounds_to_a_scale() {
        for (text, scale, expected) in [
            ("1.005", 2, "1.01"),
            ("2E3", 0, "2000"),
            ("1234", -2, "1.2E+3"),
            ("0.5", 3, "0.5"),
            ("1E-2000000000", 2, "0"),
        ] {
            let number = Number::parse(text).unwrap();
            assert_eq!(number.rounded(scale, Rounding::HalfUp).unwrap().to_string(), expected, "{text}");
        }
        assert!(Number::parse("1E999999999").unwrap().round().is_err());
    }
}
