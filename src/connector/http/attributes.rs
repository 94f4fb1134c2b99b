//! What `attributes` is of a request that came in, and of a response.

use super::path::Pattern;
use super::{multi, uri};
use crate::flow::event::Typed;
use crate::value::{Object, ObjectBuilder, QName, Shape, Value};
use hyper::http::request::Parts;
use hyper::{HeaderMap, StatusCode, Version};
use std::net::SocketAddr;
use std::sync::{Arc, LazyLock};

/// The keys of a request's attributes (mule-http-connector `HttpRequestAttributes`).
static REQUEST: LazyLock<Arc<Shape>> = LazyLock::new(|| {
    let names = [
        "listenerPath",
        "relativePath",
        "rawRequestPath",
        "requestPath",
        "maskedRequestPath",
        "version",
        "scheme",
        "method",
        "requestUri",
        "rawRequestUri",
        "queryString",
        "queryParams",
        "uriParams",
        "headers",
        "localAddress",
        "remoteAddress",
        "clientCertificate",
    ];
    Shape::new(names.iter().map(QName::local).collect())
});

/// The two ends of a connection.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    pub local: SocketAddr,
    pub remote: SocketAddr,
    /// Whether it is over TLS.
    pub is_secure: bool,
}

/// The attributes of a request to a listener of this path, below this base path.
pub fn of_request(request: &Parts, pattern: &Pattern, base: &str, parts: &[impl AsRef<str>], ends: &Ends) -> Typed {
    let raw = request.uri.path();
    let path = uri::decode(raw).unwrap_or_else(|| raw.into());
    let raw_query = request.uri.query();
    let query = raw_query.map(|query| uri::decode(query).unwrap_or_else(|| query.into()));
    let whole = |path: &str, query: Option<&str>| query.map_or_else(|| path.into(), |query| format!("{path}?{query}"));
    let values = vec![
        pattern.text().into(),
        path.strip_prefix(base.trim_end_matches('/')).unwrap_or(&path).into(),
        raw.into(),
        (*path).into(),
        pattern.masked(raw).map_or(Value::Null, Value::from),
        version(request.version).into(),
        if ends.is_secure { "https" } else { "http" }.into(),
        request.method.as_str().into(),
        whole(&path, query.as_deref()).into(),
        whole(raw, raw_query).into(),
        query.as_deref().unwrap_or_default().into(),
        multi::object(raw_query.map(uri::query).unwrap_or_default()),
        multi::object(pattern.parameters(parts)),
        multi::headers(&request.headers),
        format!("/{}", ends.local).into(),
        format!("/{}", ends.remote).into(),
        Value::Null,
    ];
    Typed::value(Value::Object(Object::of_shape(REQUEST.clone(), values)))
}

fn version(version: Version) -> &'static str {
    match version {
        Version::HTTP_10 => "HTTP/1.0",
        Version::HTTP_2 => "HTTP/2",
        _ => "HTTP/1.1",
    }
}

/// The attributes of a response.
pub fn of_response(status: StatusCode, reason: &str, headers: &HeaderMap) -> Typed {
    let mut object = ObjectBuilder::with_capacity(3);
    object.field("statusCode", i64::from(status.as_u16())).field("reasonPhrase", reason);
    object.field("headers", multi::headers(headers));
    Typed::value(object.value())
}
