//! The `validation` module: checks that fail with an error of their own type.

mod address;
mod aggregate;
mod basic;
mod email;
mod functions;
mod ip;
mod messages;
mod number;
mod size;
#[cfg(test)]
mod tests;
mod time;
mod url;
mod validator;

use crate::flow::spec::{Attribute, Kind, Module};

/// The module.
pub static MODULE: Module = Module {
    name: "validation",
    doc: "Checks of messages: each fails with an error of its own type, under `VALIDATION:VALIDATION`.",
    errors: &[
        ("VALIDATION", "MULE:VALIDATION"),
        ("INVALID_IP", "VALIDATION:VALIDATION"),
        ("REJECTED_IP", "VALIDATION:VALIDATION"),
        ("INVALID_BOOLEAN", "VALIDATION:VALIDATION"),
        ("INVALID_EMAIL", "VALIDATION:VALIDATION"),
        ("NOT_EMPTY_COLLECTION", "VALIDATION:VALIDATION"),
        ("EMPTY_COLLECTION", "VALIDATION:VALIDATION"),
        ("BLANK_STRING", "VALIDATION:VALIDATION"),
        ("NOT_BLANK_STRING", "VALIDATION:VALIDATION"),
        ("NULL", "VALIDATION:VALIDATION"),
        ("NOT_NULL", "VALIDATION:VALIDATION"),
        ("MISMATCH", "VALIDATION:VALIDATION"),
        ("INVALID_NUMBER", "VALIDATION:VALIDATION"),
        ("INVALID_SIZE", "VALIDATION:VALIDATION"),
        ("INVALID_TIME", "VALIDATION:VALIDATION"),
        ("INVALID_URL", "VALIDATION:VALIDATION"),
        ("ELAPSED_TIME", "VALIDATION:VALIDATION"),
        ("NOT_ELAPSED_TIME", "VALIDATION:VALIDATION"),
        ("MULTIPLE", "VALIDATION:VALIDATION"),
    ],
    functions: functions::ALL,
    components: &[
        &messages::CONFIG,
        &basic::IS_TRUE,
        &basic::IS_FALSE,
        &basic::IS_NULL,
        &basic::IS_NOT_NULL,
        &basic::IS_BLANK,
        &basic::IS_NOT_BLANK,
        &basic::IS_EMPTY,
        &basic::IS_NOT_EMPTY,
        &basic::MATCHES_REGEX,
        &email::SPEC,
        &url::SPEC,
        &number::SPEC,
        &size::SPEC,
        &time::IS_TIME,
        &time::IS_ELAPSED,
        &time::IS_NOT_ELAPSED,
        &ip::IS_IP,
        &ip::IS_ALLOWED,
        &ip::IS_NOT_DENIED,
        &ip::FILTER_LIST,
        &aggregate::ALL,
        &aggregate::ANY,
    ],
};

const MESSAGE: Attribute =
    Attribute::new("message", Kind::Value, "What the error says; computed only where the check fails.");
const CONFIG_REF: Attribute =
    Attribute::new("config-ref", Kind::Reference, "The `validation:config` with the texts of errors.");
