//! The HTTP connector: listeners on hyper, requests on reqwest.

mod attributes;
mod body;
mod common;
mod listener;
pub mod multi;
mod path;
mod request;
mod static_resource;
mod uri;

use crate::flow::spec::Module;

/// The connector with its error types (mule-http-connector `HttpError`).
pub static MODULE: Module = Module {
    name: "http",
    doc: "Serves HTTP and calls HTTP services.",
    errors: &[
        ("PARSING", "MULE:ANY"),
        ("TIMEOUT", "MULE:ANY"),
        ("SECURITY", "MULE:SECURITY"),
        ("CLIENT_SECURITY", "MULE:CLIENT_SECURITY"),
        ("SERVER_SECURITY", "MULE:SERVER_SECURITY"),
        ("TRANSFORMATION", "MULE:TRANSFORMATION"),
        ("CONNECTIVITY", "MULE:CONNECTIVITY"),
        ("RETRY_EXHAUSTED", "MULE:RETRY_EXHAUSTED"),
        ("BAD_REQUEST", "MULE:ANY"),
        ("BASIC_AUTHENTICATION", "HTTP:SERVER_SECURITY"),
        ("UNAUTHORIZED", "HTTP:CLIENT_SECURITY"),
        ("FORBIDDEN", "HTTP:CLIENT_SECURITY"),
        ("NOT_FOUND", "MULE:ANY"),
        ("METHOD_NOT_ALLOWED", "MULE:ANY"),
        ("NOT_ACCEPTABLE", "MULE:ANY"),
        ("UNSUPPORTED_MEDIA_TYPE", "MULE:ANY"),
        ("TOO_MANY_REQUESTS", "MULE:ANY"),
        ("INTERNAL_SERVER_ERROR", "MULE:ANY"),
        ("SERVICE_UNAVAILABLE", "MULE:ANY"),
        ("BAD_GATEWAY", "MULE:ANY"),
        ("GATEWAY_TIMEOUT", "MULE:ANY"),
        ("MULTIPLE_CHOICES", "MULE:ANY"),
        ("MOVED_PERMANENTLY", "MULE:ANY"),
        ("MOVED_TEMPORARILY", "MULE:ANY"),
        ("SEE_OTHER", "MULE:ANY"),
        ("NOT_MODIFIED", "MULE:ANY"),
    ],
    functions: &[],
    components: &[
        &listener::CONFIG,
        &listener::LISTENER,
        &request::CONFIG,
        &request::PROXY,
        &request::REQUEST,
        &static_resource::SPEC,
    ],
};
