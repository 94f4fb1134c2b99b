//! What listeners and requests share: parts that hold expressions, bodies, how large they may be.

use super::body::Body;
use super::multi;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Typed, media, structured};
use crate::flow::expression::Expression;
use crate::flow::spec::{self, Spec};
use crate::format::MediaType;
use crate::value::Value;
use hyper::header::{CONTENT_TYPE, HeaderMap};

/// The property that says how large a body may be, in bytes.
const BODY_LIMIT: &str = "dwrun.http.maxBodySize";
/// How large a body may be where nothing says so: 4 GiB. Large ones are kept in files.
const DEFAULT_BODY_LIMIT: u64 = 4 << 30;

/// How large a body may be in an app with these properties.
pub fn body_limit(properties: &crate::flow::app::Properties) -> u64 {
    let written = properties.get(BODY_LIMIT).ok().flatten();
    written.and_then(|text| text.trim().parse().ok()).unwrap_or(DEFAULT_BODY_LIMIT)
}

/// A body of a message.
pub static BODY: Spec = Spec {
    name: "http:body",
    doc: "The body; the payload where it is left out.",
    body: spec::Body::Value,
    ..Spec::NEW
};

/// The headers of a message.
pub static HEADERS: Spec = Spec {
    name: "http:headers",
    doc: "An object with the headers. A list gives a header several times, null leaves it out.",
    body: spec::Body::Value,
    ..Spec::NEW
};

/// What stands in a part of an element.
pub fn content(node: &Node<'_>, part: &str) -> Option<Expression> {
    node.part(part)?.content()
}

/// The pairs that an expression gives for an event.
pub fn pairs(expression: Option<&Expression>, event: &Event) -> Result<Vec<(String, String)>, Error> {
    let Some(expression) = expression else { return Ok(Vec::new()) };
    multi::pairs(&expression.value(event)?).map_err(|fault| Error::expression(&expression.source(), fault.into()))
}

/// How a value goes over the wire.
pub struct Wire {
    /// Its bytes.
    pub body: Body,
    /// Its `Content-Type`, where it is known.
    pub content_type: Option<String>,
}

/// A value as bytes. What is written as a text format goes out as UTF-8 and says so; text that the app only labelled keeps
/// its label as it is.
///
/// # Errors
/// `MULE:EXPRESSION` for a value that its media type cannot hold.
pub fn wire(value: &Typed) -> Result<Wire, Error> {
    let body = value.octets().map_err(|fault| Error::expression("payload", fault.into()))?;
    let written = value.written_as();
    let content_type = match written.essence() {
        _ if value.is_null() => None,
        "*/*" => None,
        "application/java" => Some("text/plain; charset=UTF-8".to_string()),
        essence => {
            let is_text = essence.starts_with("text/") || structured(&written).is_some_and(|format| format.is_text());
            let is_settled = written.parameter("charset").is_some() || value.is_text();
            Some(if is_text && !is_settled { format!("{written}; charset=UTF-8") } else { written.to_string() })
        }
    };
    Ok(Wire { body, content_type })
}

/// A body as a value: labelled with the content type that came with it, or `fallback` where none came. No content is an
/// empty text.
pub fn received(body: Body, headers: &HeaderMap, fallback: &str) -> Typed {
    let said = headers.get(CONTENT_TYPE).and_then(|value| MediaType::parse(&multi::text(value)).ok());
    let bytes = match body {
        Body::File(file) => return Typed::file(file, said.unwrap_or_else(|| media(fallback))),
        Body::Bytes(bytes) => bytes,
    };
    match said {
        None if bytes.is_empty() => Typed::literal(""),
        None => Typed::bytes(bytes, media(fallback)),
        Some(said) if bytes.is_empty() => Typed::labelled(Value::string(""), said),
        Some(said) => Typed::bytes(bytes, said),
    }
}
