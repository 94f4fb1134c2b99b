//! `http:request`: calls a service and takes its answer as the message.

use super::build::{Blueprint, Target};
use super::config::{
    FOLLOW_REDIRECTS, RESPONSE_TIMEOUT, RequestConfig, SEND_BODY_MODE, SEND_CORRELATION_ID, STREAMING_MODE, Settings,
};
use super::failure::{Failed, Failures, Types};
use super::validator::{self, Validator};
use crate::connector::http::attributes;
use crate::connector::http::body::{Unread, collect};
use crate::connector::http::common::{BODY, HEADERS, body_limit, content, received};
use crate::connector::output::{
    IN_FILE_STREAM, IN_MEMORY_STREAM, NON_REPEATABLE_STREAM, OUTPUT_ENCODING, OUTPUT_MIME_TYPE, Relabel,
};
use crate::connector::reconnection::{self, Reconnection};
use crate::diag::{Code, Fault};
use crate::flow::build::{ERROR_MAPPING, Node};
use crate::flow::event::{Error, Event, Message};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use hyper::ext::ReasonPhrase;
use hyper::header::CONTENT_TYPE;
use hyper::{Method, StatusCode};
use reqwest::Response;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::timeout;

static URI_PARAMETERS: Spec = Spec {
    name: "http:uri-params",
    doc: "An object with the values of the `{parameters}` in the path.",
    body: Body::Value,
    ..Spec::NEW
};

static QUERY_PARAMETERS: Spec = Spec {
    name: "http:query-params",
    doc: "An object with the query parameters. A list gives a parameter several times, null leaves it out.",
    body: Body::Value,
    ..Spec::NEW
};

/// `http:request`
pub static REQUEST: Spec = Spec {
    name: "http:request",
    doc: "Sends a request and takes the response as the message: its body is the payload, `attributes` has `statusCode`, \
          `reasonPhrase` and `headers` (found in any case). A status of 400 and more fails, with the response as \
          `error.errorMessage`.",
    attributes: &[
        Attribute::new("config-ref", Kind::Reference, "The `http:request-config` of the service."),
        Attribute::default("method", Kind::Value, "GET", "The method."),
        Attribute::new("url", Kind::Value, "The whole address, in place of a path."),
        Attribute::default("path", Kind::Value, "/", "The path, below the configuration's `basePath`."),
        FOLLOW_REDIRECTS,
        SEND_BODY_MODE,
        STREAMING_MODE,
        RESPONSE_TIMEOUT,
        SEND_CORRELATION_ID,
        Attribute::new("correlationId", Kind::Value, "The correlation id to send; the event's own without it."),
        OUTPUT_MIME_TYPE,
        OUTPUT_ENCODING,
    ],
    parts: &[
        reconnection::TIMES,
        reconnection::FOREVER,
        NON_REPEATABLE_STREAM,
        IN_MEMORY_STREAM,
        IN_FILE_STREAM,
        Part { spec: &BODY, occurs: Occurs::Optional },
        Part { spec: &HEADERS, occurs: Occurs::Optional },
        Part { spec: &URI_PARAMETERS, occurs: Occurs::Optional },
        Part { spec: &QUERY_PARAMETERS, occurs: Occurs::Optional },
        Part { spec: &validator::SPEC, occurs: Occurs::Optional },
        Part { spec: &ERROR_MAPPING, occurs: Occurs::Any },
    ],
    errors: &[
        "HTTP:TIMEOUT",
        "HTTP:CONNECTIVITY",
        "HTTP:RETRY_EXHAUSTED",
        "HTTP:BAD_REQUEST",
        "HTTP:UNAUTHORIZED",
        "HTTP:FORBIDDEN",
        "HTTP:NOT_FOUND",
        "HTTP:METHOD_NOT_ALLOWED",
        "HTTP:NOT_ACCEPTABLE",
        "HTTP:UNSUPPORTED_MEDIA_TYPE",
        "HTTP:TOO_MANY_REQUESTS",
        "HTTP:INTERNAL_SERVER_ERROR",
        "HTTP:BAD_GATEWAY",
        "HTTP:SERVICE_UNAVAILABLE",
        "HTTP:GATEWAY_TIMEOUT",
        "HTTP:MULTIPLE_CHOICES",
        "HTTP:MOVED_PERMANENTLY",
        "HTTP:MOVED_TEMPORARILY",
        "HTTP:SEE_OTHER",
        "HTTP:NOT_MODIFIED",
        "MULE:STREAM_MAXIMUM_SIZE_EXCEEDED",
        "MULE:UNKNOWN",
    ],
    example: r##"<http:request config-ref="core-banking" path="/customers/{id}/accounts" responseTimeout="2000">
  <http:uri-params>#[{id: vars.customer}]</http:uri-params>
  <http:query-params>#[{status: 'open'}]</http:query-params>
</http:request>"##,
    make: Make::Operation(|node| Box::new(HttpRequest::of(node))),
    ..Spec::NEW
};

struct HttpRequest {
    config: Arc<RequestConfig>,
    blueprint: Blueprint,
    settings: Settings,
    validator: Validator,
    label: Relabel,
    types: Types,
    reconnection: Reconnection,
}

impl HttpRequest {
    fn of(node: &Node<'_>) -> Self {
        let config = node.global::<RequestConfig>("config-ref").unwrap_or_else(RequestConfig::none);
        let settings = Settings::of(node).over(&config.settings);
        let target = match node.value("url") {
            Some(url) => Target::Url(url),
            None => {
                if config.host.is_none() && !node.builder.is_under_test() {
                    let fault = Fault::new(Code::Configuration, "the request says neither `url` nor a host");
                    node.refuse("path", fault.help("name an `http:request-config` whose connection has a host"));
                }
                Target::Path(node.value("path").unwrap_or_else(|| Expression::literal("/")))
            }
        };
        let own = node.part(validator::SPEC.name).and_then(|node| Validator::of(&node));
        let blueprint = Blueprint {
            method: node.value("method").unwrap_or_else(|| Expression::literal("GET")),
            target,
            body: content(node, BODY.name),
            headers: content(node, HEADERS.name),
            query: content(node, QUERY_PARAMETERS.name),
            uri_parameters: content(node, URI_PARAMETERS.name),
            correlation_id: node.value("correlationId"),
        };
        let validator = own.or_else(|| config.validator.clone()).unwrap_or_default();
        let (label, types) = (Relabel::of(node), Types::of(node.builder.types()));
        let reconnection = Reconnection::of(node).unwrap_or(config.reconnection);
        Self { config, blueprint, settings, validator, label, types, reconnection }
    }

    /// How long the answer may take; `None` for ever.
    fn timeout(&self, event: &Event) -> Result<Option<Duration>, Error> {
        let millis = match &self.settings.response_timeout {
            Some(timeout) => timeout.integer(event)?,
            None => return Ok(Some(event.context.app.response_timeout)),
        };
        Ok(u64::try_from(millis).ok().filter(|millis| *millis > 0).map(Duration::from_millis))
    }

    /// Sends the request, and again with what the service asks for to know who it is from.
    async fn send(
        &self,
        event: &Event,
        failures: &Failures<'_>,
        mut request: reqwest::Request,
    ) -> Result<Response, Failed> {
        let client = self.config.client(self.settings.follow_redirects.unwrap_or(true));
        let client = client.as_ref().map_err(|why| failures.connectivity(why))?;
        let execute = async |request| client.execute(request).await.map_err(|e| failures.of_client(&e));
        let Some(authentication) = &self.config.authentication else { return execute(request).await };
        authentication.introduce(event, client, &mut request, failures).await?;
        let spare = request.try_clone();
        let response = execute(request).await?;
        let Some(spare) = spare else { return Ok(response) };
        match authentication.answer(event, client, &response, spare, failures).await? {
            Some(request) => execute(request).await,
            None => Ok(response),
        }
    }

    /// Sends the request and reads the whole answer.
    async fn call(&self, event: &Event, failures: &Failures<'_>, request: reqwest::Request) -> Result<Answer, Failed> {
        let _permit = match &self.config.limit {
            Some(limit) => limit.acquire().await.ok(),
            None => None,
        };
        let response = self.send(event, failures, request).await?;
        if let Some(cookies) = &self.config.cookies {
            cookies.keep(response.url(), response.headers());
        }
        Ok(Answer::read(response, body_limit(&event.context.app.properties), failures).await?)
    }

    /// One attempt: sends a request and waits for the answer as long as it may take.
    async fn attempt(&self, event: &Event, method: &Method, uri: &str) -> Result<Message, Failed> {
        let mut failures = Failures { types: &self.types, method: method.as_str(), uri, content_type: None };
        let request = self.blueprint.request(event, &self.config, &self.settings, method.clone(), &failures)?;
        let sent = request.headers().get(CONTENT_TYPE).and_then(|v| v.to_str().ok()).map(str::to_string);
        failures.content_type = sent.as_deref();
        let call = self.call(event, &failures, request);
        let answer = match self.timeout(event)? {
            Some(limit) => timeout(limit, call).await.map_err(|_| failures.timeout())?,
            None => call.await,
        }?;
        let payload = self.label.on(answer.message.payload);
        let message = Message { payload, attributes: answer.message.attributes };
        self.validator.check(event, answer.status, &message, &failures)?;
        Ok(message)
    }
}

impl Processor for HttpRequest {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let method = self.blueprint.method(event)?;
            let uri = self.blueprint.uri(event, &self.config)?;
            let attempts = self.reconnection.attempts(|| self.attempt(event, &method, &uri));
            let message = attempts.await.map_err(|failed| failed.error)?;
            event.message = message;
            Ok(())
        })
    }
}

/// What came back.
struct Answer {
    status: StatusCode,
    message: Message,
}

impl Answer {
    async fn read(response: Response, limit: u64, failures: &Failures<'_>) -> Result<Self, Error> {
        let status = response.status();
        let own = response
            .extensions()
            .get::<ReasonPhrase>()
            .map(|reason| String::from_utf8_lossy(reason.as_bytes()).into_owned());
        let reason = own.unwrap_or_else(|| status.canonical_reason().unwrap_or_default().to_string());
        let headers = response.headers().clone();
        let body = reqwest::Body::from(response);
        let body = collect(body, limit, None).await.map_err(|unread| match unread {
            Unread::TooLarge => {
                Error::mule("STREAM_MAXIMUM_SIZE_EXCEEDED", format!("the response has more than {limit} bytes"))
            }
            Unread::TooSlow => failures.timeout(),
            Unread::Broken => failures.connectivity("Remotely closed"),
            Unread::NotKept(error) => failures.connectivity(&format!("the response cannot be kept: {error}")),
        })?;
        let payload = received(body, &headers, "application/octet-stream");
        let attributes = attributes::of_response(status, &reason, &headers);
        Ok(Self { status, message: Message { payload, attributes } })
    }
}
