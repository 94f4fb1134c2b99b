//! `os:object-store` and `os:config`.

use crate::diag::Fault;
use crate::flow::app::{App, Global};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec, duration, time_unit};
use crate::flow::store::{Limits, MemoryStore, Store};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `os:object-store`
pub static SPEC: Spec = Spec {
    name: "os:object-store",
    doc: "A store of values by key.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::default("persistent", Kind::Boolean, "true", "Whether what is in it survives the app."),
        Attribute::new("maxEntries", Kind::Integer, "How many values stay: the oldest go first."),
        Attribute::new("entryTtl", Kind::Integer, "How long a value stays."),
        time_unit("entryTtlUnit", "SECONDS"),
        Attribute::default("expirationInterval", Kind::Integer, "1", "How often surplus values are looked for."),
        time_unit("expirationIntervalUnit", "MINUTES"),
        Attribute::new("config-ref", Kind::Reference, "The `os:config` it belongs to."),
    ],
    example: r#"<os:object-store name="seen" persistent="false" entryTtl="1" entryTtlUnit="HOURS"/>"#,
    make: Make::Global(|node| Arc::new(ObjectStore::of(node))),
    ..Spec::NEW
};

/// `os:config`
pub static CONFIG: Spec = Spec {
    name: "os:config",
    doc: "Has nothing to set: all stores are the app's own.",
    attributes: &[Attribute::required("name", Kind::Text, "Its name.")],
    parts: &[Part { spec: &CONNECTION, occurs: Occurs::Optional }],
    example: r#"<os:config name="stores"/>"#,
    make: Make::Global(|_| Arc::new(Config)),
    ..Spec::NEW
};

static CONNECTION: Spec = Spec { name: "os:connection", doc: "Has nothing to set.", ..Spec::NEW };

struct Config;

impl Global for Config {}

/// A store of an app.
pub struct ObjectStore {
    /// Its name.
    pub name: String,
    /// What is in it.
    pub store: Arc<dyn Store>,
    persistent: bool,
}

impl ObjectStore {
    fn of(node: &Node<'_>) -> Self {
        node.global::<Config>("config-ref");
        let store = Arc::new(MemoryStore::new(limits(node)));
        Self { name: node.name(), store, persistent: node.boolean("persistent") }
    }
}

/// What the attributes of a store say about how much stays in it, and how long.
fn limits(node: &Node<'_>) -> Limits {
    let time = |amount, unit: &str| node.integer(amount).map(|amount| duration(amount, &node.required(unit)));
    Limits {
        time_to_live: time("entryTtl", "entryTtlUnit"),
        max_entries: node.limit("maxEntries"),
        interval: time("expirationInterval", "expirationIntervalUnit").unwrap_or_default(),
    }
}

impl Global for ObjectStore {
    fn start<'a>(&'a self, _app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            if self.persistent {
                tracing::warn!("values in the persistent object store '{}' do not survive the app yet", self.name);
            }
            Ok(())
        })
    }
}
