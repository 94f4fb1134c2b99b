//! Functions on single numbers.

use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, Run};
use crate::value::{Number, Range, Value};
use std::sync::Arc;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::abs", body: |_, args| Ok(args.number(0)?.abs().into()) },
    Native { key: "core::ceil", body: |_, args| Ok(args.number(0)?.ceil()?.into()) },
    Native { key: "core::floor", body: |_, args| Ok(args.number(0)?.floor()?.into()) },
    Native { key: "core::round", body: |_, args| Ok(args.number(0)?.round()?.into()) },
    Native { key: "core::mod", body: |_, args| Ok(args.number(0)?.remainder(&args.number(1)?)?.into()) },
    Native { key: "core::pow", body: |_, args| Ok(power(&args.number(0)?, &args.number(1)?)?.into()) },
    Native { key: "core::sqrt", body: |_, args| Ok(square_root(&args.number(0)?)?.into()) },
    Native { key: "core::to", body: to },
    Native { key: "core::isDecimal", body: |_, args| Ok((!args.number(0)?.is_whole()).into()) },
    Native { key: "core::isInteger", body: |_, args| Ok(args.number(0)?.is_whole().into()) },
    Native { key: "core::isEven", body: |_, args| Ok(is_even(&args.number(0)?)?.into()) },
    Native { key: "core::isOdd", body: |_, args| Ok((!is_even(&args.number(0)?)?).into()) },
];

fn is_even(number: &Number) -> Result<bool, Fault> {
    match number {
        Number::Int(n) => Ok(n % 2 == 0),
        other => Ok(other.remainder(&Number::Int(2))?.is_zero()),
    }
}

fn to(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    Ok(Value::Range(Arc::new(Range::new(args.number(0)?, args.number(1)?)?)))
}

/// Whole exponents are exact for whole numbers and give 34 digits of others, as decimals of 128 bits have. Of other exponents
/// the whole part is exact, and the rest goes through doubles.
fn power(base: &Number, exponent: &Number) -> Result<Number, Fault> {
    const GREATEST: u32 = 99_999_999;
    const DIGITS: u64 = 34;
    if exponent.signum() < 0 {
        return Err(Fault::new(Code::Argument, format!("`pow` takes no negative exponent, {exponent} was given"))
            .help("divide: `1 / (2 pow 3)`"));
    }
    let whole = exponent.floor()?;
    let power = match whole.to_u64().map(u32::try_from) {
        Some(Ok(whole)) if whole <= GREATEST => base.power(whole)?,
        _ => {
            return Err(Fault::new(
                Code::Argument,
                format!("`pow` takes exponents up to {GREATEST}, {exponent} was given"),
            ));
        }
    };
    if exponent.is_whole() {
        return if base.is_whole() { Ok(power) } else { power.to_precision(DIGITS) };
    }
    let rest = base.to_f64().powf(exponent.subtract(&whole)?.to_f64());
    power.multiply(&Number::from_f64(rest).ok_or_else(|| no_double(format!("{base} pow {exponent}")))?)
}

fn square_root(number: &Number) -> Result<Number, Fault> {
    if number.signum() < 0 {
        return Err(Fault::new(Code::Argument, format!("{number} has no square root")));
    }
    Number::from_f64(number.to_f64().sqrt()).ok_or_else(|| no_double(format!("sqrt({number})")))
}

fn no_double(expression: String) -> Fault {
    Fault::new(Code::Argument, format!("`{expression}` is not a number, or beyond the range of a double"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        Number::parse(text).unwrap()
    }

    #[test]
    fn raises_to_powers() {
        let cases = [
            ("2", "10", Some("1024")),
            ("1.1", "3", Some("1.331")),
            ("1E3", "2", Some("1E+6")),
            ("0", "0", Some("1")),
            ("2", "0.5", Some("1.4142135623730951")),
            ("1.5", "100", Some("406561177535215237.3972797075670417")),
            ("1.5", "2.5", Some("2.75567596063107525")),
            ("2", "-1", None),
            ("-8", "0.5", None),
            ("2", "1E10", None),
        ];
        for (base, exponent, expected) in cases {
            let result = power(&number(base), &number(exponent)).map(|n| n.to_string()).ok();
            assert_eq!(result.as_deref(), expected, "{base} pow {exponent}");
        }
    }

    #[test]
    fn takes_roots_and_tells_even_numbers() {
        assert_eq!(square_root(&number("1E30")).unwrap().to_string(), "1.0E+15");
        assert!(square_root(&number("-4")).is_err() && square_root(&number("1E400")).is_err());
        for (text, even) in [("4", true), ("-3", false), ("2.0", true), ("2.5", false), ("1E30", true)] {
            assert_eq!(is_even(&number(text)).unwrap(), even, "{text}");
        }
    }
}
