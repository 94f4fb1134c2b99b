//! The data formats as values: `dw::Runtime::dataFormatsDescriptor`.

use crate::format::{Format, Property, PropertyKind, registry};
use crate::value::{ObjectBuilder, Value};

/// An array of `DataFormatDescriptor` as `dw::Runtime` declares it.
pub fn descriptors() -> Value {
    Value::array(registry::formats().iter().map(|format| descriptor(*format)).collect())
}

fn descriptor(format: &dyn Format) -> Value {
    let texts = |all: &[&str], before: &str| {
        Value::array(all.iter().map(|text| Value::from(format!("{before}{text}"))).collect())
    };
    let mut descriptor = ObjectBuilder::default();
    descriptor.field("name", format.id()).field("binary", !format.is_text());
    // The reference engine tells the encoding of these two only.
    if ["json", "dw"].contains(&format.id()) {
        descriptor.field("defaultEncoding", "UTF-8");
    }
    descriptor
        .field("extensions", texts(format.extensions(), "."))
        .field("defaultMimeType", format.mime_type())
        .field("acceptedMimeTypes", texts(format.mime_types(), ""))
        .field("readerProperties", properties(format.reader_properties()))
        .field("writerProperties", properties(format.writer_properties()));
    descriptor.value()
}

fn properties(declared: &[Property]) -> Value {
    Value::array(declared.iter().map(property).collect())
}

fn property(declared: &Property) -> Value {
    let (ty, choices) = match declared.kind {
        PropertyKind::Boolean => ("Boolean", &["true", "false"][..]),
        PropertyKind::Number { .. } => ("Number", &[][..]),
        PropertyKind::Text => ("String", &[][..]),
        PropertyKind::OneOf(choices) => ("String", choices),
    };
    let mut property = ObjectBuilder::default();
    property
        .field("name", declared.name)
        .field("optional", true)
        .field("defaultValue", declared.default)
        .field("description", declared.doc)
        .field("type", ty)
        .field("possibleValues", Value::array(choices.iter().map(Value::string).collect()));
    property.value()
}
