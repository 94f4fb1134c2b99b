//! `os:object-store` and `os:config`.

use crate::diag::Fault;
use crate::flow::app::{App, Global};
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec, duration, time_unit};
use crate::flow::store::{KeptStore, Limits, MemoryStore, Store};
use futures_util::future::BoxFuture;
use std::sync::Arc;

const PERSISTENT: Attribute =
    Attribute::default("persistent", Kind::Boolean, "true", "Whether what is in it survives the app.");
const MOST: Attribute = Attribute::new("maxEntries", Kind::Integer, "How many values stay: the oldest go first.");
const AGE: Attribute = Attribute::new("entryTtl", Kind::Integer, "How long a value stays.");
const AGE_UNIT: Attribute = time_unit("entryTtlUnit", "SECONDS");
const INTERVAL: Attribute =
    Attribute::default("expirationInterval", Kind::Integer, "1", "How often surplus values are looked for.");
const INTERVAL_UNIT: Attribute = time_unit("expirationIntervalUnit", "MINUTES");
const CONFIG_REF: Attribute = Attribute::new("config-ref", Kind::Reference, "The `os:config` it belongs to.");

/// `os:object-store`
pub static SPEC: Spec = Spec {
    name: "os:object-store",
    doc: "A store of values by key.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        PERSISTENT,
        MOST,
        AGE,
        AGE_UNIT,
        INTERVAL,
        INTERVAL_UNIT,
        CONFIG_REF,
    ],
    example: r#"<os:object-store name="seen" persistent="false" entryTtl="1" entryTtlUnit="HOURS"/>"#,
    make: Make::Global(|node| Arc::new(ObjectStore::of(node))),
    ..Spec::NEW
};

/// `os:private-object-store`
pub static PRIVATE: Spec = Spec {
    name: "os:private-object-store",
    doc: "A store of values by key that belongs to the component it stands in.",
    attributes: &[
        Attribute::new("alias", Kind::Text, "What errors and logs call it."),
        PERSISTENT,
        MOST,
        AGE,
        AGE_UNIT,
        INTERVAL,
        INTERVAL_UNIT,
        CONFIG_REF,
    ],
    example: r##"<idempotent-message-validator idExpression="#[payload.id]">
  <os:private-object-store alias="seen" entryTtl="1" entryTtlUnit="DAYS"/>
</idempotent-message-validator>"##,
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
    /// The same, where it outlives the app.
    kept: Option<Arc<KeptStore>>,
}

impl ObjectStore {
    fn of(node: &Node<'_>) -> Self {
        node.global::<Config>("config-ref");
        let limits = limits(node);
        let name = node.text("name").or_else(|| node.text("alias")).unwrap_or_else(|| node.path.clone());
        // The path of a global store is its name; that of a private one is the place of the component it belongs to.
        let kept = node.boolean("persistent").then(|| Arc::new(KeptStore::new(&node.path, limits)));
        let store: Arc<dyn Store> = match &kept {
            Some(kept) => kept.clone(),
            None => Arc::new(MemoryStore::new(limits)),
        };
        Self { name, store, kept }
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
    fn start<'a>(&'a self, app: &'a Arc<App>) -> BoxFuture<'a, Result<(), Fault>> {
        Box::pin(async move {
            match &self.kept {
                Some(kept) => kept.open(app.database()?).await,
                None => Ok(()),
            }
        })
    }

    fn store(self: Arc<Self>) -> Option<Arc<dyn Store>> {
        Some(self.store.clone())
    }
}
