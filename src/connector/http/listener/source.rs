//! `http:listener`: the source of a flow.

use super::answer::Listener;
use super::config::ListenerConfig;
use super::response::{ERROR_RESPONSE, RESPONSE, Responses};
use super::routes::{Methods, Route};
use crate::connector::http::path::Pattern;
use crate::connector::http::uri;
use crate::connector::output::{
    IN_FILE_STREAM, IN_MEMORY_STREAM, NON_REPEATABLE_STREAM, OUTPUT_ENCODING, OUTPUT_MIME_TYPE, Relabel,
};
use crate::connector::reconnection::{self, Reconnection};
use crate::diag::{Code, Fault};
use crate::flow::app::{Entry, Running, Source};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `http:listener`
pub static LISTENER: Spec = Spec {
    name: "http:listener",
    doc: "Runs its flow for each request to a path. Parts of the path in braces are parameters \
          (`attributes.uriParams`), `*` stands for anything. The flow's payload is the response, with status 200; a \
          failure is answered with status 500 and the error's description. `attributes` has `listenerPath`, \
          `relativePath`, `requestPath`, `rawRequestPath`, `maskedRequestPath`, `method`, `scheme`, `version`, \
          `requestUri`, `rawRequestUri`, `queryString`, `queryParams`, `uriParams`, `headers` (found in any case), \
          `localAddress`, `remoteAddress` and `clientCertificate`. A client that goes away cancels what runs for it.",
    attributes: &[
        Attribute::required("config-ref", Kind::Reference, "The `http:listener-config` whose socket it listens on."),
        Attribute::required("path", Kind::Text, "The path, below the configuration's `basePath`."),
        Attribute::new("allowedMethods", Kind::Text, "The methods it takes, with commas between them; all without it."),
        Attribute::default(
            "responseStreamingMode",
            Kind::Choice(&["AUTO", "ALWAYS", "NEVER"]),
            "AUTO",
            "Whether the response goes out in chunks; `AUTO` does so where a header says so.",
        ),
        Attribute::default("deferredResponse", Kind::Boolean, "false", "Has no effect here."),
        Attribute::default("primaryNodeOnly", Kind::Boolean, "false", "Has no effect here."),
        OUTPUT_MIME_TYPE,
        OUTPUT_ENCODING,
    ],
    parts: &[
        reconnection::TIMES,
        reconnection::FOREVER,
        NON_REPEATABLE_STREAM,
        IN_MEMORY_STREAM,
        IN_FILE_STREAM,
        Part { spec: &RESPONSE, occurs: Occurs::Optional },
        Part { spec: &ERROR_RESPONSE, occurs: Occurs::Optional },
    ],
    errors: &["MULE:SOURCE_RESPONSE_GENERATE"],
    example: r##"<flow name="order">
  <http:listener config-ref="api" path="/orders/{id}" allowedMethods="GET">
    <http:response statusCode="#[vars.status default 200]"/>
  </http:listener>
  <set-payload value="#[output application/json --- {id: attributes.uriParams.id}]"/>
</flow>"##,
    make: Make::Source(|node| Box::new(HttpListener::of(node))),
    ..Spec::NEW
};

struct HttpListener {
    config: Option<Arc<ListenerConfig>>,
    pattern: Pattern,
    methods: Methods,
    label: Arc<Relabel>,
    responses: Arc<Responses>,
    reconnection: Option<Reconnection>,
}

impl HttpListener {
    fn of(node: &Node<'_>) -> Self {
        let config = node.global::<ListenerConfig>("config-ref");
        let base = config.as_ref().map_or("", |config| config.base_path.as_str());
        let pattern = Pattern::parse(&full_path(base, &node.required("path"))).unwrap_or_else(|fault| {
            node.refuse("path", fault);
            Pattern::default()
        });
        let methods = Methods::parse(node.text("allowedMethods").as_deref());
        let is_taken = config.as_ref().is_some_and(|config| !config.routes.claim(&pattern, &methods));
        if is_taken && !node.builder.is_under_test() {
            let message = format!("Already exists a listener matching that path and methods: {}", pattern.text());
            node.refuse("path", Fault::new(Code::Configuration, message).help("choose another path or other methods"));
        }
        let (label, responses) = (Arc::new(Relabel::of(node)), Arc::new(Responses::of(node)));
        Self { config, pattern, methods, label, responses, reconnection: Reconnection::of(node) }
    }
}

/// The path of a listener below its configuration's.
fn full_path(base: &str, path: &str) -> String {
    match base {
        "" | "/" => uri::below("/", path),
        base => uri::below(base.trim_end_matches('/'), &uri::below("/", path)),
    }
}

impl Source for HttpListener {
    fn start<'a>(&'a self, entry: Entry) -> BoxFuture<'a, Result<Box<dyn Running>, Fault>> {
        Box::pin(async move {
            // Without its configuration the app would not have been built.
            let missing = || Fault::new(Code::Configuration, "the listener has no configuration");
            let config = self.config.clone().ok_or_else(missing)?;
            let app = entry.app.clone();
            let listener = Listener {
                entry,
                pattern: self.pattern.clone(),
                base_path: config.base_path.clone(),
                read_timeout: config.read_timeout(),
                cors: config.cors.clone(),
                label: self.label.clone(),
                responses: self.responses.clone(),
            };
            let (pattern, methods) = (self.pattern.clone(), self.methods.clone());
            let route = Route { pattern, methods, listener: Some(Arc::new(listener)) };
            config.routes.set(route.clone());
            config.listen(&app, self.reconnection).await?;
            Ok(Box::new(Serving { config, route }) as Box<dyn Running>)
        })
    }

    fn describe(&self) -> String {
        let address = self.config.as_ref().map(|config| config.address()).unwrap_or_default();
        let methods = match &self.methods {
            Methods::All => String::new(),
            Methods::Some(methods) => {
                format!(" ({})", methods.iter().map(|m| m.as_str()).collect::<Vec<_>>().join(", "))
            }
        };
        format!("{address}{}{methods}", self.pattern.text())
    }
}

/// A listener that takes requests.
struct Serving {
    config: Arc<ListenerConfig>,
    route: Route,
}

impl Running for Serving {
    fn stop(self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            self.config.routes.set(Route { listener: None, ..self.route });
        })
    }
}
