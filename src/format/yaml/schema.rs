//! The core schema of YAML 1.2: what a scalar stands for.

use crate::value::{Number, Value};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use num_bigint::BigInt;
use std::sync::Arc;

/// What a plain scalar stands for. Infinities and not-a-number stay text: DataWeave has no such numbers.
pub fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Boolean(true),
        "false" | "False" | "FALSE" => Value::Boolean(false),
        _ => number(text).map_or_else(|| Value::from(text), Value::from),
    }
}

/// What a scalar with this tag of the core schema stands for; `None` if it does not fit.
pub fn tagged(tag: &str, text: &str) -> Option<Value> {
    match tag {
        "str" => Some(Value::from(text)),
        "null" => matches!(plain(text), Value::Null).then_some(Value::Null),
        "bool" => Some(plain(text)).filter(|value| matches!(value, Value::Boolean(_))),
        "int" | "float" => number(text).map(Value::from),
        "binary" => {
            let digits: Vec<u8> = text.bytes().filter(|b| !b.is_ascii_whitespace()).collect();
            BASE64_STANDARD.decode(digits).ok().map(|bytes| Value::Binary(Arc::new(bytes)))
        }
        _ => Some(plain(text)),
    }
}

fn number(text: &str) -> Option<Number> {
    if let Some(digits) = text.strip_prefix("0x") {
        return whole(digits, 16);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return whole(digits, 8);
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let is_start = |b: u8| b.is_ascii_digit() || b == b'.';
    let is_number = unsigned.bytes().next().is_some_and(is_start)
        && unsigned.bytes().all(|b| is_start(b) || matches!(b, b'e' | b'E' | b'+' | b'-'));
    is_number.then(|| Number::parse(text.strip_prefix('+').unwrap_or(text))).flatten()
}

/// More digits than this are not looked at: reading them takes time that grows with their square.
const MOST_DIGITS: usize = 10_000;

fn whole(digits: &str, radix: u32) -> Option<Number> {
    let good = (1..=MOST_DIGITS).contains(&digits.len()) && digits.chars().all(|c| c.is_digit(radix));
    let number = good.then(|| BigInt::parse_bytes(digits.as_bytes(), radix)).flatten()?;
    Number::parse(&number.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolves_plain_scalars() {
        for (text, want) in [
            ("~", "Null"),
            ("TRUE", "Boolean(true)"),
            ("yes", "String(\"yes\")"),
            ("-12", "Int(-12)"),
            ("+007", "Int(7)"),
            ("0o17", "Int(15)"),
            ("0xFf", "Int(255)"),
            (".inf", "String(\".inf\")"),
            ("1_000", "String(\"1_000\")"),
            ("1.2.3", "String(\"1.2.3\")"),
            ("-", "String(\"-\")"),
            ("e5", "String(\"e5\")"),
            ("0x", "String(\"0x\")"),
            ("2001-12-14", "String(\"2001-12-14\")"),
        ] {
            assert_eq!(format!("{:?}", plain(text)), want, "{text}");
        }
        for (text, want) in [("1.50", "1.5"), ("6e23", "6E+23"), (".5", "0.5"), ("5.", "5")] {
            assert_eq!(plain(text).as_number().unwrap().to_string(), want);
        }
    }

    #[test]
    fn tags_decide() {
        assert!(matches!(tagged("str", "12"), Some(Value::String(_))));
        assert!(matches!(tagged("binary", "aG k=\n"), Some(Value::Binary(bytes)) if *bytes == b"hi"));
        for (tag, text) in [("int", "x"), ("bool", "1"), ("null", "0"), ("binary", "!")] {
            assert!(tagged(tag, text).is_none(), "{tag} {text}");
        }
    }
}
