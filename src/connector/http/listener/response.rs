//! Responses: `http:response`, `http:error-response`, and those that say why there is none.

use crate::connector::http::body::{Body, pieces};
use crate::connector::http::common::{self, BODY, HEADERS, Wire, pairs, wire};
use crate::connector::http::multi;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Typed, media};
use crate::flow::exec::log;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Occurs, Part, Spec};
use crate::value::Value;
use bytes::Bytes;
use futures_util::{TryStreamExt, stream};
use http_body_util::combinators::BoxBody;
use http_body_util::{Either, Full, StreamBody};
use hyper::StatusCode;
use hyper::body::Frame;
use hyper::ext::ReasonPhrase;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, HeaderValue, TRANSFER_ENCODING};
use std::io;

const ATTRIBUTES: &[Attribute] = &[
    Attribute::new("statusCode", Kind::Value, "The status; 200, or 500 for a failure, where it is left out."),
    Attribute::new("reasonPhrase", Kind::Value, "The words behind the status."),
];

const PARTS: &[Part] =
    &[Part { spec: &BODY, occurs: Occurs::Optional }, Part { spec: &HEADERS, occurs: Occurs::Optional }];

/// `http:response`
pub static RESPONSE: Spec = Spec {
    name: "http:response",
    doc: "What is sent when the flow has succeeded. Its expressions see the event as the flow left it.",
    attributes: ATTRIBUTES,
    parts: PARTS,
    ..Spec::NEW
};

/// `http:error-response`
pub static ERROR_RESPONSE: Spec = Spec {
    name: "http:error-response",
    doc: "What is sent when the flow has failed; the body is the error's description where it is left out.",
    attributes: ATTRIBUTES,
    parts: PARTS,
    ..Spec::NEW
};

/// A response on its way out, its body whole or in chunks.
pub type Response = hyper::Response<Sent>;
type Sent = Either<Full<Bytes>, BoxBody<Bytes, io::Error>>;

/// How a listener answers.
pub struct Responses {
    success: Builder,
    failure: Builder,
    streaming: Streaming,
}

/// Whether bodies go out in chunks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Streaming {
    /// Where a header says so.
    Auto,
    Always,
    Never,
}

#[derive(Default)]
struct Builder {
    status: Option<Expression>,
    reason: Option<Expression>,
    body: Option<Expression>,
    headers: Option<Expression>,
}

impl Builder {
    fn of(node: Option<Node<'_>>) -> Self {
        let Some(node) = node else { return Self::default() };
        Self {
            status: node.value("statusCode"),
            reason: node.value("reasonPhrase"),
            body: common::content(&node, BODY.name),
            headers: common::content(&node, HEADERS.name),
        }
    }

    /// The response for an event: what is not said is taken from `default`.
    fn build(&self, event: &Event, default: (StatusCode, &Typed), streaming: Streaming) -> Result<Response, Error> {
        let (status, payload) = default;
        let own = self.status.as_ref().map(|expression| status_of(expression, event)).transpose()?;
        let status = own.flatten().unwrap_or(status);
        let body = self.body.as_ref().map(|body| body.typed(event)).transpose()?;
        let Wire { body, content_type } = wire(body.as_ref().unwrap_or(payload))?;
        let mut headers = HeaderMap::new();
        for (name, value) in pairs(self.headers.as_ref(), event)? {
            let (name, value) = multi::header(&name, &value).map_err(|fault| ungenerated(fault.message()))?;
            headers.append(name, value);
        }
        if let (None, Some(content_type)) = (headers.get(CONTENT_TYPE), content_type) {
            headers.extend(HeaderValue::from_str(&content_type).ok().map(|value| (CONTENT_TYPE, value)));
        }
        let mut response = hyper::Response::new(body_of(body, status, &mut headers, streaming));
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        if let Some(reason) = Expression::text_of(self.reason.as_ref(), event)? {
            let reason = ReasonPhrase::try_from(reason.into_bytes());
            response
                .extensions_mut()
                .insert(reason.map_err(|_| ungenerated("the reason phrase has control characters"))?);
        }
        Ok(response)
    }
}

/// The body with the headers that say how it goes out: its own length, whatever the flow says, or chunks.
fn body_of(body: Body, status: StatusCode, headers: &mut HeaderMap, streaming: Streaming) -> Sent {
    let wants_chunks = headers.remove(TRANSFER_ENCODING).is_some_and(|value| value.as_bytes() == b"chunked");
    let says_length = headers.remove(CONTENT_LENGTH).is_some();
    if matches!(status, StatusCode::NO_CONTENT | StatusCode::NOT_MODIFIED) {
        return Either::Left(Full::default());
    }
    let in_chunks = streaming == Streaming::Always || (streaming == Streaming::Auto && wants_chunks && !says_length);
    match body {
        Body::Bytes(bytes) if !in_chunks => Either::Left(Full::new(bytes)),
        Body::Bytes(bytes) => Either::Right(BoxBody::new(StreamBody::new(stream::iter([Ok(Frame::data(bytes))])))),
        Body::File(file) => {
            if let (false, Ok(length)) = (in_chunks, file.length()) {
                headers.insert(CONTENT_LENGTH, length.into());
            }
            Either::Right(BoxBody::new(StreamBody::new(pieces(&file).map_ok(Frame::data))))
        }
    }
}

/// The status that an expression gives; null gives none.
fn status_of(expression: &Expression, event: &Event) -> Result<Option<StatusCode>, Error> {
    let Some(number) = expression.integer_or_null(event)? else { return Ok(None) };
    let status = u16::try_from(number).ok().filter(|n| (200..1000).contains(n));
    let status = status.and_then(|number| StatusCode::from_u16(number).ok());
    status.map(Some).ok_or_else(|| ungenerated(&format!("{number} is no status code of a response")))
}

fn ungenerated(why: &str) -> Error {
    Error::mule("SOURCE_RESPONSE_GENERATE", why)
}

impl Responses {
    /// What the parts of a listener say.
    pub fn of(node: &Node<'_>) -> Self {
        let streaming = match node.text("responseStreamingMode").as_deref() {
            Some("ALWAYS") => Streaming::Always,
            Some("NEVER") => Streaming::Never,
            _ => Streaming::Auto,
        };
        Self {
            success: Builder::of(node.part(RESPONSE.name)),
            failure: Builder::of(node.part(ERROR_RESPONSE.name)),
            streaming,
        }
    }

    /// The response of an event that its flow has succeeded with.
    pub fn success(&self, event: &mut Event) -> Response {
        let payload = event.message.payload.clone();
        match self.success.build(event, (StatusCode::OK, &payload), self.streaming) {
            Ok(response) => response,
            Err(error) => {
                log(event, &error);
                self.failure(event, error)
            }
        }
    }

    /// The response of an event that its flow has failed with.
    pub fn failure(&self, event: &mut Event, error: Error) -> Response {
        let description = Typed::labelled(Value::string(error.description()), media("text/plain"));
        event.error = Some(error);
        let default = (StatusCode::INTERNAL_SERVER_ERROR, &description);
        self.failure.build(event, default, self.streaming).unwrap_or_else(|error| {
            log(event, &error);
            plain(StatusCode::INTERNAL_SERVER_ERROR, Bytes::new())
        })
    }
}

/// A response without a body.
pub fn empty(status: StatusCode) -> Response {
    let mut response = hyper::Response::new(Either::Left(Full::default()));
    *response.status_mut() = status;
    response
}

/// A response of plain text.
pub fn plain(status: StatusCode, text: Bytes) -> Response {
    let mut response = hyper::Response::new(Either::Left(Full::new(text)));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=UTF-8"));
    response
}
