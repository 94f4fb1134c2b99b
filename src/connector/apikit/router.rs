//! `apikit:router`

use super::config::Config;
use super::failure::{Failure, not_allowed, not_found, not_implemented, unsupported};
use super::request::Request;
use super::validate;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Typed};
use crate::flow::exec::Processor;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use crate::value::Value;
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// The configuration of routers and consoles.
pub const CONFIG_REF: Attribute = Attribute::required("config-ref", Kind::Reference, "The `apikit:config`.");

/// `apikit:router`
pub static SPEC: Spec = Spec {
    name: "apikit:router",
    doc: "Runs the flow that is named after the resource, the method and the media type of the request. The path below \
          that of the listener chooses the resource; of several that fit, the one with the most text. Parameters of the \
          path go into `attributes.uriParams`, defaults of query parameters and headers are filled in.",
    attributes: &[CONFIG_REF, Attribute::new("name", Kind::Text, "Has no effect here.")],
    errors: &[
        "APIKIT:BAD_REQUEST",
        "APIKIT:NOT_FOUND",
        "APIKIT:METHOD_NOT_ALLOWED",
        "APIKIT:NOT_ACCEPTABLE",
        "APIKIT:UNSUPPORTED_MEDIA_TYPE",
        "APIKIT:NOT_IMPLEMENTED",
    ],
    example: r##"<flow name="orders-main">
  <http:listener config-ref="http" path="/api/*">
    <http:response statusCode="#[vars.httpStatus default 200]">
      <http:headers>#[vars.outboundHeaders default {}]</http:headers>
    </http:response>
  </http:listener>
  <apikit:router config-ref="orders-api"/>
</flow>"##,
    make: Make::Processor(|node| Box::new(Router::of(node))),
    ..Spec::NEW
};

struct Router {
    /// Without its configuration the app would not have been built.
    config: Option<Arc<Config>>,
}

impl Router {
    fn of(node: &Node<'_>) -> Self {
        Self { config: node.global::<Config>("config-ref") }
    }
}

/// A request that may go on.
struct Admitted<'a> {
    flow: &'a str,
    attributes: Typed,
    /// What takes the place of the payload.
    payload: Option<Typed>,
    /// The status where the flow sets none.
    status: &'a str,
}

impl Config {
    /// Checks a request and finds its flow.
    fn admit(&self, request: Request, payload: &Typed) -> Result<Admitted<'_>, Failure> {
        let fitting = self.api.resources.iter().filter_map(|r| Some((r, r.path.parameters(&request.path)?)));
        let best = fitting.reduce(|best, next| if next.0.path.weight() > best.0.path.weight() { next } else { best });
        let (resource, parameters) = best.ok_or_else(|| not_found(&request.path))?;
        let path = resource.path.text();
        let action = resource.action(&request.method);
        let media = request.media();
        let (mut query, mut headers, mut body) = (request.query.clone(), request.headers.clone(), None);
        if self.checks {
            let action = action.ok_or_else(|| not_allowed(path, &request.method))?;
            validate::uri(action, &parameters)?;
            validate::query_string(action, &query)?;
            query = validate::query(action, &query, self.strict_query)?;
            headers = validate::headers(action, &headers, self.strict_headers)?;
            validate::accept(action, &headers)?;
            body = validate::body(action, media.as_deref(), payload)?;
        }
        let method = &request.method;
        let flow = self.routes.find(method, path, media.as_deref());
        let flow = flow.ok_or_else(|| match self.routes.has_other_media(method, path) {
            true => unsupported(),
            false => not_implemented(),
        })?;
        let status = action.map_or("200", |action| action.status.as_str());
        Ok(Admitted { flow, attributes: request.with(parameters, query, headers), payload: body, status })
    }
}

impl Processor for Router {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let Some(config) = &self.config else { return Ok(()) };
            let request = Request::of(event).map_err(|fault| Error::expression("attributes", fault.into()))?;
            let request = request.ok_or_else(|| {
                let text = "apikit:router needs the attributes of an HTTP request: attributes.method is missing";
                Error::mule("UNKNOWN", text)
            })?;
            let admitted = config.admit(request, &event.message.payload).map_err(|failure| failure.error(event))?;
            event.variables.set(&config.headers_variable, Typed::value(Value::empty_object()));
            event.message.attributes = admitted.attributes;
            if let Some(payload) = admitted.payload {
                event.message.payload = payload;
            }
            let flow = event.context.app.flow(admitted.flow).cloned();
            let flow = flow.ok_or_else(|| not_implemented().error(event))?;
            flow.run(event).await?;
            if event.variables.get(&config.status_variable).is_none_or(Typed::is_null) {
                event.variables.set(&config.status_variable, Typed::value(admitted.status.into()));
            }
            Ok(())
        })
    }
}
