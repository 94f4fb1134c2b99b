//! Bytes from text and back: by character set, or by base 64 and 16.

use super::cannot_coerce;
use crate::diag::{Code, Fault};
use crate::value::number::Rounding;
use crate::value::ty::Simple;
use crate::value::{Charset, Number, Schema, Str, Type, Value};
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

/// How bytes stand in a text.
enum Base {
    /// As the characters of a character set.
    Characters(Charset),
    Base64,
    Hex,
}

/// The options `base` and `encoding`; without them the text is UTF-8.
fn base(schema: &Schema) -> Result<Base, Fault> {
    let given = schema.get("base").map(super::to_text).transpose()?;
    match given.as_deref() {
        Some("64") => Ok(Base::Base64),
        Some("16") => Ok(Base::Hex),
        Some(other) => Err(Fault::new(Code::Option, format!("`{other}` is no base of a Binary's text"))
            .help("the bases are 64 and 16")),
        None => charset(schema).map(Base::Characters),
    }
}

/// The option `encoding`. As in the reference engine, `default` replaces a conversion by an unknown one.
fn charset(schema: &Schema) -> Result<Charset, Fault> {
    let named = match schema.get("encoding") {
        None => return Ok(Charset::UTF_8),
        Some(Value::String(name)) => Charset::named(name),
        Some(other) => Err(Fault::new(Code::Option, format!("`encoding` is a String, not {}", other.type_name()))),
    };
    named.map_err(Fault::rescuable)
}

/// `as Binary {base: "64", encoding: "UTF-16"}`. A Number gives one byte, the lowest of its whole part.
pub fn from_value(value: &Value, schema: &Schema) -> Result<Value, Fault> {
    let bytes = match value.bare() {
        Value::Binary(_) => return Ok(value.bare().clone()),
        Value::String(text) => from_text(text, schema)?,
        bare => match bare.as_number() {
            Some(number) => vec![low_byte(&number)?],
            None => return Err(cannot_coerce(value, &Type::Simple(Simple::Binary))),
        },
    };
    Ok(Value::Binary(Arc::new(bytes)))
}

fn low_byte(number: &Number) -> Result<u8, Fault> {
    let whole = number.rounded(0, Rounding::Down)?.to_bigint().unwrap_or_default();
    Ok(whole.to_signed_bytes_le().first().copied().unwrap_or(0))
}

fn from_text(text: &str, schema: &Schema) -> Result<Vec<u8>, Fault> {
    match base(schema)? {
        Base::Characters(charset) => Ok(charset.encode(text)),
        Base::Base64 => {
            let plain: String = text.chars().filter(|c| !c.is_ascii_whitespace()).collect();
            BASE64.decode(plain).map_err(|e| malformed(&format!("base 64: {e}")))
        }
        Base::Hex => from_hex(text).ok_or_else(|| malformed("base 16: it takes pairs of the digits 0 to f")),
    }
}

/// Text that is not in its base. As in the reference engine this is no failed conversion that `default` replaces.
fn malformed(reason: &str) -> Fault {
    Fault::new(Code::Argument, format!("the text is not {reason}"))
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(|c| c.to_digit(16).map(|d| d as u8)).collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(digits.chunks(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

/// `as String {base: "64"}` and the like; bytes that are no text become U+FFFD.
pub fn to_text(bytes: &[u8], schema: &Schema) -> Result<Str, Fault> {
    Ok(match base(schema)? {
        Base::Characters(charset) => Str::from(charset.decode_lossy(bytes)),
        Base::Base64 => Str::from(BASE64.encode(bytes)),
        Base::Hex => bytes.iter().map(|byte| format!("{byte:02X}")).collect::<String>().into(),
    })
}
