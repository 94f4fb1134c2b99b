//! From an event to the request that goes out.

use super::config::{Mode, RequestConfig, Settings};
use super::failure::Failures;
use crate::connector::http::body::{Body as Content, pieces};
use crate::connector::http::common::{Wire, pairs, wire};
use crate::connector::http::{multi, uri};
use crate::flow::event::{Error, Event};
use crate::flow::expression::Expression;
use futures_util::stream;
use hyper::Method;
use hyper::header::{CONTENT_LENGTH, CONTENT_TYPE, COOKIE, HeaderMap, HeaderName, HeaderValue, TRANSFER_ENCODING};
use reqwest::{Body, Request, Url};
use std::convert::Infallible;

/// What an operation says of its requests.
pub struct Blueprint {
    pub method: Expression,
    pub target: Target,
    /// The payload where nothing is said.
    pub body: Option<Expression>,
    pub headers: Option<Expression>,
    pub query: Option<Expression>,
    pub uri_parameters: Option<Expression>,
    pub correlation_id: Option<Expression>,
}

/// Where requests go.
pub enum Target {
    Url(Expression),
    /// Below the base path of the configuration.
    Path(Expression),
}

/// The methods that have no body unless it is asked for.
const WITHOUT_BODY: [Method; 3] = [Method::GET, Method::HEAD, Method::OPTIONS];

impl Blueprint {
    /// The method for an event.
    pub fn method(&self, event: &Event) -> Result<Method, Error> {
        let name = self.method.text(event)?.unwrap_or_default().trim().to_ascii_uppercase();
        Method::from_bytes(name.as_bytes()).map_err(|_| Error::mule("UNKNOWN", format!("'{name}' is no HTTP method")))
    }

    /// The address for an event, without the query parameters that stand for themselves.
    pub fn uri(&self, event: &Event, config: &RequestConfig) -> Result<String, Error> {
        let parameters = pairs(self.uri_parameters.as_ref(), event)?;
        let text = |expression: &Expression| Ok::<_, Error>(expression.text(event)?.unwrap_or_default());
        let path = match &self.target {
            Target::Url(url) => return Ok(uri::with_parameters(text(url)?, &parameters)),
            Target::Path(path) => text(path)?,
        };
        let base = config.base_path.as_ref().map_or(Ok("/".to_string()), text)?;
        let host = config.host.as_ref().map(text).transpose()?.unwrap_or_default();
        let port = config
            .port
            .as_ref()
            .map(text)
            .transpose()?
            .unwrap_or_else(|| if config.is_secure { "443" } else { "80" }.into());
        let path = uri::with_parameters(uri::below(&base, &path), &parameters);
        let scheme = if config.is_secure { "https" } else { "http" };
        Ok(format!("{scheme}://{}:{}{}", host.trim(), port.trim(), path.replace(' ', "%20")))
    }

    /// The request for an event to this address.
    ///
    /// # Errors
    /// Expressions that fail; an address or headers that are none.
    pub fn request(
        &self,
        event: &Event,
        config: &RequestConfig,
        settings: &Settings,
        method: Method,
        failures: &Failures<'_>,
    ) -> Result<Request, Error> {
        let mut query = defaults(&config.query, event)?;
        query.extend(pairs(self.query.as_ref(), event)?);
        let address = uri::with_query(failures.uri.to_string(), &query);
        let url = Url::parse(&address).map_err(|e| failures.connectivity(&format!("the address is malformed: {e}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            return Err(failures.connectivity(&format!("the protocol {} is none of HTTP's", url.scheme())));
        }
        let mut headers = self.headers(event, config, settings)?;
        if let Some(cookies) = config.cookies.as_ref().and_then(|cookies| cookies.header(&url)) {
            headers.entry(COOKIE).or_insert(cookies);
        }
        let body = self.body(event, settings, &method, &mut headers)?;
        let mut request = Request::new(method, url);
        *request.headers_mut() = headers;
        *request.body_mut() = body;
        Ok(request)
    }

    fn headers(&self, event: &Event, config: &RequestConfig, settings: &Settings) -> Result<HeaderMap, Error> {
        let mut headers = HeaderMap::new();
        for (name, value) in defaults(&config.headers, event)?.into_iter().chain(pairs(self.headers.as_ref(), event)?) {
            let (name, value) = header(&name, &value)?;
            headers.append(name, value);
        }
        if settings.send_correlation_id != Some(Mode::Never) && !headers.contains_key(CORRELATION_ID) {
            let own = Expression::text_of(self.correlation_id.as_ref(), event)?;
            let (name, id) = header(CORRELATION_ID.as_str(), own.as_deref().unwrap_or(&event.correlation_id))?;
            headers.insert(name, id);
        }
        Ok(headers)
    }

    /// The body, with the headers that describe it.
    fn body(
        &self,
        event: &Event,
        settings: &Settings,
        method: &Method,
        headers: &mut HeaderMap,
    ) -> Result<Option<Body>, Error> {
        headers.remove(CONTENT_LENGTH);
        let wants_chunks = headers.remove(TRANSFER_ENCODING).is_some_and(|value| value.as_bytes() == b"chunked");
        let is_sent = match settings.send_body.unwrap_or(Mode::Auto) {
            Mode::Always => true,
            Mode::Never => false,
            Mode::Auto => !WITHOUT_BODY.contains(method),
        };
        if !is_sent {
            return Ok(None);
        }
        let body = self.body.as_ref().map(|body| body.typed(event)).transpose()?;
        let Wire { body: content, content_type } = wire(body.as_ref().unwrap_or(&event.message.payload))?;
        if matches!(&content, Content::Bytes(bytes) if bytes.is_empty()) {
            return Ok(None);
        }
        if let (None, Some(content_type)) = (headers.get(CONTENT_TYPE), content_type) {
            let (name, value) = header(CONTENT_TYPE.as_str(), &content_type)?;
            headers.insert(name, value);
        }
        let in_chunks = match settings.streaming.unwrap_or(Mode::Auto) {
            Mode::Always => true,
            Mode::Never => false,
            Mode::Auto => wants_chunks,
        };
        Ok(Some(match content {
            Content::Bytes(bytes) if !in_chunks => Body::from(bytes),
            Content::Bytes(bytes) => Body::wrap_stream(stream::iter([Ok::<_, Infallible>(bytes)])),
            Content::File(file) => {
                if let (false, Ok(length)) = (in_chunks, file.length()) {
                    headers.insert(CONTENT_LENGTH, length.into());
                }
                Body::wrap_stream(pieces(&file))
            }
        }))
    }
}

/// A header for the wire.
///
/// # Errors
/// `MULE:EXPRESSION` for characters that headers cannot have.
fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Error> {
    multi::header(name, value).map_err(|fault| Error::expression("headers", fault.into()))
}

/// The header that carries the correlation id.
const CORRELATION_ID: HeaderName = HeaderName::from_static("x-correlation-id");

/// What a configuration gives to every request.
fn defaults(list: &[(Expression, Expression)], event: &Event) -> Result<Vec<(String, String)>, Error> {
    let text = |expression: &Expression| Ok::<_, Error>(expression.text(event)?.unwrap_or_default());
    list.iter().map(|(name, value)| Ok((text(name)?, text(value)?))).collect()
}
