//! Java properties: `key=value` lines. An object of texts; what the format is called, and its properties.

mod read;
mod write;

use super::{Format, Input, Options, Property, Scripts};
use crate::diag::Fault;
use crate::value::Value;
use std::io::Write;

/// The format `properties`.
pub struct JavaProperties;

impl Format for JavaProperties {
    fn id(&self) -> &'static str {
        "properties"
    }

    fn mime_type(&self) -> &'static str {
        "text/x-java-properties"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["*/x-java-properties", "*/properties"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["properties"]
    }

    fn writer_properties(&self) -> &'static [Property] {
        Property::TEXT_WRITER
    }

    fn read(&self, input: Input, _: &Options, _: &dyn Scripts) -> Result<Value, Fault> {
        read::read(input)
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        write::write(value, out, options.charset()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Charset, ObjectBuilder};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reads_what_it_writes(pairs in proptest::collection::btree_map("[ -~\\n\\t\\x0c]{0,6}", "[ -~é🛶\\r\\n\\t\\\\]{0,8}", 0..5)) {
            let mut object = ObjectBuilder::default();
            for (name, value) in &pairs {
                object.field(name, value.as_str());
            }
            let object = object.value();
            let mut out = Vec::new();
            write::write(object.clone(), &mut out, Charset::UTF_8).unwrap();
            let back = read::read(Input::memory("in", out)).unwrap();
            prop_assert_eq!(format!("{back:?}"), format!("{object:?}"));
        }

        #[test]
        fn never_panics(text in "[\\\\u0-9a-f=: \\n\\r#é]{0,16}") {
            let _ = read::read(Input::memory("in", text.as_bytes()));
        }
    }
}
