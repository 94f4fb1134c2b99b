//! XML: elements as pairs of an object. What the format is called, and its properties.

mod attribute;
mod decode;
mod dtd;
mod element;
mod escape;
mod grammar;
mod prefix;
mod read;
mod reference;
mod scope;
mod text;
mod tree;
mod write;

pub use grammar::find_illegal;

use super::{Format, Input, Options, Property, PropertyKind, Scripts};
use crate::diag::Fault;
use crate::value::Value;
use std::io::Write;

/// The format `xml`.
pub struct Xml;

const READER: &[Property] = &[
    Property {
        name: "nullValueOn",
        kind: PropertyKind::OneOf(&["blank", "empty", "none"]),
        default: "blank",
        doc: "Which elements without children are null: those with blank text, with no text, or none.",
    },
    Property {
        name: "supportDtd",
        kind: PropertyKind::Boolean,
        default: "false",
        doc: "Whether the entities and attribute defaults of an internal document type are applied.",
    },
    Property {
        name: "maxEntityCount",
        kind: PropertyKind::Number { least: 0 },
        default: "1",
        doc: "How many references to entities are expanded in a document, nested ones included.",
    },
    Property {
        name: "externalEntities",
        kind: PropertyKind::Boolean,
        default: "false",
        doc: "Accepted for compatibility: external entities are never fetched.",
    },
    Property {
        name: "maxAttributeSize",
        kind: PropertyKind::Number { least: -1 },
        default: "-1",
        doc: "The longest value of an attribute, in characters; -1 for no limit.",
    },
    Property {
        name: "indexedReader",
        kind: PropertyKind::Boolean,
        default: "true",
        doc: "Accepted for compatibility: the document is always read into memory.",
    },
    Property {
        name: "optimizeFor",
        kind: PropertyKind::OneOf(&["speed", "memory"]),
        default: "speed",
        doc: "Accepted for compatibility.",
    },
    Property::STREAMING,
    Property {
        name: "collectionPath",
        kind: PropertyKind::Text,
        default: "",
        doc: "Accepted for compatibility: where the elements to stream are.",
    },
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
        write::PROPERTIES
    }

    fn read(&self, input: Input, options: &Options, _: &dyn Scripts) -> Result<Value, Fault> {
        read::read(input, options)
    }

    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault> {
        write::write(value, out, options)
    }
}
