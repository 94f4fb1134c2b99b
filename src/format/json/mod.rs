//! JSON (RFC 8259): what it is called and its properties.

pub mod escape;
mod keys;
mod number;
mod parse;
mod read;
mod scan;
mod write;

pub use parse::{Memory, Parser};
pub use read::fault;
pub use write::lines;

use super::{Format, Input, Options, Property, Scripts};
use crate::diag::Fault;
use crate::value::Value;
use std::io::Write;

/// The format `json`.
pub struct Json;

/// The writer's `writeAttributes`, which NDJSON has too.
pub const WRITE_ATTRIBUTES: Property = Property::flag(
    "writeAttributes",
    false,
    "Whether attributes are written, as members `@name`; the value then goes into `__text`.",
);

impl Format for Json {
    fn id(&self) -> &'static str {
        "json"
    }

    fn mime_type(&self) -> &'static str {
        "application/json"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["*/json", "*/*+json"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn reader_properties(&self) -> &'static [Property] {
        const { &[Property::STREAMING] }
    }

    fn writer_properties(&self) -> &'static [Property] {
        const {
            &[
                WRITE_ATTRIBUTES,
                Property::flag(
                    "indent",
                    true,
                    "Whether members and items stand on lines of their own, indented by two spaces a level.",
                ),
                Property::ENCODING,
                Property::BUFFER_SIZE,
                Property::SKIP_NULL_ON,
                Property::DEFERRED,
                Property::flag(
                    "duplicateKeyAsArray",
                    false,
                    "Whether the values of a repeated key are written as one array, at its first place.",
                ),
            ]
        }
    }

    fn read(&self, input: Input, _: &Options, _: &dyn Scripts) -> Result<Value, Fault> {
        read::read(input)
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        write::write(value, out, options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::testing::{any_json, same};
    use proptest::prelude::*;

    fn to_text(value: Value, indent: bool) -> String {
        let options = Options::strict(Json.writer_properties(), &[("indent".into(), indent.into())]).unwrap();
        let mut out = Vec::new();
        write::write(value, &mut out, &options).unwrap();
        String::from_utf8(out).unwrap()
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in any_json(), indent: bool) {
            let text = to_text(value.clone(), indent);
            let back = read::read(Input::memory("m", text.as_bytes())).unwrap();
            prop_assert!(same(&value, &back), "{}", text);
            serde_json::from_str::<serde::de::IgnoredAny>(&text).unwrap();
        }

        #[test]
        fn accepts_what_serde_json_accepts(
            value in any_json(),
            edits in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"{}[]\",:\\0123.-+eEtnfu \n\xc3\xff\x00".to_vec())), 1..4),
        ) {
            let mut bytes = to_text(value, false).into_bytes();
            for (at, byte) in edits {
                let at = at.index(bytes.len());
                bytes[at] = byte;
            }
            let ours = read::read(Input::memory("m", bytes.clone())).and_then(|value| match value {
                Value::Array(items) => items.into_vec().map(Value::array),
                other => Ok(other),
            });
            // serde_json does not look at the bytes of strings that nobody asks for, nor at exponents.
            let theirs =
                serde_json::from_slice::<serde::de::IgnoredAny>(&bytes).is_ok() && std::str::from_utf8(&bytes).is_ok();
            let beyond_limits = ours.as_ref().is_err_and(|fault| fault.message().contains("exponent too large"));
            prop_assert!(ours.is_ok() == theirs || beyond_limits, "{}: {:?}", String::from_utf8_lossy(&bytes), ours);
        }
    }
}
