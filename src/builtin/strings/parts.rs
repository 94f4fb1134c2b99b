//! Parts of a text: by position, by separator, by line and word.

use crate::builtin::amount;
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Str, Value, units};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Strings::first", body: first },
    Native { key: "Strings::last", body: last },
    Native { key: "Strings::substring", body: substring },
    Native { key: "Strings::substringAfter", body: |_, args| cut(&args, |text, by| Some(text.split_once(by)?.1)) },
    Native { key: "Strings::substringAfterLast", body: |_, args| cut(&args, |text, by| Some(text.rsplit_once(by)?.1)) },
    Native { key: "Strings::substringBefore", body: |_, args| cut(&args, |text, by| Some(text.split_once(by)?.0)) },
    Native { key: "Strings::substringBeforeLast", body: substring_before_last },
    Native { key: "Strings::substringEvery", body: substring_every },
    Native { key: "Strings::lines", body: |_, args| Ok(texts(lines(args.str(0)?))) },
    Native { key: "Strings::words", body: |_, args| Ok(texts(words(args.str(0)?))) },
    Native { key: "Strings::remove", body: |_, args| replaced(&args, "") },
    Native { key: "Strings::replaceAll", body: |_, args| replaced(&args, args.str(2)?) },
];

fn first(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let wanted = amount::count(amount::truncated(&args.number(1)?));
    Ok(Value::String(units::slice(args.str(0)?, 0, wanted)))
}

fn last(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (text, wanted) = (args.str(0)?, amount::count(amount::rounded_up(&args.number(1)?)));
    let size = units::len(text);
    Ok(Value::String(units::slice(text, size.saturating_sub(wanted), size)))
}

fn substring(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let position = |i| args.number(i).map(|n| amount::count(amount::truncated(&n)));
    Ok(Value::String(units::slice(args.str(0)?, position(1)?, position(2)?)))
}

/// A part next to a separator; nothing if there is none.
fn cut(args: &Args<'_>, part: for<'a> fn(&'a str, &'a str) -> Option<&'a str>) -> Result<Value, Fault> {
    Ok(part(args.str(0)?, args.str(1)?).unwrap_or("").into())
}

fn substring_before_last(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (text, separator) = (args.str(0)?, args.str(1)?);
    if separator.is_empty() {
        // The last empty text that the reference finds stands before the last character.
        return Ok(Value::String(units::slice(text, 0, units::len(text).saturating_sub(1))));
    }
    Ok(text.rsplit_once(separator).map_or("", |(before, _)| before).into())
}

fn substring_every(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (text, size) = (args.str(0)?, amount::count(amount::rounded_up(&args.number(1)?)));
    if size == 0 {
        return Ok(Value::array(Vec::new()));
    }
    let all: Vec<Str> = if text.is_ascii() {
        text.as_bytes().chunks(size).map(Str::from_utf8_lossy).collect()
    } else {
        let end = units::len(text);
        (0..end).step_by(size).map(|at| units::slice(text, at, at.saturating_add(size))).collect()
    };
    Ok(Value::array(all.into_iter().map(Value::String).collect()))
}

fn texts<'a>(parts: impl IntoIterator<Item = &'a str>) -> Value {
    Value::array(parts.into_iter().map(Value::from).collect())
}

/// The empty text is one empty line; else empty lines at the end do not count.
fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = at_breaks(text).collect();
    while !text.is_empty() && lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}

/// What stands between line feeds, carriage returns, or both together.
pub fn at_breaks(text: &str) -> impl Iterator<Item = &str> {
    let by_feed = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    by_feed.flat_map(|line| line.split('\r'))
}

/// Runs of anything but ASCII white space.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| matches!(c, ' ' | '\t'..='\r')).filter(|word| !word.is_empty())
}

fn replaced(args: &Args<'_>, replacement: &str) -> Result<Value, Fault> {
    Ok(args.str(0)?.replace(args.str(1)?, replacement).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_at_breaks_and_blanks() {
        let cases: [(&str, &[&str]); 5] = [
            ("", &[""]),
            ("\n", &[]),
            ("\na\n\n", &["", "a"]),
            ("a\r\nb\rc\n\nd", &["a", "b", "c", "", "d"]),
            ("x\u{2028}y\r", &["x\u{2028}y"]),
        ];
        for (text, expected) in cases {
            assert_eq!(lines(text), expected, "{text:?}");
        }
        assert_eq!(words(" a\u{b}b \u{a0} ").collect::<Vec<_>>(), ["a", "b", "\u{a0}"]);
    }
}
