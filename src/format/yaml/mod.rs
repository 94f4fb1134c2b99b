//! YAML 1.2: what the format is called, and its properties. Follows the vendor's manual; the engine at hand has no such
//! format.

mod read;
mod schema;
mod tree;
mod write;

pub use read::read;

use super::{Format, Input, Options, Property, Scripts};
use crate::diag::Fault;
use crate::value::Value;
use std::io::Write;

/// The format `yaml`.
pub struct Yaml;

impl Format for Yaml {
    fn id(&self) -> &'static str {
        "yaml"
    }

    fn mime_type(&self) -> &'static str {
        "application/yaml"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["application/yaml", "text/yaml", "application/x-yaml", "text/x-yaml", "*/*+yaml"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["yaml", "yml"]
    }

    fn reader_properties(&self) -> &'static [Property] {
        const {
            &[
                // The manual says 1, which refuses the second alias of any document.
                Property::number(
                    "maxEntityCount",
                    0,
                    "100",
                    "How many aliases of lists, mappings and long texts are expanded in an input, nested ones included.",
                ),
            ]
        }
    }

    fn writer_properties(&self) -> &'static [Property] {
        const {
            &[
                Property::flag("writeDeclaration", true, "Whether the document begins with `%YAML 1.2` and `---`."),
                Property::SKIP_NULL_ON,
                Property::ENCODING,
                Property::BUFFER_SIZE,
                Property::DEFERRED,
            ]
        }
    }

    fn read(&self, input: Input, options: &Options, _: &dyn Scripts) -> Result<Value, Fault> {
        read(input, options)
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        write::write(value, out, options)
    }
}
