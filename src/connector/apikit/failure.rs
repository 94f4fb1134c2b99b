//! Why a request is refused, in the words of mule-apikit-module.

use crate::flow::event::{Error, Event};

/// Why a request is refused.
#[derive(Debug)]
pub struct Failure {
    kind: &'static str,
    cause: &'static str,
    description: String,
}

impl Failure {
    fn new(kind: &'static str, cause: &'static str, description: impl Into<String>) -> Self {
        Self { kind, cause, description: description.into() }
    }

    /// The error for an event.
    pub fn error(self, event: &Event) -> Error {
        Error::named(event, self.kind, self.description).with_cause(self.cause)
    }
}

/// `APIKIT:BAD_REQUEST`
pub fn bad_request(why: impl Into<String>) -> Failure {
    Failure::new("APIKIT:BAD_REQUEST", "org.mule.module.apikit.api.exception.BadRequestException", why)
}

/// `APIKIT:NOT_FOUND`; the vendor's description is the path.
pub fn not_found(path: &str) -> Failure {
    Failure::new("APIKIT:NOT_FOUND", "org.mule.module.apikit.exception.NotFoundException", path)
}

/// `APIKIT:METHOD_NOT_ALLOWED`
pub fn not_allowed(resource: &str, method: &str) -> Failure {
    let description = format!("{resource} : {method}");
    Failure::new(
        "APIKIT:METHOD_NOT_ALLOWED",
        "org.mule.module.apikit.api.exception.MethodNotAllowedException",
        description,
    )
}

/// `APIKIT:NOT_ACCEPTABLE`
pub fn not_acceptable() -> Failure {
    let cause = "org.mule.module.apikit.exception.NotAcceptableException";
    Failure::new("APIKIT:NOT_ACCEPTABLE", cause, "Not Acceptable")
}

/// `APIKIT:UNSUPPORTED_MEDIA_TYPE`
pub fn unsupported() -> Failure {
    let cause = "org.mule.module.apikit.exception.UnsupportedMediaTypeException";
    Failure::new("APIKIT:UNSUPPORTED_MEDIA_TYPE", cause, "Unsupported mediaType")
}

/// `APIKIT:NOT_IMPLEMENTED`
pub fn not_implemented() -> Failure {
    let cause = "org.mule.module.apikit.exception.NotImplementedException";
    Failure::new("APIKIT:NOT_IMPLEMENTED", cause, "Not implemented")
}
