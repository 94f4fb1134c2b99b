//! `xml-module:config`, and what all operations take from it.

use super::namespaces::{NAMESPACES, Namespaces};
use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use std::sync::Arc;

/// `xml-module:config`
pub static SPEC: Spec = Spec {
    name: "xml-module:config",
    doc: "Namespaces and the treatment of entities for the operations that refer to it.",
    attributes: &[
        Attribute::required("name", Kind::Text, "Its name."),
        Attribute::default("expandEntities", ENTITIES, "NEVER", ENTITIES_DOC),
    ],
    parts: &[Part { spec: &NAMESPACES, occurs: Occurs::Optional }],
    example: r#"<xml-module:config name="trusted" expandEntities="INTERNAL"/>"#,
    make: Make::Global(|node| Arc::new(Config::of(node))),
    ..Spec::NEW
};

const ENTITIES: Kind = Kind::Choice(&["NEVER", "INTERNAL", "ALL"]);
const ENTITIES_DOC: &str = "`NEVER` refuses documents with a document type; the others replace the entities that a document \
                            declares, within limits. Nothing outside of the document is ever read.";

/// The attribute of operations that names a config.
pub const CONFIG_REF: Attribute = Attribute::new("config-ref", Kind::Reference, "The `xml-module:config`.");
/// The attribute of operations that says what is done with entities, over what the config says.
pub const EXPAND: Attribute = Attribute::new("expandEntities", ENTITIES, ENTITIES_DOC);

/// What operations share.
#[derive(Default)]
pub struct Config {
    /// Whether documents may declare entities.
    pub entities: bool,
    /// Prefixes for XPath.
    pub namespaces: Namespaces,
}

impl Global for Config {}

impl Config {
    fn of(node: &Node<'_>) -> Self {
        Self { entities: declares(node).unwrap_or_default(), namespaces: Namespaces::of(node) }
    }

    /// What holds for an operation: `config-ref` and its own attribute.
    pub fn for_operation(node: &Node<'_>) -> Self {
        let shared = node.global::<Self>("config-ref").unwrap_or_default();
        Self { entities: declares(node).unwrap_or(shared.entities), namespaces: shared.namespaces.clone() }
    }
}

/// Whether an element lets documents declare entities.
fn declares(node: &Node<'_>) -> Option<bool> {
    node.text("expandEntities").map(|text| text != "NEVER")
}
