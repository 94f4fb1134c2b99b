//! `http:proxy`: what requests go through on their way.

use crate::diag::{Code, Fault};
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use reqwest::{NoProxy, Proxy};
use std::sync::Arc;

/// `http:proxy`
pub static SPEC: Spec = Spec {
    name: "http:proxy",
    doc: "A proxy that requests go through.",
    attributes: &[
        Attribute::new("name", Kind::Text, "Its name, for those who refer to it."),
        Attribute::required("host", Kind::Text, "The proxy's host."),
        Attribute::required("port", Kind::Integer, "The proxy's port."),
        Attribute::new("username", Kind::Text, "Who the proxy is told is asking."),
        Attribute::new("password", Kind::Text, "The password that goes with it."),
        Attribute::new(
            "nonProxyHosts",
            Kind::Text,
            "Hosts that are asked directly, parted by `|` or commas; `*.` stands for any part.",
        ),
    ],
    example: r#"<http:proxy name="dmz" host="proxy.example.com" port="3128" nonProxyHosts="localhost|*.example.com"/>"#,
    make: Make::Global(|node| Arc::new(Named { proxy: proxy(node) })),
    ..Spec::NEW
};

/// `http:proxy-config`, which holds the proxy of one connection.
pub static INSIDE: Spec = Spec {
    name: "http:proxy-config",
    doc: "Holds the proxy of this connection.",
    parts: &[Part { spec: &SPEC, occurs: Occurs::Once }],
    ..Spec::NEW
};

/// A proxy with a name.
struct Named {
    proxy: Option<Proxy>,
}

impl Global for Named {}

/// The proxy that a connection names or holds.
pub fn of(connection: &Node<'_>) -> Option<Proxy> {
    match connection.part(INSIDE.name).and_then(|inside| inside.part(SPEC.name)) {
        Some(own) => proxy(&own),
        None if connection.has("proxyConfig") => connection.global::<Named>("proxyConfig")?.proxy.clone(),
        None => None,
    }
}

fn proxy(node: &Node<'_>) -> Option<Proxy> {
    let address = format!("http://{}:{}", node.required("host"), node.integer("port")?);
    let made = Proxy::all(address).map_err(|e| {
        node.refuse("host", Fault::new(Code::Configuration, format!("the proxy's address is malformed: {e}")));
    });
    let direct = node.text("nonProxyHosts").unwrap_or_default().replace('|', ",").replace("*.", ".");
    let proxy = made.ok()?.no_proxy(NoProxy::from_string(&direct));
    Some(match node.text("username") {
        Some(user) => proxy.basic_auth(&user, &node.text("password").unwrap_or_default()),
        None => proxy,
    })
}
