//! From a request to its response: the listener that takes it, the event, what the flow makes of it.

use super::cors::{Cors, Verdict};
use super::response::{Response, Responses, empty, plain};
use super::routes::{Found, Routes};
use crate::connector::http::attributes::{self, Ends};
use crate::connector::http::body::{Unread, collect};
use crate::connector::http::common::received;
use crate::connector::http::path::{self, Pattern};
use crate::connector::http::uri;
use crate::connector::output::Relabel;
use crate::flow::app::Entry;
use crate::flow::event::{Event, Message};
use crate::value::Str;
use bytes::Bytes;
use hyper::body::Incoming;
use hyper::header::{ALLOW, CONNECTION, HeaderMap, HeaderValue};
use hyper::http::request::Parts;
use hyper::{Request, StatusCode};
use std::borrow::Cow;
use std::sync::Arc;
use std::time::Duration;

/// A listener at work.
pub struct Listener {
    /// The way into its flow.
    pub entry: Entry,
    /// Its path, base path included.
    pub pattern: Pattern,
    /// What the paths of its configuration begin with.
    pub base_path: String,
    /// How long the pauses within a body may be.
    pub read_timeout: Option<Duration>,
    /// What the body is taken for.
    pub label: Arc<Relabel>,
    /// Which pages of other sites may read its answers.
    pub cors: Option<Arc<Cors>>,
    /// How it answers.
    pub responses: Arc<Responses>,
}

/// Answers a request. Whoever drops the future cancels all that runs for it.
pub async fn answer(request: Request<Incoming>, ends: &Ends, routes: &Routes, limit: u64) -> Response {
    let (head, body) = request.into_parts();
    let raw = head.uri.path();
    let Some(parts) = path::split(raw).map(uri::decode).collect::<Option<Vec<Cow<'_, str>>>>() else {
        return refused(StatusCode::BAD_REQUEST, "Unable to parse request", raw);
    };
    match routes.find(&head.method, &parts) {
        Found::Listener(listener) => listener.answer(&head, &parts, body, ends, limit).await,
        Found::Stopped => refused(StatusCode::SERVICE_UNAVAILABLE, "Service not available for endpoint", raw),
        Found::Nothing => refused(StatusCode::NOT_FOUND, "No listener for endpoint", raw),
        Found::WrongMethod(allowed) => {
            let mut response = refused(StatusCode::METHOD_NOT_ALLOWED, "Method not allowed for endpoint", raw);
            let names: Vec<_> = allowed.iter().map(|method| method.as_str()).collect();
            response.headers_mut().extend(HeaderValue::from_str(&names.join(", ")).ok().map(|names| (ALLOW, names)));
            response
        }
    }
}

/// What nobody takes, in the texts of mule-http-service.
fn refused(status: StatusCode, what: &str, path: &str) -> Response {
    let path = path.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;");
    plain(status, Bytes::from(format!("{what}: {path}")))
}

impl Listener {
    async fn answer(&self, head: &Parts, parts: &[Cow<'_, str>], body: Incoming, ends: &Ends, limit: u64) -> Response {
        let (mut response, headers) = match self.cors.as_ref().map(|cors| cors.judge(&head.method, &head.headers)) {
            None => return self.serve(head, parts, body, ends, limit).await,
            Some(Verdict::Answer(headers)) => (empty(StatusCode::OK), headers),
            Some(Verdict::Run(headers)) => (self.serve(head, parts, body, ends, limit).await, headers),
        };
        response.headers_mut().extend(headers);
        response
    }

    async fn serve(&self, head: &Parts, parts: &[Cow<'_, str>], body: Incoming, ends: &Ends, limit: u64) -> Response {
        let body = match collect(body, limit, self.read_timeout).await {
            Ok(body) => body,
            Err(unread) => return unreadable(unread, limit),
        };
        let mut event = self.entry.event();
        if let Some(id) = correlation_id(&head.headers) {
            event.correlation_id = id;
        }
        event.message = Message {
            payload: self.label.on(received(body, &head.headers, "*/*")),
            attributes: attributes::of_request(head, &self.pattern, &self.base_path, parts, ends),
        };
        self.run(&mut event).await
    }

    async fn run(&self, event: &mut Event) -> Response {
        match self.entry.run(event).await {
            Ok(()) => self.responses.success(event),
            Err(error) if error.error_type().identifier() == "FLOW_BACK_PRESSURE" => {
                plain(StatusCode::SERVICE_UNAVAILABLE, Bytes::new())
            }
            Err(error) => self.responses.failure(event, error),
        }
    }
}

/// What a request is told whose body could not be read; the rest of it makes the connection useless.
fn unreadable(unread: Unread, limit: u64) -> Response {
    let (status, text) = match unread {
        Unread::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, format!("a body may have {limit} bytes at most")),
        Unread::TooSlow => (StatusCode::REQUEST_TIMEOUT, "the body did not come in time".to_string()),
        Unread::Broken => (StatusCode::BAD_REQUEST, "the body is malformed".to_string()),
        Unread::NotKept(error) => {
            tracing::error!("the body of a request cannot be kept: {error}");
            (StatusCode::INSUFFICIENT_STORAGE, "there is no room for the body".to_string())
        }
    };
    let mut response = plain(status, Bytes::from(text));
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}

/// The correlation id that a request brings.
fn correlation_id(headers: &HeaderMap) -> Option<Str> {
    let named = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).filter(|id| !id.is_empty());
    named("x-correlation-id").or_else(|| named("mule_correlation_id")).map(Str::from)
}
