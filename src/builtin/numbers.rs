//! Natives of `dw::core::Numbers`: numbers written in other radixes.

use super::amount;
use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, Run};
use crate::value::number::{MAX_DIGITS, digit};
use crate::value::{Number, Value};
use num_bigint::BigInt;

/// Natives of this file.
pub const NATIVES: &[Native] =
    &[Native { key: "Numbers::toRadix", body: to_radix }, Native { key: "Numbers::fromRadix", body: from_radix }];

/// Sign and digits; a radix that does not exist counts as 10, as in the reference.
fn to_radix(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let number = args.number(0)?;
    let radix = radix(&args.number(1)?).unwrap_or(10);
    match number.to_bigint() {
        Some(whole) => Ok(whole.to_str_radix(radix).into()),
        None if number.is_whole() => Err(too_long()),
        None => Err(Fault::new(Code::Argument, format!("{number} is not a whole number")).help("round it first")),
    }
}

fn from_radix(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let text = args.str(0)?;
    let wanted = args.number(1)?;
    let radix = radix(&wanted).ok_or_else(|| no_radix(&wanted))?;
    if text.len() as u64 > MAX_DIGITS {
        return Err(too_long());
    }
    let figures = text.strip_prefix(['+', '-']).unwrap_or(text);
    let digits: Option<Vec<u8>> = figures.chars().map(|c| figure(c, radix)).collect();
    let magnitude =
        digits.filter(|d| !d.is_empty()).and_then(|d| BigInt::from_radix_be(num_bigint::Sign::Plus, &d, radix));
    let magnitude = magnitude.ok_or_else(|| no_number(text, radix))?;
    let whole = if text.starts_with('-') { -magnitude } else { magnitude };
    Ok(Number::from_parts(whole, 0).into())
}

fn radix(number: &Number) -> Option<u32> {
    u32::try_from(amount::truncated(number)).ok().filter(|radix| (2..=36).contains(radix))
}

/// The value of a digit or letter, if the radix has it.
fn figure(c: char, radix: u32) -> Option<u8> {
    let value = digit(c).or_else(|| c.to_digit(36).map(|d| d as u8))?;
    (u32::from(value) < radix).then_some(value)
}

fn no_radix(number: &Number) -> Fault {
    Fault::new(Code::Argument, format!("there is no radix {number}")).help("a radix lies between 2 and 36")
}

fn no_number(text: &str, radix: u32) -> Fault {
    Fault::new(Code::InvalidNumber, format!("`{text}` is not a number in radix {radix}"))
        .help("an optional sign and digits of that radix, without prefix or blanks")
}

fn too_long() -> Fault {
    Fault::new(Code::Limit, format!("the number has more than {MAX_DIGITS} digits"))
}
