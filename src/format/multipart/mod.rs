//! Multipart bodies: forms with files, mails. What the format is called, and its properties.

mod disposition;
mod read;
mod scan;
mod transfer;
mod write;

use super::{Format, Input, Options, Property, Scripts};
use crate::diag::Fault;
use crate::value::Value;
use std::io::Write;

/// The format `multipart`.
pub struct Multipart;

const BOUNDARY: Property = Property::text("boundary", "", "The text that separates the parts, without its dashes.");

impl Format for Multipart {
    fn id(&self) -> &'static str {
        "multipart"
    }

    fn mime_type(&self) -> &'static str {
        "multipart/form-data"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["multipart/*"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["multipart"]
    }

    fn is_text(&self) -> bool {
        false
    }

    fn reader_properties(&self) -> &'static [Property] {
        const {
            &[
                BOUNDARY,
                Property::text(
                    "defaultContentType",
                    "",
                    "The type of parts that name none; without it they are read as Binary.",
                ),
            ]
        }
    }

    fn writer_properties(&self) -> &'static [Property] {
        const { &[BOUNDARY, Property::BUFFER_SIZE, Property::DEFERRED] }
    }

    fn read(&self, input: Input, options: &Options, scripts: &dyn Scripts) -> Result<Value, Fault> {
        read::read(input, options, scripts)
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        write::write(value, out, options)
    }
}
