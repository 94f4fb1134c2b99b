//! Numbers: machine integers, short decimals, and exact decimals of any size with Java's BigDecimal scales.

mod packed;

pub use packed::Packed;

use bigdecimal::BigDecimal;
use num_traits::ToPrimitive;
use std::cmp::Ordering;
use std::sync::Arc;

/// A number in one of its three stores. `1.0` and `1` may stand in different stores; equality is by value.
#[derive(Clone, Debug)]
pub enum Number {
    /// Whole, fits 64 bits.
    Int(i64),
    /// Up to 17 digits with up to 31 of them behind the point.
    Packed(Packed),
    /// Everything else, scale kept.
    Big(Arc<BigDecimal>),
}

impl Number {
    /// The exact value with its scale.
    pub fn to_big(&self) -> BigDecimal {
        match self {
            Number::Int(n) => BigDecimal::from(*n),
            Number::Packed(p) => BigDecimal::new(p.mantissa().into(), i64::from(p.scale())),
            Number::Big(b) => (**b).clone(),
        }
    }

    /// Exact sum.
    pub fn add(&self, other: &Number) -> Number {
        if let (Number::Int(a), Number::Int(b)) = (self, other)
            && let Some(sum) = a.checked_add(*b)
        {
            return Number::Int(sum);
        }
        Number::Big(Arc::new(self.to_big() + other.to_big()))
    }

    /// Exact difference.
    pub fn subtract(&self, other: &Number) -> Number {
        if let (Number::Int(a), Number::Int(b)) = (self, other)
            && let Some(difference) = a.checked_sub(*b)
        {
            return Number::Int(difference);
        }
        Number::Big(Arc::new(self.to_big() - other.to_big()))
    }

    /// The greatest whole number that is not greater.
    pub fn floor(&self) -> Number {
        match self {
            Number::Int(n) => Number::Int(*n),
            other => Number::Big(Arc::new(other.to_big().with_scale_round(0, bigdecimal::RoundingMode::Floor))),
        }
    }

    /// As a count, if it is whole and fits.
    pub fn to_u64(&self) -> Option<u64> {
        match self {
            Number::Int(n) => u64::try_from(*n).ok(),
            other => other.to_big().to_u64(),
        }
    }
}

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
    fn cmp(&self, other: &Self) -> Ordering {
        match (self, other) {
            (Number::Int(a), Number::Int(b)) => a.cmp(b),
            _ => self.to_big().cmp(&other.to_big()),
        }
    }
}
