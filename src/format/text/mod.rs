//! Plain text: the whole input as one String, and any simple value as its text.

use super::{Format, Input, Options, Property, Scripts, Sink, Window, scalar};
use crate::diag::{Code, Fault};
use crate::value::Value;
use std::io::Write;

/// The format `text`.
pub struct Text;

impl Format for Text {
    fn id(&self) -> &'static str {
        "text"
    }

    fn mime_type(&self) -> &'static str {
        "text/plain"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["text/plain"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt"]
    }

    fn writer_properties(&self) -> &'static [Property] {
        Property::TEXT_WRITER
    }

    fn read(&self, input: Input, _: &Options, _: &dyn Scripts) -> Result<Value, Fault> {
        Window::keeping_mark(input).fill_all().map(Value::string)
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        let mut sink = Sink::new(out, options.charset()?);
        if !value.is_null() {
            sink.text(&scalar::formatted(&value)?.ok_or_else(|| not_text(&value))?)?;
        }
        sink.finish()
    }
}

fn not_text(value: &Value) -> Fault {
    Fault::new(Code::Write, format!("a value of type {} cannot be written as plain text", value.type_name()))
        .help("join or `write` it to a String first")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::scripts::NoScripts;

    fn read(bytes: &[u8]) -> String {
        match Text.read(Input::memory("in", bytes), &Options::default(), &NoScripts) {
            Ok(value) => value.as_str().unwrap().to_string(),
            Err(fault) => fault.message().lines().next().unwrap().to_string(),
        }
    }

    #[test]
    fn keeps_all_text() {
        assert_eq!(read(b""), "");
        assert_eq!(read("\u{feff}a\r\n\u{0}é\n".as_bytes()), "\u{feff}a\r\n\u{0}é\n");
        assert_eq!(read(b"\xff\xfea\0"), "a");
        assert_eq!(read(b"ab\n\xe9"), "in:2:1: the bytes here are not UTF-8");
    }

    #[test]
    fn writes_simple_values_only() {
        let written = |value: Value| {
            let mut out = Vec::new();
            match Text.write(value, &mut out, &Options::default()) {
                Ok(()) => String::from_utf8(out).unwrap(),
                Err(fault) => fault.to_string(),
            }
        };
        for (value, want) in [
            ("say \"hi\"\n".into(), "say \"hi\"\n"),
            (Value::Null, ""),
            (true.into(), "true"),
            (Value::Int(-5), "-5"),
            (Value::array(vec![]), "a value of type Array cannot be written as plain text"),
        ] {
            assert_eq!(written(value), want);
        }
    }
}
