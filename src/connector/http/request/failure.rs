//! Why requests fail: error types and texts (mule-http-connector `HttpErrorMessageGenerator`).

use crate::connector::reconnection::Attempt;
use crate::flow::event::{Error, ErrorType, ErrorTypes};
use hyper::StatusCode;
use std::error::Error as _;
use std::io;

/// The error types of requests, as their app knows them.
pub struct Types {
    statuses: Vec<(u16, ErrorType, &'static str)>,
    timeout: ErrorType,
    connectivity: ErrorType,
    exhausted: ErrorType,
    bad_request: ErrorType,
}

/// The statuses that have an error type of their own, and what they are called.
const STATUSES: [(u16, &str, &str); 17] = [
    (300, "MULTIPLE_CHOICES", "multiple choices"),
    (301, "MOVED_PERMANENTLY", "moved permanently"),
    (302, "MOVED_TEMPORARILY", "moved temporarily"),
    (303, "SEE_OTHER", "see other"),
    (304, "NOT_MODIFIED", "not modified"),
    (400, "BAD_REQUEST", "bad request"),
    (401, "UNAUTHORIZED", "unauthorized"),
    (403, "FORBIDDEN", "forbidden"),
    (404, "NOT_FOUND", "not found"),
    (405, "METHOD_NOT_ALLOWED", "method not allowed"),
    (406, "NOT_ACCEPTABLE", "not acceptable"),
    (415, "UNSUPPORTED_MEDIA_TYPE", "unsupported media type"),
    (429, "TOO_MANY_REQUESTS", "too many requests"),
    (500, "INTERNAL_SERVER_ERROR", "internal server error"),
    (502, "BAD_GATEWAY", "bad gateway"),
    (503, "SERVICE_UNAVAILABLE", "service unavailable"),
    (504, "GATEWAY_TIMEOUT", "gateway timeout"),
];

impl Types {
    /// The types among those of an app.
    pub fn of(types: &ErrorTypes) -> Self {
        let http = |name: &str| types.find("HTTP", name).unwrap_or_else(|| types.core("ANY"));
        Self {
            statuses: STATUSES.map(|(status, name, text)| (status, http(name), text)).to_vec(),
            timeout: http("TIMEOUT"),
            connectivity: http("CONNECTIVITY"),
            exhausted: http("RETRY_EXHAUSTED"),
            bad_request: http("BAD_REQUEST"),
        }
    }
}

/// The errors of one request.
pub struct Failures<'a> {
    pub types: &'a Types,
    pub method: &'a str,
    pub uri: &'a str,
    /// The `Content-Type` that was sent.
    pub content_type: Option<&'a str>,
}

/// The name of what requests fail with, as Java has it.
const CAUSE: &str = "org.mule.extension.http.api.error.HttpRequestFailedException";
/// The name of what a validator fails with.
const REJECTED: &str = "org.mule.extension.http.api.request.validator.ResponseValidatorTypedException";

impl Failures<'_> {
    fn describe(&self, rest: &str) -> String {
        format!("HTTP {} on resource '{}' failed{rest}.", self.method, self.uri)
    }

    /// A status that counts as a failure.
    pub fn of_status(&self, status: StatusCode) -> Error {
        let code = status.as_u16();
        match self.types.statuses.iter().find(|(known, ..)| *known == code) {
            Some((415, error_type, _)) => {
                let text = format!(": media type {} not supported (415)", self.content_type.unwrap_or("null"));
                Error::new(error_type.clone(), self.describe(&text)).with_cause(REJECTED)
            }
            Some((_, error_type, text)) => {
                Error::new(error_type.clone(), self.describe(&format!(": {text} ({code})"))).with_cause(REJECTED)
            }
            None => Error::mule("UNKNOWN", self.describe(&format!(" with status code {code}"))).with_cause(REJECTED),
        }
    }

    /// A response that a condition rejects.
    pub fn rejected(&self, text: String) -> Error {
        Error::new(self.types.bad_request.clone(), text).with_cause(REJECTED)
    }

    /// An answer that did not come in time.
    pub fn timeout(&self) -> Error {
        Error::new(self.types.timeout.clone(), self.describe(": Timeout exceeded")).with_cause(CAUSE)
    }

    /// A request that could not be sent, or an answer that broke off.
    pub fn connectivity(&self, why: &str) -> Error {
        Error::new(self.types.connectivity.clone(), self.describe(&format!(": {why}"))).with_cause(CAUSE)
    }

    /// What the client says went wrong.
    pub fn of_client(&self, error: &reqwest::Error) -> Failed {
        let exhausted = error.is_connect().then(|| self.types.exhausted.clone());
        match error.is_timeout() {
            true => self.timeout().into(),
            false => Failed { error: self.connectivity(&reason(error)), exhausted },
        }
    }
}

/// Why one attempt at a request failed.
pub struct Failed {
    /// The error that flows see.
    pub error: Error,
    /// What it becomes after the last attempt; there is another one only where nothing was sent for want of a connection.
    exhausted: Option<ErrorType>,
}

impl From<Error> for Failed {
    fn from(error: Error) -> Self {
        Self { error, exhausted: None }
    }
}

impl Attempt for Failed {
    fn may_be_repeated(&self) -> bool {
        self.exhausted.is_some()
    }

    /// Handlers of `HTTP:CONNECTIVITY` take it as well: the vendor's requests fail with that one.
    fn exhausted(self) -> Self {
        let Self { error, exhausted } = self;
        match exhausted {
            Some(exhausted) => error.clone().with_type(exhausted).suppressing(error).into(),
            None => error.into(),
        }
    }
}

/// The innermost reason, in Mule's words where it has some.
fn reason(error: &reqwest::Error) -> String {
    let mut chain = std::iter::successors(error.source(), cause);
    let kind = chain.clone().find_map(|inner| inner.downcast_ref::<io::Error>()).map(io::Error::kind);
    let broke_off = chain
        .clone()
        .any(|inner| inner.downcast_ref::<hyper::Error>().is_some_and(hyper::Error::is_incomplete_message));
    match kind {
        Some(io::ErrorKind::ConnectionRefused) => "Connection refused".into(),
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe) => "Remotely closed".into(),
        _ if broke_off => "Remotely closed".into(),
        _ if chain.clone().any(|inner| inner.to_string().contains("dns error")) => "Couldn't resolve address".into(),
        _ => chain.by_ref().last().map_or_else(|| error.to_string(), |inner| inner.to_string()),
    }
}

/// What an error came from.
fn cause<'e>(error: &&'e (dyn std::error::Error + 'static)) -> Option<&'e (dyn std::error::Error + 'static)> {
    let error: &'e (dyn std::error::Error + 'static) = *error;
    error.source()
}
