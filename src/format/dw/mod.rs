//! DataWeave itself as a data format: documents are scripts, and every value can be written as one.

mod names;
mod scope;
mod write;

pub use names::quoted_name;

use super::{Format, Input, Options, Property, Scripts, Window};
use crate::diag::Fault;
use crate::text::Source;
use crate::value::Value;
use std::io::Write;

/// The format `dw`.
pub struct Dw;

impl Format for Dw {
    fn id(&self) -> &'static str {
        "dw"
    }

    fn mime_type(&self) -> &'static str {
        "application/dw"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["*/dw"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["dwl"]
    }

    fn reader_properties(&self) -> &'static [Property] {
        const {
            &[
                Property::text(
                    "privileges",
                    "",
                    "Accepted for compatibility: a document never has more rights than the script that reads it.",
                ),
                Property::flag("onlyData", false, "Whether anything but literals is refused."),
                Property::flag("astMode", false, "Accepted for compatibility, without effect."),
                Property::flag("externalResources", false, "Accepted for compatibility, without effect."),
                Property::flag("javaModule", false, "Accepted for compatibility: there is no Java here."),
            ]
        }
    }

    fn writer_properties(&self) -> &'static [Property] {
        const {
            &[
                Property::text(
                    "indent",
                    "  ",
                    "The text that indents one level; with an empty one everything stands on one line.",
                ),
                Property::flag("ignoreSchema", false, "Whether the metadata of values (`as T {…}`) is left out."),
                Property::flag("onlyData", true, "Accepted for compatibility, without effect."),
                Property::number(
                    "maxCollectionSize",
                    i64::MIN,
                    "-1",
                    "How many items or members of each array or object are written; -1 for all.",
                ),
                Property::BUFFER_SIZE,
                Property::DEFERRED,
            ]
        }
    }

    fn read(&self, input: Input, options: &Options, scripts: &dyn Scripts) -> Result<Value, Fault> {
        let name = input.name.clone();
        let mut window = Window::new(input);
        let source = Source::new(name, window.fill_all()?);
        scripts.evaluate(source, options.flag("onlyData"))
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        write::write(value, out, options)
    }
}
