//! Character by character: codes, counts, conditions, runs.

use crate::builtin::amount;
use crate::builtin::condition::{self, Texts};
use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, Run};
use crate::value::{Str, Value, coerce, units};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Strings::charCode", body: char_code },
    Native { key: "Strings::charCodeAt", body: char_code_at },
    Native { key: "Strings::fromCharCode", body: from_char_code },
    Native { key: "Strings::collapse", body: collapse },
    Native { key: "Strings::countCharactersBy", body: count_by },
    Native { key: "Strings::countText", body: count_text },
    Native { key: "Strings::everyCharacter", body: every },
    Native { key: "Strings::someCharacter", body: some },
    Native { key: "Strings::mapString", body: map },
    Native { key: "Strings::reverse", body: reverse },
    Native { key: "Strings::substringBy", body: substring_by },
];

fn char_code(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    match args.str(0)?.chars().next() {
        Some(first) => Ok(Value::Int(u32::from(first).into())),
        None => {
            Err(Fault::new(Code::Argument, "an empty text has no first character").help("test with `isEmpty` before"))
        }
    }
}

fn char_code_at(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let text = args.str(0)?;
    let position = amount::truncated(&args.number(1)?);
    let size = units::len(text);
    let from_start = if position < 0 { position.saturating_add_unsigned(size as u64) } else { position };
    let unit = usize::try_from(from_start).ok().and_then(|i| text.encode_utf16().nth(i));
    unit.map(|unit| Value::Int(unit.into())).ok_or_else(|| {
        let message = format!("there is no character at position {position} of a text of size {size}");
        Fault::new(Code::IndexOutOfBounds, message)
    })
}

fn from_char_code(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let code = amount::truncated(&args.number(0)?);
    match u32::try_from(code) {
        Ok(half @ 0xD800..=0xDFFF) => Ok(String::from_utf16_lossy(&[half as u16]).replace('\u{FFFD}', "?").into()),
        Ok(code) if let Some(c) = char::from_u32(code) => Ok(String::from(c).into()),
        _ => Err(Fault::new(Code::Argument, format!("{code} is no character code")).help("codes go from 0 to 1114111")),
    }
}

fn collapse(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let text = args.str(0)?;
    let mut runs: Vec<String> = Vec::new();
    let mut last = None;
    for unit in units::each(text) {
        match runs.last_mut() {
            Some(run) if last.as_ref() == Some(&unit) => run.push_str(&unit),
            _ => runs.push(unit.to_string()),
        }
        last = Some(unit);
    }
    if runs.is_empty() {
        runs.push(String::new());
    }
    Ok(Value::array(runs.into_iter().map(Value::from).collect()))
}

/// How many units pass the test. All are tested, as in the reference: a fault further right is not missed.
fn passing(args: &Args<'_>, texts: Texts, asker: &str) -> Result<usize, Fault> {
    let test = args.function(1)?;
    let mut passed = 0;
    for unit in units::each_value(args.str(0)?) {
        if condition::holds(&test.call(&mut [unit])?, texts, asker)? {
            passed += 1;
        }
    }
    Ok(passed)
}

fn count_by(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    passing(&args, Texts::Exact, "countCharactersBy").map(Value::count)
}

fn every(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let passed = passing(&args, Texts::AnyCase, "everyCharacter")?;
    Ok(Value::Boolean(passed == units::len(args.str(0)?)))
}

fn some(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    passing(&args, Texts::AnyCase, "someCharacter").map(|passed| Value::Boolean(passed > 0))
}

/// Occurrences of a text that do not overlap; the empty text counts once for each unit.
fn count_text(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (text, pattern) = (args.str(0)?, args.str(1)?);
    let found = if pattern.is_empty() { units::len(text) } else { text.matches(pattern).count() };
    Ok(Value::count(found))
}

fn map(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let mapper = args.function(1)?;
    let mut mapped = String::new();
    for (i, unit) in units::each_value(args.str(0)?).enumerate() {
        mapped.push_str(&coerce::to_text(&mapper.call(&mut [unit, Value::count(i)])?)?);
    }
    Ok(mapped.into())
}

fn reverse(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let mut units: Vec<Str> = units::each(args.str(0)?).collect();
    units.reverse();
    Ok(units.iter().map(Str::as_str).collect::<String>().into())
}

/// Splits at the units that pass the test; they are left out.
fn substring_by(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let is_separator = args.function(1)?;
    let mut parts = vec![String::new()];
    for (i, unit) in units::each(args.str(0)?).enumerate() {
        let answer = is_separator.call(&mut [Value::String(unit.clone()), Value::count(i)])?;
        match parts.last_mut() {
            Some(part) if !condition::holds(&answer, Texts::Exact, "substringBy")? => part.push_str(&unit),
            _ => parts.push(String::new()),
        }
    }
    Ok(Value::array(parts.into_iter().map(Value::from).collect()))
}
