//! Numbers: machine integers, short decimals, and exact decimals of any size with Java's BigDecimal scales.

mod arithmetic;
mod compare;
mod digits;
mod divide;
mod double;
mod format;
mod packed;
mod parse;
mod pattern;
mod round;
mod text;
mod unformat;

pub use digits::MAX_DIGITS;
pub use packed::Packed;
pub use parse::digit;
pub use round::Rounding;

use bigdecimal::BigDecimal;
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use std::borrow::Cow;
use std::sync::Arc;

/// A number in one of its three stores: `mantissa / 10^scale`, where the scale may be negative (`2E3` is 2 with scale
/// -3). The scale is part of the number's text but not of its value: `1.0` and `1` are equal.
#[derive(Clone, Debug)]
pub enum Number {
    /// Whole with scale 0, fits 64 bits.
    Int(i64),
    /// Up to 17 digits with up to 31 of them behind the point.
    Packed(Packed),
    /// Everything else, scale kept.
    Big(Arc<BigDecimal>),
}

impl Number {
    /// `mantissa / 10^scale` in the tightest store.
    pub fn from_parts(mantissa: BigInt, scale: i64) -> Self {
        match i128::try_from(&mantissa) {
            Ok(small) => Self::from_small(small, scale),
            Err(_) => Number::Big(Arc::new(BigDecimal::new(mantissa, scale))),
        }
    }

    /// `mantissa / 10^scale` in the tightest store.
    fn from_small(mantissa: i128, scale: i64) -> Self {
        if let Ok(short) = i64::try_from(mantissa) {
            if scale == 0 {
                return Number::Int(short);
            }
            if let Some(packed) = u32::try_from(scale).ok().and_then(|scale| Packed::new(short, scale)) {
                return Number::Packed(packed);
            }
        }
        Number::Big(Arc::new(BigDecimal::new(mantissa.into(), scale)))
    }

    /// Mantissa and scale of a number that needs no big store.
    fn small(&self) -> Option<(i64, u32)> {
        match self {
            Number::Int(n) => Some((*n, 0)),
            Number::Packed(p) => Some((p.mantissa(), p.scale())),
            Number::Big(_) => None,
        }
    }

    /// Mantissa and scale.
    pub fn parts(&self) -> (Cow<'_, BigInt>, i64) {
        match self {
            Number::Int(n) => (Cow::Owned((*n).into()), 0),
            Number::Packed(p) => (Cow::Owned(p.mantissa().into()), p.scale().into()),
            Number::Big(b) => b.as_bigint_and_scale(),
        }
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i32 {
        match self {
            Number::Int(n) => n.signum() as i32,
            Number::Packed(p) => p.mantissa().signum() as i32,
            Number::Big(b) => b.sign() as i32 - num_bigint::Sign::NoSign as i32,
        }
    }

    /// Whether it is 0, with whatever scale.
    pub fn is_zero(&self) -> bool {
        self.signum() == 0
    }

    /// Whether there is no fraction, whatever the scale: `2.00` is whole.
    pub fn is_whole(&self) -> bool {
        match self {
            Number::Int(_) => true,
            Number::Packed(p) => p.is_whole(),
            Number::Big(b) => digits::is_whole(b.as_bigint_and_scale()),
        }
    }

    /// The value, if it is whole and fits.
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Number::Int(n) => Some(*n),
            Number::Packed(p) => p.is_whole().then(|| p.truncated()),
            Number::Big(_) => self.whole().and_then(|n| n.to_i64()),
        }
    }

    /// The value, if it is whole and fits.
    pub fn to_u64(&self) -> Option<u64> {
        match self {
            Number::Big(_) => self.whole().and_then(|n| n.to_u64()),
            _ => self.to_i64().and_then(|n| u64::try_from(n).ok()),
        }
    }

    /// The value, if it is whole and fits.
    pub fn to_usize(&self) -> Option<usize> {
        self.to_u64().and_then(|n| usize::try_from(n).ok())
    }

    /// The value without its fraction, if that fits: how positions and byte values are read.
    pub fn truncated_i64(&self) -> Option<i64> {
        match self {
            Number::Int(n) => Some(*n),
            Number::Packed(p) => Some(p.truncated()),
            Number::Big(_) => self.rounded(0, Rounding::Down).ok()?.to_i64(),
        }
    }

    /// The value, if it is whole and has no more than [`MAX_DIGITS`] digits.
    pub fn to_bigint(&self) -> Option<BigInt> {
        match self {
            Number::Int(n) => Some((*n).into()),
            Number::Packed(p) => p.is_whole().then(|| p.truncated().into()),
            Number::Big(_) => self.whole(),
        }
    }

    /// The whole value of a big number.
    fn whole(&self) -> Option<BigInt> {
        if !self.is_whole() {
            return None;
        }
        let (mantissa, scale) = self.parts();
        if mantissa.is_zero() {
            return Some(BigInt::zero());
        }
        digits::rescale(&mantissa, scale, 0).ok()
    }

    /// The same number without its sign.
    pub fn abs(&self) -> Number {
        if self.signum() < 0 { self.negate() } else { self.clone() }
    }

    /// The number with the opposite sign and the same scale.
    pub fn negate(&self) -> Number {
        match self {
            Number::Int(n) => Self::from_small(-i128::from(*n), 0),
            Number::Packed(p) => Number::Packed(p.negate()),
            Number::Big(b) => {
                let (mantissa, scale) = b.as_bigint_and_scale();
                Self::from_parts(-mantissa.into_owned(), scale)
            }
        }
    }

    /// How many digits the mantissa has; 1 for zero.
    pub fn precision(&self) -> u64 {
        match self.small() {
            Some((mantissa, _)) => mantissa.unsigned_abs().checked_ilog10().map_or(1, |n| u64::from(n) + 1),
            None => digits::count(self.parts().0.abs().magnitude()),
        }
    }
}

impl From<i64> for Number {
    fn from(n: i64) -> Self {
        Number::Int(n)
    }
}

impl From<u64> for Number {
    fn from(n: u64) -> Self {
        Self::from_small(n.into(), 0)
    }
}

impl From<BigInt> for Number {
    fn from(n: BigInt) -> Self {
        Self::from_parts(n, 0)
    }
}
