//! Bytes from text and back: by character set, or by base 64 and 16.

use super::fault::{cannot_coerce, cannot_coerce_because};
use crate::diag::Fault;
use crate::value::ty::Simple;
use crate::value::{Charset, Schema, Type, Value};
use base64::Engine as _;
use base64::alphabet::STANDARD;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use std::sync::Arc;

/// Base 64 as Java's MIME-less decoder has it: padding may be missing.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// `as Binary {base: "64", encoding: "UTF-16"}`. A Number gives one byte, its lowest eight bits.
pub fn from_value(value: &Value, schema: &Schema) -> Result<Value, Fault> {
    let bytes = match value.bare() {
        Value::Binary(_) => return Ok(value.bare().clone()),
        Value::String(text) => from_text(value, text, schema)?,
        Value::Key(key) => from_text(value, &key.name.local, schema)?,
        bare => match bare.as_number().and_then(|n| n.to_bigint()) {
            Some(number) => vec![number.to_signed_bytes_le().first().copied().unwrap_or(0)],
            None => return Err(cannot_coerce(value, &Type::Simple(Simple::Binary))),
        },
    };
    Ok(Value::Binary(Arc::new(bytes)))
}

fn from_text(value: &Value, text: &str, schema: &Schema) -> Result<Vec<u8>, Fault> {
    let refused = |reason: &str| cannot_coerce_because(value, Simple::Binary, reason);
    match schema.text("base") {
        Some("64") => {
            let plain: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
            BASE64.decode(plain).map_err(|e| refused(&format!("the text is not base 64: {e}")))
        }
        Some("16") => from_hex(text).ok_or_else(|| refused("the text is not base 16")),
        _ => Ok(charset(schema)?.encode(text)),
    }
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// `as String {base: "64"}` and the like; bytes that are no text become U+FFFD.
pub fn to_string(value: &Value, schema: &Schema) -> Result<Value, Fault> {
    let Value::Binary(bytes) = value.bare() else {
        return Err(cannot_coerce(value, &Type::Simple(Simple::String)));
    };
    Ok(Value::from(match schema.text("base") {
        Some("64") => BASE64.encode(&**bytes),
        Some("16") => bytes.iter().map(|b| format!("{b:02X}")).collect(),
        _ => charset(schema)?.decode_lossy(bytes),
    }))
}

fn charset(schema: &Schema) -> Result<Charset, Fault> {
    schema.text("encoding").map_or(Ok(Charset::UTF_8), Charset::named)
}
