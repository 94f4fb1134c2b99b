//! `http:request-config`: where requests go, what they share, and the pool of their connections.

use super::authentication::{self, Authentication};
use super::clients::{Clients, Made};
use super::cookies::Cookies;
use super::proxy;
use super::validator::{self, Validator};
use crate::connector::reconnection::{self, Reconnection};
use crate::connector::tls;
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use std::sync::Arc;
use tokio::sync::Semaphore;

static SOCKET: Spec = Spec {
    name: "http:client-socket-properties",
    doc: "Accepted; sockets are left as the system makes them.",
    ..Spec::NEW
};

static CONNECTION: Spec = Spec {
    name: "http:request-connection",
    doc: "The service that requests go to, and how connections to it are kept.",
    attributes: &[
        Attribute::default(
            "protocol",
            Kind::Choice(&["HTTP", "HTTPS"]),
            "HTTP",
            "HTTPS trusts the system's authorities unless a TLS context says otherwise.",
        ),
        Attribute::new("host", Kind::Value, "The service's host."),
        Attribute::new("port", Kind::Value, "The service's port: 80, or 443 for HTTPS, without it."),
        Attribute::default(
            "usePersistentConnections",
            Kind::Boolean,
            "true",
            "Whether connections serve several requests.",
        ),
        Attribute::default(
            "maxConnections",
            Kind::Integer,
            "-1",
            "How many requests may be under way at once; -1: any.",
        ),
        Attribute::default(
            "connectionIdleTimeout",
            Kind::Integer,
            "30000",
            "How long a connection without a request is kept, in milliseconds.",
        ),
        Attribute::default("streamResponse", Kind::Boolean, "false", "Has no effect: bodies are kept whole."),
        Attribute::default("responseBufferSize", Kind::Integer, "10240", "Has no effect here."),
        Attribute::new("proxyConfig", Kind::Reference, "The `http:proxy` that requests go through."),
        Attribute::new("tlsContext", Kind::Reference, "The `tls:context` that says whom to trust and what to show."),
    ],
    parts: &[
        reconnection::PART,
        Part { spec: &tls::CONTEXT, occurs: Occurs::Optional },
        Part { spec: &proxy::INSIDE, occurs: Occurs::Optional },
        Part { spec: &authentication::SPEC, occurs: Occurs::Optional },
        Part { spec: &SOCKET, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

/// Specs of a list of names and values that every request gets.
macro_rules! defaults {
    ($list:ident, $list_name:literal, $item:ident, $item_name:literal, $doc:literal) => {
        static $item: Spec = Spec {
            name: $item_name,
            doc: $doc,
            attributes: &[
                Attribute::required("key", Kind::Value, "Its name."),
                Attribute::required("value", Kind::Value, "Its value."),
            ],
            ..Spec::NEW
        };
        static $list: Spec =
            Spec { name: $list_name, doc: $doc, parts: &[Part { spec: &$item, occurs: Occurs::Any }], ..Spec::NEW };
    };
}

defaults!(HEADERS, "http:default-headers", HEADER, "http:default-header", "A header of every request.");
defaults!(
    QUERY,
    "http:default-query-params",
    PARAMETER,
    "http:default-query-param",
    "A query parameter of every request."
);

/// Whether a request says its event's correlation id.
pub const SEND_CORRELATION_ID: Attribute = Attribute::new(
    "sendCorrelationId",
    Kind::Choice(&["AUTO", "ALWAYS", "NEVER"]),
    "Whether requests have the header `X-Correlation-ID`; they do unless this is `NEVER`.",
);
/// Whether requests have bodies.
pub const SEND_BODY_MODE: Attribute = Attribute::new(
    "sendBodyMode",
    Kind::Choice(&["AUTO", "ALWAYS", "NEVER"]),
    "Whether the body is sent; `AUTO` (the default) leaves it out of GET, HEAD and OPTIONS.",
);
/// Whether bodies go out in chunks.
pub const STREAMING_MODE: Attribute = Attribute::new(
    "requestStreamingMode",
    Kind::Choice(&["AUTO", "ALWAYS", "NEVER"]),
    "Whether the body goes out in chunks; only `ALWAYS` does so.",
);
/// Whether redirects are followed.
pub const FOLLOW_REDIRECTS: Attribute =
    Attribute::new("followRedirects", Kind::Boolean, "Whether redirects are followed; they are by default.");
/// How long an answer may take.
pub const RESPONSE_TIMEOUT: Attribute = Attribute::new(
    "responseTimeout",
    Kind::Value,
    "How long the whole answer may take, in milliseconds; the app's `defaultResponseTimeout` (10000) without it.",
);

/// `http:request-config`
pub static CONFIG: Spec = Spec {
    name: "http:request-config",
    doc: "A service that requests go to. Its connections are kept and shared.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::default("basePath", Kind::Value, "/", "What the paths of all its requests begin with."),
        FOLLOW_REDIRECTS,
        SEND_BODY_MODE,
        STREAMING_MODE,
        Attribute::default(
            "enableCookies",
            Kind::Boolean,
            "true",
            "Whether cookies of responses go back with requests.",
        ),
        RESPONSE_TIMEOUT,
        SEND_CORRELATION_ID,
        Attribute::default("preserveHeadersCase", Kind::Boolean, "false", "Whether header names go out in Title-Case."),
    ],
    parts: &[
        Part { spec: &CONNECTION, occurs: Occurs::Optional },
        Part { spec: &HEADERS, occurs: Occurs::Optional },
        Part { spec: &QUERY, occurs: Occurs::Optional },
        Part { spec: &validator::SPEC, occurs: Occurs::Optional },
    ],
    example: r#"<http:request-config name="core-banking" basePath="/v1" responseTimeout="2000">
  <http:request-connection host="core.example.com" port="8080"/>
</http:request-config>"#,
    make: Make::Global(|node| Arc::new(RequestConfig::of(node))),
    ..Spec::NEW
};

/// A service that requests go to, or none in particular for requests that name a whole URL.
#[derive(Default)]
pub struct RequestConfig {
    pub host: Option<Expression>,
    pub port: Option<Expression>,
    pub base_path: Option<Expression>,
    pub headers: Vec<(Expression, Expression)>,
    pub query: Vec<(Expression, Expression)>,
    pub validator: Option<Validator>,
    pub settings: Settings,
    /// How many requests may be under way at once.
    pub limit: Option<Arc<Semaphore>>,
    pub cookies: Option<Cookies>,
    pub authentication: Option<Authentication>,
    pub is_secure: bool,
    /// When a request that found no connection is sent again.
    pub reconnection: Reconnection,
    clients: Clients,
}

/// What a configuration says and an operation may say otherwise.
#[derive(Clone, Default)]
pub struct Settings {
    pub follow_redirects: Option<bool>,
    pub send_body: Option<Mode>,
    pub streaming: Option<Mode>,
    pub response_timeout: Option<Expression>,
    pub send_correlation_id: Option<Mode>,
}

/// `AUTO`, `ALWAYS` or `NEVER`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Auto,
    Always,
    Never,
}

impl Settings {
    /// What an element says.
    pub fn of(node: &Node<'_>) -> Self {
        let mode = |name: &str| node.has(name).then(|| node.required(name)).map(|text| Mode::named(&text));
        Self {
            follow_redirects: node.has("followRedirects").then(|| node.boolean("followRedirects")),
            send_body: mode("sendBodyMode"),
            streaming: mode("requestStreamingMode"),
            response_timeout: node.value("responseTimeout"),
            send_correlation_id: mode("sendCorrelationId"),
        }
    }

    /// These settings; what they leave open is taken from others.
    pub fn over(self, others: &Self) -> Self {
        Self {
            follow_redirects: self.follow_redirects.or(others.follow_redirects),
            send_body: self.send_body.or(others.send_body),
            streaming: self.streaming.or(others.streaming),
            response_timeout: self.response_timeout.or_else(|| others.response_timeout.clone()),
            send_correlation_id: self.send_correlation_id.or(others.send_correlation_id),
        }
    }
}

impl Mode {
    fn named(name: &str) -> Self {
        match name {
            "ALWAYS" => Self::Always,
            "NEVER" => Self::Never,
            _ => Self::Auto,
        }
    }
}

impl Global for RequestConfig {}

impl RequestConfig {
    /// What requests without a configuration go by.
    pub fn none() -> Arc<Self> {
        Arc::new(Self { cookies: Some(Cookies::default()), ..Self::default() })
    }

    fn of(node: &Node<'_>) -> Self {
        let connection = node.part("http:request-connection");
        let limit = connection.as_ref().and_then(|connection| connection.limit("maxConnections"));
        Self {
            host: connection.as_ref().and_then(|connection| connection.value("host")),
            port: connection.as_ref().and_then(|connection| connection.value("port")),
            base_path: node.value("basePath"),
            headers: defaults(node, HEADERS.name, HEADER.name),
            query: defaults(node, QUERY.name, PARAMETER.name),
            validator: node.part(validator::SPEC.name).and_then(|node| Validator::of(&node)),
            settings: Settings::of(node),
            limit: limit.map(|limit| Arc::new(Semaphore::new(limit))),
            cookies: node.boolean("enableCookies").then(Cookies::default),
            authentication: connection.as_ref().and_then(Authentication::of),
            is_secure: connection.as_ref().is_some_and(is_secure),
            reconnection: connection.as_ref().map_or(Reconnection::NONE, Reconnection::of_connection),
            clients: Clients::of(node, connection.as_ref()),
        }
    }

    /// The pool of connections of requests that follow redirects, or of those that do not.
    pub fn client(&self, follows_redirects: bool) -> &Made {
        if follows_redirects { &self.clients.following } else { &self.clients.staying }
    }
}

/// The names and values of a list.
fn defaults(node: &Node<'_>, list: &str, item: &str) -> Vec<(Expression, Expression)> {
    let items = node.part(list).map(|list| list.parts(item)).unwrap_or_default();
    items.iter().filter_map(|item| Some((item.value("key")?, item.value("value")?))).collect()
}

fn is_secure(connection: &Node<'_>) -> bool {
    connection.text("protocol").as_deref() == Some("HTTPS")
}
