//! Bytes as they are.

use super::sink::write_failed;
use super::{Format, Input, Options, Property, Scripts};
use crate::diag::{Code, Fault};
use crate::value::Value;
use std::io::Write;
use std::sync::Arc;

/// The format `binary`.
pub struct Binary;

impl Format for Binary {
    fn id(&self) -> &'static str {
        "binary"
    }

    fn mime_type(&self) -> &'static str {
        "application/octet-stream"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["application/octet-stream", "application/x-binary"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["bin"]
    }

    fn is_text(&self) -> bool {
        false
    }

    fn writer_properties(&self) -> &'static [Property] {
        const { &[Property::BUFFER_SIZE, Property::DEFERRED] }
    }

    fn read(&self, input: Input, _: &Options, _: &dyn Scripts) -> Result<Value, Fault> {
        Ok(Value::Binary(Arc::new(input.into_vec()?)))
    }

    fn write(&self, value: Value, out: &mut dyn Write, _: &Options) -> Result<(), Fault> {
        match value.bare() {
            Value::Binary(bytes) => out.write_all(bytes),
            Value::String(text) => out.write_all(text.as_bytes()),
            other => out.write_all(&[byte(other)?]),
        }
        .and_then(|()| out.flush())
        .map_err(write_failed)
    }
}

/// A number is written as one byte: the lowest eight bits of its whole part, as in the reference.
fn byte(value: &Value) -> Result<u8, Fault> {
    let number = value.as_number().ok_or_else(|| {
        Fault::new(Code::Coercion, format!("a value of type {} cannot be written as bytes", value.type_name()))
            .help("octet streams take a Binary or a String")
    })?;
    let whole =
        number.truncated_i64().ok_or_else(|| Fault::new(Code::Coercion, "the number is too large for a byte"))?;
    Ok(whole.to_le_bytes()[0])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::scripts::NoScripts;

    #[test]
    fn passes_bytes_through() {
        let bytes = [0xff, 0, 0x0a, 0x0d];
        let value = Binary.read(Input::memory("in", bytes), &Options::default(), &NoScripts).unwrap();
        let mut out = Vec::new();
        Binary.write(value, &mut out, &Options::default()).unwrap();
        assert_eq!(out, bytes);
    }

    #[test]
    fn writes_text_and_single_bytes() {
        let mut out = Vec::new();
        for value in ["é".into(), Value::Int(65), Value::Int(4_276_803), Value::Int(-1)] {
            Binary.write(value, &mut out, &Options::default()).unwrap();
        }
        assert_eq!(out, b"\xc3\xa9AC\xff");
        for value in [true.into(), Value::Null, Value::empty_object()] {
            assert!(Binary.write(value, &mut Vec::new(), &Options::default()).is_err());
        }
    }
}
