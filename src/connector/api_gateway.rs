//! `api-gateway:autodiscovery`: what links an app to the vendor's API manager, which is not there.

use crate::diag::Fault;
use crate::flow::app::{App, Global};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Module, Spec};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// The module.
pub static MODULE: Module = Module {
    name: "api-gateway",
    doc: "Stands in for the vendor's API gateway, so that apps start.",
    errors: &[],
    functions: &[],
    components: &[&AUTODISCOVERY],
};

static AUTODISCOVERY: Spec = Spec {
    name: "api-gateway:autodiscovery",
    doc: "Accepted, so that apps start: there is no API manager, and no policy applies.",
    attributes: &[
        Attribute::required("apiId", Kind::Text, "The API's number in the manager."),
        Attribute::required("flowRef", Kind::Text, "The flow that serves it."),
        Attribute::new("ignoreBasePath", Kind::Boolean, "Has no effect here."),
    ],
    example: r#"<api-gateway:autodiscovery apiId="${api.id}" flowRef="orders-main"/>"#,
    make: Make::Global(|node| Arc::new(Autodiscovery::of(node))),
    ..Spec::NEW
};

struct Autodiscovery {
    flow: String,
}

impl Autodiscovery {
    fn of(node: &Node<'_>) -> Self {
        Self { flow: node.required("flowRef") }
    }
}

impl Global for Autodiscovery {
    fn start<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            tracing::warn!("no policy of an API manager applies to the flow '{}'", self.flow);
            Ok(())
        })
    }
}
