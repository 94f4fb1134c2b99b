//! XML: elements as pairs of an object. What the format is called, and its properties.

mod attribute;
pub mod decode;
mod dtd;
mod element;
mod escape;
mod grammar;
mod prefix;
mod read;
mod reference;
mod scope;
mod settings;
mod text;
mod tree;
mod write;

pub use grammar::find_illegal;

use super::{Format, Input, Options, Property, Scripts};
use crate::diag::Fault;
use crate::value::Value;
use std::io::Write;

/// The format `xml`.
pub struct Xml;

const READER: &[Property] = &[
    Property::choice(
        "nullValueOn",
        &["blank", "empty", "none"],
        "blank",
        "Which elements without children are null: those with blank text, with no text, or none.",
    ),
    Property::flag(
        "supportDtd",
        false,
        "Whether the entities and attribute defaults of an internal document type are applied.",
    ),
    Property::number(
        "maxEntityCount",
        0,
        "1",
        "How many references to entities are expanded in a document, nested ones included.",
    ),
    Property::flag("externalEntities", false, "Accepted for compatibility: external entities are never fetched."),
    Property::number(
        "maxAttributeSize",
        -1,
        "-1",
        "The longest value of an attribute, in characters; -1 for no limit.",
    ),
    Property::flag("indexedReader", true, "Accepted for compatibility: the document is always read into memory."),
    Property::choice("optimizeFor", &["speed", "memory"], "speed", "Accepted for compatibility."),
    Property::STREAMING,
    Property::text("collectionPath", "", "Accepted for compatibility: where the elements to stream are."),
];

impl Format for Xml {
    fn id(&self) -> &'static str {
        "xml"
    }

    fn mime_type(&self) -> &'static str {
        "application/xml"
    }

    fn mime_types(&self) -> &'static [&'static str] {
        &["*/xml", "*/*+xml"]
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xml", "xsd", "wsdl", "xsl", "xslt"]
    }

    fn reader_properties(&self) -> &'static [Property] {
        READER
    }

    fn writer_properties(&self) -> &'static [Property] {
        settings::PROPERTIES
    }

    fn read(&self, input: Input, options: &Options, _: &dyn Scripts) -> Result<Value, Fault> {
        read::read(input, options)
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        write::write(value, out, options)
    }
}
