//! Natives of `dw::core::Binaries`.

use super::strings::parts::at_breaks;
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Charset, Value, coerce};
use std::sync::Arc;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Binaries::concatWith", body: concat },
    Native { key: "Binaries::readLinesWith", body: read_lines },
    Native { key: "Binaries::writeLinesWith", body: write_lines },
];

fn concat(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    Ok(Value::Binary(Arc::new([args.bytes(0)?, args.bytes(1)?].concat())))
}

/// A break at the very end adds no line.
fn read_lines(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let text = Charset::named(args.str(1)?)?.decode(args.bytes(0)?)?;
    Ok(Value::array(lines(&text).into_iter().map(Value::from).collect()))
}

fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = at_breaks(text).collect();
    if lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    lines
}

/// Every line ends with a line feed.
fn write_lines(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let charset = Charset::named(args.str(1)?)?;
    let mut text = String::new();
    for line in args.take_array(0)?.into_elements() {
        text.push_str(&coerce::to_text(&line?)?);
        text.push('\n');
    }
    Ok(Value::Binary(Arc::new(charset.encode(&text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_last_break_adds_no_line() {
        let cases: [(&str, &[&str]); 4] =
            [("", &[]), ("\n\nb\n\n", &["", "", "b", ""]), ("a\r\nb\rc", &["a", "b", "c"]), ("a\r", &["a"])];
        for (text, expected) in cases {
            assert_eq!(lines(text), expected, "{text:?}");
        }
    }
}
