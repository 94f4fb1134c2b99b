//! `apikit:config`: an API and the flows that implement it.

use super::api::Api;
use super::flows::{Routes, derived};
use super::locate::{Found, locate};
use super::{oas, raml};
use crate::diag::{Code, Fault};
use crate::flow::app::{App, Global};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::sync::Arc;

const NO_EFFECT: &str = "Has no effect here: it is about the console.";

/// `apikit:config`
pub static SPEC: Spec = Spec {
    name: "apikit:config",
    doc: "An API in RAML 1.0 or 0.8, or in OpenAPI 3 or 2, below `src/main/resources/api`. Its resources are implemented by \
          flows named `get:\\orders\\(id):NAME` or `post:\\orders:application\\json:NAME`, where `NAME` is that of this \
          element. `resource::GROUP:ARTIFACT:VERSION:raml:zip:FILE` is looked for below `src/main/resources/api`, in \
          `target/repository` and in the local Maven repository; where it is in none of them, the names of the flows \
          tell the routes, a warning says so, and nothing is checked. JSON bodies are checked against their types and \
          schemas, XML only for being well-formed. Overlays, extensions and discriminators are left out.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::new("api", Kind::Text, "The API's main file, or its coordinates."),
        Attribute::new("raml", Kind::Text, "The old name of `api`."),
        Attribute::default(
            "outboundHeadersMapName",
            Kind::Text,
            "outboundHeaders",
            "The variable for headers of the response; the router makes it an empty object.",
        ),
        Attribute::default(
            "httpStatusVarName",
            Kind::Text,
            "httpStatus",
            "The variable for the status of the response; the router sets it to that of the API where the flow did not.",
        ),
        Attribute::default("keepApiBaseUri", Kind::Boolean, "false", NO_EFFECT),
        Attribute::default("keepRamlBaseUri", Kind::Boolean, "false", NO_EFFECT),
        Attribute::default(
            "disableValidations",
            Kind::Boolean,
            "false",
            "Whether requests are not checked, and no defaults filled in.",
        ),
        Attribute::default(
            "queryParamsStrictValidation",
            Kind::Boolean,
            "false",
            "Whether query parameters have to be in the API.",
        ),
        Attribute::default(
            "headersStrictValidation",
            Kind::Boolean,
            "false",
            "Whether headers have to be in the API, or be those of HTTP itself.",
        ),
        Attribute::default("parser", Kind::Choice(&["AUTO", "AMF", "RAML"]), "AUTO", "Has no effect here."),
    ],
    parts: &[Part { spec: &FLOW_MAPPINGS, occurs: Occurs::Optional }],
    body: Body::Nothing,
    example: r#"<apikit:config name="orders-api" api="orders.raml" outboundHeadersMapName="outboundHeaders"
               httpStatusVarName="httpStatus"/>"#,
    make: Make::Global(|node| Arc::new(Config::of(node))),
    ..Spec::NEW
};

static FLOW_MAPPINGS: Spec = Spec {
    name: "apikit:flow-mappings",
    doc: "Flows with names of their own.",
    parts: &[Part { spec: &FLOW_MAPPING, occurs: Occurs::Any }],
    ..Spec::NEW
};

static FLOW_MAPPING: Spec = Spec {
    name: "apikit:flow-mapping",
    doc: "A flow that implements a method of a resource.",
    attributes: &[
        Attribute::required("resource", Kind::Text, "The resource, `/orders/{id}`."),
        Attribute::required("action", Kind::Text, "The method, `get`."),
        Attribute::new("content-type", Kind::Text, "The media type of the requests that it takes."),
        Attribute::required("flow-ref", Kind::Reference, "The flow."),
    ],
    ..Spec::NEW
};

/// An API and the flows that implement it.
pub struct Config {
    pub name: String,
    pub api: Api,
    pub routes: Routes,
    /// The variable for headers of the response.
    pub headers_variable: String,
    /// The variable for the status of the response.
    pub status_variable: String,
    pub checks: bool,
    pub strict_query: bool,
    pub strict_headers: bool,
    /// What the log says when the app starts.
    warnings: Vec<String>,
}

impl Config {
    fn of(node: &Node<'_>) -> Self {
        let name = node.name();
        let checks = !node.boolean("disableValidations");
        let (api, mut warnings) = read(node, &name).unwrap_or_else(|fault| {
            node.refuse(if node.has("raml") { "raml" } else { "api" }, fault);
            (Api::default(), Vec::new())
        });
        if checks {
            api.prepare().into_iter().for_each(|fault| node.refuse("api", fault));
        }
        let mappings = node.part(FLOW_MAPPINGS.name).map(|all| all.parts(FLOW_MAPPING.name)).unwrap_or_default();
        let mut routes = Routes::of(node.builder.flows(), &name, &api, &mut warnings);
        for mapping in mappings {
            let (action, resource) = (mapping.required("action"), mapping.required("resource"));
            routes.add(&action, &resource, mapping.text("content-type").as_deref(), mapping.required("flow-ref"));
        }
        routes.missing(&api, &mut warnings);
        Self {
            headers_variable: node.required("outboundHeadersMapName"),
            status_variable: node.required("httpStatusVarName"),
            strict_query: node.boolean("queryParamsStrictValidation"),
            strict_headers: node.boolean("headersStrictValidation"),
            name,
            api,
            routes,
            checks,
            warnings,
        }
    }
}

/// The API that an element names, and what there is to say about it.
fn read(node: &Node<'_>, name: &str) -> Result<(Api, Vec<String>), Fault> {
    let written = node.text("api").or_else(|| node.text("raml")).filter(|written| !written.is_empty());
    let missing = || Fault::new(Code::Configuration, "`apikit:config` needs `api`").help("name the file of the API");
    let written = written.ok_or_else(missing)?;
    match locate(node.builder.folders(), &written)? {
        Found::File { library, path, source } => {
            let library = Arc::new(library);
            let api = match source.text().starts_with("#%RAML") {
                true => raml::read(library, &path, &source)?,
                false => oas::read(library, &source)?,
            };
            Ok((api, Vec::new()))
        }
        Found::Elsewhere => {
            let warning = format!(
                "the API {written} of `{name}` is not on this machine: the names of flows tell its routes, and requests \
                 are not checked"
            );
            Ok((derived(node.builder.flows(), name)?, vec![warning]))
        }
    }
}

impl Global for Config {
    fn start<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            for warning in &self.warnings {
                tracing::warn!(target: "org.mule.module.apikit.Configuration", "{warning}");
            }
            Ok(())
        })
    }
}
