//! The `json` module: documents against JSON schemas.

mod content;
mod draft3;
mod lines;
mod report;
mod schema;
#[cfg(test)]
mod tests;
mod validate;

pub use draft3::upgraded;

use crate::flow::spec::Module;

/// The module.
pub static MODULE: Module = Module {
    name: "json",
    doc: "Checks of JSON documents against JSON schemas: drafts 3, 4, 6, 7, 2019-09 and 2020-12.",
    errors: &[
        ("INVALID_INPUT_JSON", "MULE:ANY"),
        ("SCHEMA_NOT_HONOURED", "MULE:VALIDATION"),
        ("SCHEMA_NOT_FOUND", "MULE:ANY"),
        ("INVALID_SCHEMA", "MULE:ANY"),
    ],
    functions: &[],
    components: &[&validate::SPEC],
};
