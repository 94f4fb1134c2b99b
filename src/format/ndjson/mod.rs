//! NDJSON: a JSON value on each line, read and written as an array. Follows the vendor's manual; the engine at hand has
//! no such format.

mod read;

use super::{Format, Input, Options, Property, Scripts, json};
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
                Property::flag("ignoreEmptyLine", true, "Whether blank lines are left out; else they are invalid."),
                Property::flag(
                    "skipInvalid",
                    false,
                    "Whether lines that are not JSON are left out; else they are an error.",
                ),
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
                Property::choice(
                    "skipNullOn",
                    &["arrays", "objects", "everywhere"],
                    "",
                    "Where nulls are left out; a line that would be null counts as an item.",
                ),
                json::WRITE_ATTRIBUTES,
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
    use crate::format::testing::{any_json, list, object, options, same};
    use proptest::prelude::*;

    #[test]
    fn writes_a_line_for_each_item() {
        let row = object(&[("a", "l\nm".into()), ("b", Value::Null)]);
        let rows = list(&[row, Value::Null, list(&[1.into()])]);
        for (value, skip, want) in [
            (rows.clone(), "", "{\"a\": \"l\\nm\",\"b\": null}\nnull\n[1]\n"),
            (rows, "everywhere", "{\"a\": \"l\\nm\"}\n[1]\n"),
            (true.into(), "", "true\n"),
            (list(&[]), "", ""),
        ] {
            let options = options(NdJson.writer_properties(), &[("skipNullOn", skip)]).unwrap();
            let mut out = Vec::new();
            NdJson.write(value, &mut out, &options).unwrap();
            assert_eq!(String::from_utf8(out).unwrap(), want);
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(lines in prop::collection::vec(any_json(), 0..8)) {
            let lines = Value::array(lines);
            let mut out = Vec::new();
            NdJson.write(lines.clone(), &mut out, &options(NdJson.writer_properties(), &[]).unwrap()).unwrap();
            let options = options(NdJson.reader_properties(), &[]).unwrap();
            let back = read::read(Input::memory("m", out.clone()), &options).unwrap();
            prop_assert!(same(&lines, &back), "{}", String::from_utf8_lossy(&out));
        }
    }
}
