//! The text of simple values, as writers of text put it.

use crate::diag::Fault;
use crate::value::coerce::coerce;
use crate::value::number::Packed;
use crate::value::ty::Simple;
use crate::value::{Number, Type, Value};
use std::borrow::Cow;
use std::io::Write;

/// Adds the plain text of a number; nothing for any other value.
pub fn write_number(value: &Value, out: &mut Vec<u8>) {
    match value.bare() {
        Value::Int(n) => out.extend_from_slice(itoa::Buffer::new().format(*n).as_bytes()),
        Value::Decimal(decimal) => write_decimal(*decimal, out),
        other => {
            if let Some(number) = other.as_number() {
                // A Vec takes everything.
                let _ = write!(out, "{number}");
            }
        }
    }
}

/// Digits and a point; what needs an exponent is left to [`Number`].
fn write_decimal(decimal: Packed, out: &mut Vec<u8>) {
    const MOST_ZEROS: usize = 5;
    let (mut mantissa, mut scale) = (decimal.mantissa(), decimal.scale() as usize);
    while scale > 0 && mantissa % 10 == 0 {
        mantissa /= 10;
        scale -= 1;
    }
    let mut buffer = itoa::Buffer::new();
    let digits = buffer.format(mantissa.unsigned_abs()).as_bytes();
    if digits.len() + MOST_ZEROS < scale {
        let _ = write!(out, "{}", Number::Packed(decimal));
        return;
    }
    if mantissa < 0 {
        out.push(b'-');
    }
    let whole = digits.len().saturating_sub(scale);
    out.extend_from_slice(if whole == 0 { b"0" } else { &digits[..whole] });
    if scale > 0 {
        out.push(b'.');
        out.resize(out.len() + scale.saturating_sub(digits.len()), b'0');
        out.extend_from_slice(&digits[whole..]);
    }
}

/// The text of a simple value by its own schema: the format of a number, date or time, the base of a Binary. `None` for
/// null, containers and functions.
pub fn formatted(value: &Value) -> Result<Option<Cow<'_, str>>, Fault> {
    let has_formats = matches!(value.bare(), Value::Temporal(_) | Value::Binary(_)) || value.as_number().is_some();
    match value.schema().filter(|_| has_formats) {
        None => Ok(text(value)),
        Some(schema) => {
            let converted = coerce(value.bare(), &Type::Simple(Simple::String), schema)?;
            Ok(converted.as_str().map(|text| Cow::Owned(text.to_string())))
        }
    }
}

/// The plain text of a simple value; `None` for null, containers and functions.
pub fn text(value: &Value) -> Option<Cow<'_, str>> {
    Some(match value.bare() {
        Value::String(text) => Cow::Borrowed(text.as_str()),
        Value::Boolean(b) => Cow::Borrowed(if *b { "true" } else { "false" }),
        Value::Temporal(temporal) => Cow::Owned(temporal.to_string()),
        Value::Binary(bytes) => String::from_utf8_lossy(bytes),
        Value::Regex(regex) => Cow::Borrowed(regex.source()),
        Value::Type(ty) => Cow::Owned(ty.to_string()),
        Value::Namespace(ns) => Cow::Borrowed(ns.uri.as_str()),
        Value::Key(key) => Cow::Borrowed(key.name.local.as_str()),
        Value::Uri(uri) => Cow::Borrowed(uri.as_str()),
        number => Cow::Owned(number.as_number()?.to_string()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Schema;
    use crate::value::temporal::parse_literal;
    use proptest::prelude::*;
    use std::sync::Arc;

    #[test]
    fn schemas_format_what_has_formats() {
        let schema = |name: &str, text: &str| Schema(vec![(name.into(), text.into())]);
        let date = parse_literal("2031-07-04").unwrap();
        for (value, want) in [
            (Value::from(date).with_schema(schema("format", "dd.MM.uuuu")), "04.07.2031"),
            (Value::Binary(Arc::new(b"hi".to_vec())).with_schema(schema("base", "64")), "aGk="),
            (Value::from("x").with_schema(schema("format", "dd")), "x"),
            (Value::Int(5).with_schema(schema("unit", "kg")), "5"),
        ] {
            assert_eq!(formatted(&value).unwrap().unwrap(), want);
        }
        assert!(formatted(&Value::Null).unwrap().is_none());
    }

    proptest! {
        #[test]
        fn numbers_have_the_text_of_numbers(mantissa in -1_000_000_000_000_000i64..1_000_000_000_000_000, digits in 0u32..16, scale in 1u32..31) {
            let packed = Packed::new(mantissa / 10i64.pow(digits), scale).unwrap();
            let mut out = Vec::new();
            write_number(&Value::Decimal(packed), &mut out);
            prop_assert_eq!(String::from_utf8(out).unwrap(), Number::Packed(packed).to_string());
        }
    }
}
