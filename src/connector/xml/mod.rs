//! The `xml-module`: XPath and XML schemas. Documents never make it read other files or addresses.

mod config;
mod document;
mod namespaces;
mod schema;
#[cfg(test)]
mod tests;
mod work;
mod xpath;

use crate::flow::spec::Module;

/// The module.
pub static MODULE: Module = Module {
    name: "xml-module",
    doc: "XPath 1.0, and checks of XML documents against XML schemas. XSLT and XQuery are not there.",
    errors: &[
        ("INVALID_INPUT_XML", "MULE:ANY"),
        ("INVALID_XPATH_EXPRESSION", "MULE:ANY"),
        ("NULL_CONTEXT_PROPERTY", "MULE:ANY"),
        ("TRANSFORMATION", "MULE:TRANSFORMATION"),
        ("SCHEMA_NOT_HONOURED", "MULE:VALIDATION"),
        ("SCHEMA_NOT_FOUND", "MULE:ANY"),
        ("INVALID_SCHEMA", "MULE:ANY"),
        ("SCHEMA_INPUT_ERROR", "MULE:VALIDATION"),
    ],
    functions: &[("XmlModule::xpath", xpath::function)],
    components: &[&config::SPEC, &namespaces::DIRECTORY, &xpath::SPEC, &schema::SPEC],
};
