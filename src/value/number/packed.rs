//! A decimal in eight bytes, for prices and measures.

/// `mantissa / 10^scale`: the low five bits hold the scale (1 to 31), the rest the signed mantissa.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Packed(i64);

impl Packed {
    const SCALE_BITS: u32 = 5;
    const LARGEST: i64 = i64::MAX >> Self::SCALE_BITS;

    /// `None` if either part is out of range.
    pub fn new(mantissa: i64, scale: u32) -> Option<Self> {
        let fits = (-Self::LARGEST..=Self::LARGEST).contains(&mantissa) && (1..=31).contains(&scale);
        fits.then(|| Self((mantissa << Self::SCALE_BITS) | i64::from(scale)))
    }

    /// The digits with their sign.
    pub fn mantissa(self) -> i64 {
        self.0 >> Self::SCALE_BITS
    }

    /// How many of the digits stand behind the point.
    pub fn scale(self) -> u32 {
        (self.0 & 31) as u32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_both_parts() {
        for (mantissa, scale) in [(0, 1), (-1, 31), (1250, 2), (-9_007_199_254_740_993, 7)] {
            let packed = Packed::new(mantissa, scale).expect("fits");
            assert_eq!((packed.mantissa(), packed.scale()), (mantissa, scale));
        }
        assert_eq!(Packed::new(i64::MAX, 2), None);
        assert_eq!(Packed::new(5, 0), None);
    }
}
