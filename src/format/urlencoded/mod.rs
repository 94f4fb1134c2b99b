//! Forms as browsers send them: `a=1&b=two+words`. An object of texts; what the format is called, and its properties.

mod read;
mod write;

use super::{Format, Input, Options, Property, Scripts};
use crate::diag::Fault;
use crate::value::Value;
use std::io::Write;

/// The format `urlencoded`.
pub struct UrlEncoded;

impl Format for UrlEncoded {
    fn id(&self) -> &'static str {
        "urlencoded"
    }

    fn mime_type(&self) -> &'static str {
        "application/x-www-form-urlencoded"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["application/x-www-form-urlencoded"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["urlencoded"]
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
        fn reads_what_it_writes(pairs in proptest::collection::vec(("\\PC{1,6}", proptest::option::of("[ -~é€🛶\\n]{0,6}")), 0..5)) {
            let mut object = ObjectBuilder::default();
            for (name, value) in &pairs {
                object.field(name, value.as_deref().map_or(Value::Null, Value::from));
            }
            let object = object.value();
            for charset in ["UTF-8", "GB18030"] {
                let charset = Charset::named(charset).unwrap();
                let mut out = Vec::new();
                write::write(object.clone(), &mut out, charset).unwrap();
                let back = read::read(Input::memory("in", out).with_charset(Some(charset))).unwrap();
                prop_assert_eq!(format!("{back:?}"), format!("{object:?}"));
            }
        }

        #[test]
        fn never_panics(text in "[%&=+0-9a-fA-F]{0,12}") {
            let _ = read::read(Input::memory("in", text.as_bytes()));
        }
    }
}
