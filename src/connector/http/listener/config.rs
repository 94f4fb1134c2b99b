//! `http:listener-config`: a socket, and the paths below it that listeners take.

use super::cors::{self, Cors};
use super::routes::Routes;
use super::server::{Server, Settings};
use crate::connector::http::common::body_limit;
use crate::connector::reconnection::{self, Reconnection};
use crate::connector::tls;
use crate::diag::{Code, Fault};
use crate::flow::app::{App, Global};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use rustls::ServerConfig;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Mutex;

static CONNECTION: Spec = Spec {
    name: "http:listener-connection",
    doc: "The socket that a configuration listens on.",
    attributes: &[
        Attribute::default(
            "protocol",
            Kind::Choice(&["HTTP", "HTTPS"]),
            "HTTP",
            "HTTPS needs a TLS context with a key store.",
        ),
        Attribute::required("host", Kind::Text, "The address: `0.0.0.0` is every one that the machine has."),
        Attribute::required("port", Kind::Integer, "The port; 0 is any free one."),
        Attribute::default(
            "usePersistentConnections",
            Kind::Boolean,
            "true",
            "Whether connections serve several requests.",
        ),
        Attribute::default(
            "connectionIdleTimeout",
            Kind::Integer,
            "40000",
            "How long a connection may wait for its next request, in milliseconds.",
        ),
        Attribute::default(
            "readTimeout",
            Kind::Integer,
            "30000",
            "How long a request's headers may take, and the pauses within its body, in milliseconds.",
        ),
        Attribute::new("tlsContext", Kind::Reference, "The `tls:context` with the certificate that is shown."),
    ],
    parts: &[reconnection::PART, Part { spec: &tls::CONTEXT, occurs: Occurs::Optional }],
    ..Spec::NEW
};

/// `http:listener-config`
pub static CONFIG: Spec = Spec {
    name: "http:listener-config",
    doc: "A socket that listeners share. The property `dwrun.http.maxBodySize` says how many bytes a body may have \
          (4294967296).",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::new("basePath", Kind::Text, "What the paths of all its listeners begin with."),
        Attribute::default(
            "rejectInvalidTransferEncoding",
            Kind::Boolean,
            "false",
            "Has no effect: such requests are always rejected.",
        ),
    ],
    parts: &[Part { spec: &CONNECTION, occurs: Occurs::Once }, Part { spec: &cors::SPEC, occurs: Occurs::Optional }],
    example: r#"<http:listener-config name="api" basePath="/api">
  <http:listener-connection host="0.0.0.0" port="${http.port}"/>
</http:listener-config>"#,
    make: Make::Global(|node| Arc::new(ListenerConfig::of(node))),
    ..Spec::NEW
};

/// A socket that listeners share.
pub struct ListenerConfig {
    /// What the paths of all its listeners begin with.
    pub base_path: String,
    /// Its listeners.
    pub routes: Arc<Routes>,
    /// Which pages of other sites may read answers; nothing is said about it without one.
    pub cors: Option<Arc<Cors>>,
    settings: Settings,
    server: Mutex<Option<Server>>,
}

impl ListenerConfig {
    fn of(node: &Node<'_>) -> Self {
        let settings = node.part("http:listener-connection").map(|node| settings(&node)).unwrap_or_default();
        Self {
            base_path: node.text("basePath").unwrap_or_default(),
            routes: Arc::default(),
            cors: Cors::of(node).map(Arc::new),
            settings,
            server: Mutex::default(),
        }
    }

    /// Opens the socket, unless it is open: with the first listener, so that an app under test takes no port in vain.
    /// `reconnection` is what that listener says of its own.
    ///
    /// # Errors
    /// A port that somebody else has, unless it is tried again.
    pub async fn listen(&self, app: &Arc<App>, reconnection: Option<Reconnection>) -> Result<(), Fault> {
        let mut server = self.server.lock().await;
        if server.is_none() {
            let reconnection = reconnection.unwrap_or(self.settings.reconnection);
            let body_limit = body_limit(&app.properties);
            let settings = Settings { body_limit, reconnection, ..self.settings.clone() };
            *server = Some(Server::start(settings, self.routes.clone()).await?);
        }
        Ok(())
    }

    /// `http://host:port`
    pub fn address(&self) -> String {
        let scheme = if self.settings.tls.is_some() { "https" } else { "http" };
        format!("{scheme}://{}:{}", self.settings.host, self.settings.port)
    }

    /// How long the pauses within a body may be.
    pub fn read_timeout(&self) -> Option<Duration> {
        self.settings.read_timeout
    }
}

fn settings(node: &Node<'_>) -> Settings {
    let millis = |name: &str| node.limit(name).map(|millis| Duration::from_millis(millis as u64));
    let port = node.integer("port").unwrap_or_default();
    let port = u16::try_from(port).unwrap_or_else(|_| {
        node.refuse("port", Fault::new(Code::Configuration, format!("{port} is no port")));
        0
    });
    Settings {
        host: node.required("host"),
        port,
        keeps_alive: node.boolean("usePersistentConnections"),
        idle_timeout: millis("connectionIdleTimeout"),
        read_timeout: millis("readTimeout"),
        body_limit: 0,
        reconnection: Reconnection::of_connection(node),
        tls: tls_of(node),
    }
}

/// How the connections of an HTTPS listener are secured.
fn tls_of(node: &Node<'_>) -> Option<Arc<ServerConfig>> {
    if node.text("protocol").as_deref() != Some("HTTPS") {
        return None;
    }
    let context = tls::context(node);
    let server = context.as_ref().and_then(|context| context.server.clone());
    if server.is_none() {
        let fault = Fault::new(Code::Configuration, "an HTTPS listener has no certificate to show");
        node.refuse("protocol", fault.help("give it a `tls:context` with a `tls:key-store`"));
    }
    server
}

impl Global for ListenerConfig {
    fn stop<'a>(&'a self, app: &'a Arc<App>) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            if let Some(server) = self.server.lock().await.take() {
                // Where work had to be cut, nobody is left to answer.
                let patience = if app.work.running() == 0 { FLUSH } else { Duration::ZERO };
                server.stop(patience).await;
            }
        })
    }
}

/// How long the last answers may take to get out once every event has ended.
const FLUSH: Duration = Duration::from_secs(1);
