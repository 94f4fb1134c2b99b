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

use super::{Format, Input, Options, Property, PropertyKind, Scripts};
use crate::diag::Fault;
use crate::value::Value;
use std::io::Write;

/// The format `json`.
pub struct Json;

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
                Property {
                    name: "writeAttributes",
                    kind: PropertyKind::Boolean,
                    default: "false",
                    doc: "Whether attributes are written, as members `@name`; the value then goes into `__text`.",
                },
                Property {
                    name: "indent",
                    kind: PropertyKind::Boolean,
                    default: "true",
                    doc: "Whether members and items stand on lines of their own, indented by two spaces a level.",
                },
                Property::ENCODING,
                Property::BUFFER_SIZE,
                Property {
                    name: "skipNullOn",
                    kind: PropertyKind::OneOf(&["arrays", "objects", "everywhere"]),
                    default: "",
                    doc: "Where nulls are left out.",
                },
                Property::DEFERRED,
                Property {
                    name: "duplicateKeyAsArray",
                    kind: PropertyKind::Boolean,
                    default: "false",
                    doc: "Whether the values of a repeated key are written as one array, at its first place.",
                },
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
    use crate::value::{Number, ObjectBuilder};
    use proptest::prelude::*;

    fn any_value() -> impl Strategy<Value = Value> {
        let number = prop_oneof![
            any::<i64>().prop_map(Value::Int),
            "-?[1-9][0-9]{0,30}\\.[0-9]{1,30}".prop_map(|text| Number::parse(&text).unwrap().into()),
            "[1-9]{1,3}E-?[1-9][0-9]{0,2}".prop_map(|text| Number::parse(&text).unwrap().into()),
        ];
        let text = prop_oneof!["\\PC{0,20}", any::<String>(), "[a-c\"\\\\\n\u{0}\u{7f}é🛶]{0,12}"];
        let leaf =
            prop_oneof![Just(Value::Null), any::<bool>().prop_map(Value::Boolean), number, text.prop_map(Value::from),];
        leaf.prop_recursive(5, 60, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::array),
                prop::collection::vec(("[a-d\"\\\\ü]{0,2}", inner), 0..8).prop_map(|pairs| {
                    let mut object = ObjectBuilder::default();
                    for (name, value) in pairs {
                        object.field(name, value);
                    }
                    object.value()
                }),
            ]
        })
    }

    fn to_text(value: Value, indent: bool) -> String {
        let options = Options::strict(Json.writer_properties(), &[("indent".into(), indent.into())]).unwrap();
        let mut out = Vec::new();
        write::write(value, &mut out, &options).unwrap();
        String::from_utf8(out).unwrap()
    }

    /// Equal with the same kinds; numbers by their value.
    fn same(a: &Value, b: &Value) -> bool {
        match (a, b) {
            (Value::Array(a), Value::Array(b)) => {
                let (a, b) = (a.force().unwrap(), b.force().unwrap());
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
            }
            (Value::Object(a), Value::Object(b)) => {
                a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| a.name == b.name && same(a.value, b.value))
            }
            (Value::String(a), Value::String(b)) => a == b,
            (Value::Boolean(a), Value::Boolean(b)) => a == b,
            (Value::Null, Value::Null) => true,
            (a, b) => a.as_number().is_some() && a.as_number() == b.as_number(),
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(value in any_value(), indent: bool) {
            let text = to_text(value.clone(), indent);
            let back = read::read(Input::memory("m", text.as_bytes())).unwrap();
            prop_assert!(same(&value, &back), "{}", text);
            serde_json::from_str::<serde::de::IgnoredAny>(&text).unwrap();
        }

        #[test]
        fn accepts_what_serde_json_accepts(
            value in any_value(),
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
