//! The outer shape of a text: padding, repeating, wrapping, cutting to size.

use crate::builtin::amount;
use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, Run};
use crate::value::{Number, Value, limit, units};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Strings::appendIfMissing", body: |_, args| append_if_missing(&args) },
    Native { key: "Strings::prependIfMissing", body: |_, args| prepend_if_missing(&args) },
    Native { key: "Strings::leftPad", body: |_, args| Ok(format!("{}{}", padding(&args)?, args.str(0)?).into()) },
    Native { key: "Strings::rightPad", body: |_, args| Ok(format!("{}{}", args.str(0)?, padding(&args)?).into()) },
    Native { key: "Strings::repeat", body: |_, args| Ok(repeat(args.str(0)?, &args.number(1)?)?.into()) },
    Native { key: "Strings::unwrap", body: |_, args| unwrap(&args) },
    Native { key: "Strings::withMaxSize", body: with_max_size },
];

fn append_if_missing(args: &Args<'_>) -> Result<Value, Fault> {
    let (text, suffix) = (args.str(0)?, args.str(1)?);
    Ok(if text.ends_with(suffix) { text.into() } else { format!("{text}{suffix}").into() })
}

fn prepend_if_missing(args: &Args<'_>) -> Result<Value, Fault> {
    let (text, prefix) = (args.str(0)?, args.str(1)?);
    Ok(if text.starts_with(prefix) { text.into() } else { format!("{prefix}{text}").into() })
}

/// The padding text once for each missing character, however long it is itself.
fn padding(args: &Args<'_>) -> Result<String, Fault> {
    let size = Value::count(units::len(args.str(0)?)).as_number().unwrap_or(Number::Int(0));
    repeat(args.str(2)?, &args.number(1)?.subtract(&size)?)
}

/// Decimals are cut, but a part of one repetition counts as one.
fn repeat(text: &str, times: &Number) -> Result<String, Fault> {
    let some = i64::from(*times > Number::Int(0));
    let times = amount::count(amount::truncated(times).max(some));
    limit::text(text.len().saturating_mul(times))?;
    Ok(text.repeat(times))
}

/// Takes one character off each end, whatever the wrapper's size.
fn unwrap(args: &Args<'_>) -> Result<Value, Fault> {
    let (text, wrapper) = (args.str(0)?, args.str(1)?);
    let size = units::len(text);
    if size < 2 || !(text.starts_with(wrapper) && text.ends_with(wrapper)) {
        return Ok(text.into());
    }
    Ok(Value::String(units::slice(text, 1, size - 1)))
}

fn with_max_size(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (text, most) = (args.str(0)?, amount::truncated(&args.number(1)?));
    match most {
        0 => Ok(text.into()),
        1.. => Ok(Value::String(units::slice(text, 0, amount::count(most)))),
        _ => {
            Err(Fault::new(Code::Argument, format!("a text cannot have a size of {most}"))
                .help("0 stands for no limit"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_parts_and_refuses_the_endless() {
        for (times, expected) in [(Number::Int(-2), ""), (Number::Int(2), "abab")] {
            assert_eq!(repeat("ab", &times).unwrap(), expected);
        }
        let half = Value::Decimal(crate::value::number::Packed::new(5, 1).unwrap()).as_number().unwrap();
        assert_eq!(repeat("ab", &half).unwrap(), "ab");
        assert_eq!(repeat("ab", &Number::Int(i64::MAX)).unwrap_err().code(), Code::Limit);
    }
}
