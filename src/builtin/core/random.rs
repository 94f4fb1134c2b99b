//! Random numbers and identifiers, from the host's source.

use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::number::Rounding;
use crate::value::{Number, Value};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::random", body: |run, _| Ok(fraction(run)?.into()) },
    Native { key: "core::randomInt", body: random_int },
    Native { key: "core::uuid", body: |run, _| random_uuid(run) },
];

/// The bits of one draw.
const BITS: u32 = f64::MANTISSA_DIGITS;

fn fraction(run: &Run) -> Result<Number, Fault> {
    Number::from_f64(run.host.random()?).ok_or_else(|| Fault::internal("a random fraction is not finite"))
}

/// The whole part of a fraction of the bound, which may be negative.
fn random_int(run: &Run, args: Args<'_>) -> Result<Value, Fault> {
    Ok(args.number(0)?.multiply(&fraction(run)?)?.rounded(0, Rounding::Down)?.into())
}

fn random_uuid(run: &Run) -> Result<Value, Fault> {
    let mut bits = 0u128;
    for _ in 0..u128::BITS.div_ceil(BITS) {
        bits = bits << BITS | (run.host.random()? * (1u64 << BITS) as f64) as u128;
    }
    Ok(uuid(bits).into())
}

/// Version 4, variant 1 of RFC 9562.
fn uuid(random: u128) -> String {
    let bits = random & !(0xf000 << 64) & !(0xc << 60) | 0x4000 << 64 | 0x8 << 60;
    let digits = format!("{bits:032x}");
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_version_and_variant() {
        assert_eq!(uuid(u128::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(uuid(0), "00000000-0000-4000-8000-000000000000");
    }
}
