//! APIkit: requests are checked against an API in RAML or OpenAPI, and go to the flows that are named after its resources.

mod api;
mod config;
mod console;
mod document;
mod failure;
mod flows;
mod locate;
mod oas;
mod raml;
mod request;
mod router;
#[cfg(test)]
mod tests;
mod validate;

use crate::flow::spec::Module;

/// The module with its error types (mule-apikit-module `ApikitErrorTypes`).
pub static MODULE: Module = Module {
    name: "apikit",
    doc: "Sends requests to the flows that are named after the resources of an API in RAML or OpenAPI, and checks them.",
    errors: &[
        ("BAD_REQUEST", "MULE:ANY"),
        ("NOT_FOUND", "MULE:ANY"),
        ("METHOD_NOT_ALLOWED", "MULE:ANY"),
        ("NOT_ACCEPTABLE", "MULE:ANY"),
        ("UNSUPPORTED_MEDIA_TYPE", "MULE:ANY"),
        ("NOT_IMPLEMENTED", "MULE:ANY"),
    ],
    functions: &[],
    components: &[&config::SPEC, &router::SPEC, &console::SPEC],
};
