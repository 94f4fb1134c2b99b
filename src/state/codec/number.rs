//! Numbers as bytes: the store they are in, with their scale.

use super::{Decoder, Encoder, damaged};
use crate::diag::Fault;
use crate::value::Number;
use num_bigint::BigInt;

const INT: u8 = 0;
const PARTS: u8 = 1;

impl Encoder {
    pub(super) fn number(&mut self, number: &Number) {
        if let Number::Int(n) = number {
            self.tag(INT);
            return self.signed(*n);
        }
        let (mantissa, scale) = number.parts();
        self.tag(PARTS);
        self.signed(scale);
        self.bytes(&mantissa.to_signed_bytes_le());
    }
}

impl Decoder<'_> {
    pub(super) fn number(&mut self) -> Result<Number, Fault> {
        match self.tag()? {
            INT => Ok(Number::Int(self.signed()?)),
            PARTS => {
                let scale = self.signed()?;
                let mantissa = BigInt::from_signed_bytes_le(self.bytes()?);
                // The scales of Java's decimals; arithmetic relies on it.
                i32::try_from(scale).map_err(|_| damaged("a number is out of range"))?;
                Ok(Number::from_parts(mantissa, scale))
            }
            _ => Err(damaged("a number of no known kind")),
        }
    }
}
