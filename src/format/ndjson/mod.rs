//! NDJSON: a JSON value on each line, read and written as an array. Follows the vendor's manual; the engine at hand has
//! no such format.

mod read;

use super::{Format, Input, Options, Property, PropertyKind, Scripts, json};
use crate::diag::Fault;
use crate::value::Value;
use std::io::Write;

/// The format `ndjson`.
pub struct NdJson;

impl Format for NdJson {
    fn id(&self) -> &'static str {
        "ndjson"
    }

    fn mime_type(&self) -> &'static str {
        "application/x-ndjson"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["application/x-ndjson", "application/x-ldjson", "application/ndjson", "application/jsonl"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["ndjson", "jsonl", "ldjson"]
    }

    fn reader_properties(&self) -> &'static [Property] {
        const {
            &[
                Property {
                    name: "ignoreEmptyLine",
                    kind: PropertyKind::Boolean,
                    default: "true",
                    doc: "Whether blank lines are left out; else they are invalid.",
                },
                Property {
                    name: "skipInvalid",
                    kind: PropertyKind::Boolean,
                    default: "false",
                    doc: "Whether lines that are not JSON are left out; else they are an error.",
                },
                Property::STREAMING,
            ]
        }
    }

    fn writer_properties(&self) -> &'static [Property] {
        const {
            &[
                Property::ENCODING,
                Property::BUFFER_SIZE,
                Property::DEFERRED,
                Property {
                    name: "skipNullOn",
                    kind: PropertyKind::OneOf(&["arrays", "objects", "everywhere"]),
                    default: "",
                    doc: "Where nulls are left out; a line that would be null counts as an item.",
                },
                Property {
                    name: "writeAttributes",
                    kind: PropertyKind::Boolean,
                    default: "false",
                    doc: "Whether attributes are written, as members `@name`; the value then goes into `__text`.",
                },
            ]
        }
    }

    fn read(&self, input: Input, options: &Options, _: &dyn Scripts) -> Result<Value, Fault> {
        read::read(input, options)
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        json::lines(value, out, options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::ObjectBuilder;

    #[test]
    fn writes_a_line_for_each_item() {
        let mut row = ObjectBuilder::default();
        row.field("a", "l\nm").field("b", Value::Null);
        let rows = Value::array(vec![row.value(), Value::Null, Value::array(vec![1.into()])]);
        for (value, skip, want) in [
            (rows.clone(), "", "{\"a\": \"l\\nm\",\"b\": null}\nnull\n[1]\n"),
            (rows, "everywhere", "{\"a\": \"l\\nm\"}\n[1]\n"),
            (true.into(), "", "true\n"),
            (Value::array(vec![]), "", ""),
        ] {
            let options = Options::lenient(NdJson.writer_properties(), &[("skipNullOn".into(), skip.into())]).unwrap();
            let mut out = Vec::new();
            NdJson.write(value, &mut out, &options).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), want);
        }
    }
}
