//! A decimal in eight bytes, for prices and measures.

use super::digits::POWERS;

/// `mantissa / 10^scale`: the low five bits hold the scale (1 to 31), the rest the signed mantissa.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed(i64);

impl Packed {
    const SCALE_BITS: u32 = 5;
    const LARGEST: i64 = i64::MAX >> Self::SCALE_BITS;

    /// `None` if either part is out of range.
    #[inline]
    pub fn new(mantissa: i64, scale: u32) -> Option<Self> {
        let fits = (-Self::LARGEST..=Self::LARGEST).contains(&mantissa) && (1..=31).contains(&scale);
        fits.then(|| Self((mantissa << Self::SCALE_BITS) | i64::from(scale)))
    }

    /// The digits with their sign.
    #[inline]
    pub fn mantissa(self) -> i64 {
        self.0 >> Self::SCALE_BITS
    }

    /// How many of the digits stand behind the point.
    #[inline]
    pub fn scale(self) -> u32 {
        (self.0 & 31) as u32
    }

    /// Whether there is no fraction.
    #[inline]
    pub fn is_whole(self) -> bool {
        match POWERS.get(self.scale() as usize) {
            Some(unit) => self.mantissa() % unit == 0,
            None => self.mantissa() == 0,
        }
    }

    /// The number without its fraction.
    #[inline]
    pub fn truncated(self) -> i64 {
        POWERS.get(self.scale() as usize).map_or(0, |unit| self.mantissa() / unit)
    }

    /// The number with the opposite sign.
    #[inline]
    pub fn negate(self) -> Self {
        Self((-self.mantissa() << Self::SCALE_BITS) | (self.0 & 31))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_both_parts() {
        for (mantissa, scale) in [(0, 1), (-1, 31), (1250, 2), (-9_007_199_254_740_993, 7), (Packed::LARGEST, 3)] {
            let packed = Packed::new(mantissa, scale).unwrap();
            assert_eq!((packed.mantissa(), packed.scale()), (mantissa, scale));
            assert_eq!((packed.negate().mantissa(), packed.negate().scale()), (-mantissa, scale));
        }
        assert_eq!(Packed::new(i64::MAX, 2), None);
        assert_eq!(Packed::new(5, 0), None);
    }

    #[test]
    fn splits_off_the_fraction() {
        for (mantissa, scale, whole, truncated) in
            [(1250, 2, false, 12), (-1250, 2, false, -12), (1200, 2, true, 12), (7, 31, false, 0), (0, 31, true, 0)]
        {
            let packed = Packed::new(mantissa, scale).unwrap();
            assert_eq!((packed.is_whole(), packed.truncated()), (whole, truncated), "{mantissa} {scale}");
        }
    }
}
