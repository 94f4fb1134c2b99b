//! The request that an event came from, as its attributes tell it.

use crate::connector::http::multi;
use crate::diag::Fault;
use crate::flow::event::{Event, Typed};
use crate::value::{Key, Object, QName, Value};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// A request.
pub struct Request {
    attributes: Object,
    /// `get`, `post` …
    pub method: String,
    /// The path below that of the listener, escapes and all.
    pub path: String,
    /// The query.
    pub query: Vec<(String, String)>,
    /// The headers.
    pub headers: Vec<(String, String)>,
}

impl Request {
    /// The request of an event; `None` where its attributes are not those of one.
    ///
    /// # Errors
    /// Attributes that are not what their label says.
    pub fn of(event: &Event) -> Result<Option<Self>, Fault> {
        let attributes = event.message.attributes.read()?;
        let Value::Object(attributes) = attributes.into_bare() else { return Ok(None) };
        let text = |name: &str| attributes.get(name).and_then(|value| value.bare().as_str()).map(str::to_string);
        let pairs = |name: &str| attributes.get(name).map_or(Ok(Vec::new()), multi::pairs);
        let Some(method) = text("method") else { return Ok(None) };
        let path = text("rawRequestPath").or_else(|| text("requestPath")).or_else(|| text("relativePath"));
        let path = below(text("listenerPath").as_deref().unwrap_or("/*"), path.as_deref().unwrap_or("/"));
        let (query, headers) = (pairs("queryParams")?, pairs("headers")?);
        Ok(Some(Self { method: method.to_ascii_lowercase(), path, query, headers, attributes }))
    }

    /// The media type of its body, without parameters.
    pub fn media(&self) -> Option<String> {
        let found = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("content-type"));
        found.map(|(_, value)| value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase())
    }

    /// The attributes with these parameters and headers in the place of those that came.
    pub fn with(
        self,
        uri: Vec<(String, String)>,
        query: Vec<(String, String)>,
        headers: Vec<(String, String)>,
    ) -> Typed {
        let mut attributes = self.attributes;
        if query.len() > self.query.len() {
            let mut text = match attributes.get("queryString").and_then(|text| text.bare().as_str()) {
                Some(text) => text.to_string(),
                None => String::new(),
            };
            for (name, value) in &query[self.query.len()..] {
                let escaped = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
                let between = if text.is_empty() { "" } else { "&" };
                text.push_str(&format!("{between}{}={}", escaped(name), escaped(value)));
            }
            attributes = put(attributes, "queryString", text.into());
            attributes = put(attributes, "queryParams", multi::object(query));
        }
        if headers.len() > self.headers.len() {
            attributes = put(attributes, "headers", multi::folding(headers));
        }
        let mut parameters =
            attributes.get("uriParams").map_or(Vec::new(), |known| multi::pairs(known).unwrap_or_default());
        parameters.retain(|(name, _)| !uri.iter().any(|(known, _)| known == name));
        parameters.extend(uri);
        Typed::value(Value::Object(put(attributes, "uriParams", multi::object(parameters))))
    }
}

/// An object with another value for a name.
fn put(object: Object, name: &str, value: Value) -> Object {
    match object.position(name) {
        Some(at) => object.with_value(at, value),
        None => object.push(Key { name: QName::local(name), attributes: None }, value),
    }
}

/// A path below that of the listener: as many slashes of it as the listener's path has are left out (mule-apikit-module
/// `UrlUtils.getRelativePath`).
fn below(listener: &str, path: &str) -> String {
    let slashes = listener.matches('/').count();
    let at = path.match_indices('/').nth(slashes.saturating_sub(1)).map(|(at, _)| at);
    match at {
        Some(at) if at + 1 < path.len() => path[at..].to_string(),
        _ => "/".to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_where_the_listener_ends() {
        for (listener, path, want) in [
            ("/api/*", "/api/orders/7", "/orders/7"),
            ("/api/*", "/api", "/"),
            ("/api/*", "/api/", "/"),
            ("/*", "/orders", "/orders"),
            ("/a/b/*", "/a/b/c%2Fd", "/c%2Fd"),
        ] {
            assert_eq!(below(listener, path), want, "{listener} {path}");
        }
    }
}
