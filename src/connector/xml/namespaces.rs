//! Prefixes of XPath expressions: `xml-module:namespaces` in an element, and `xml-module:namespace-directory` for many.

use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use std::sync::Arc;

/// `xml-module:namespace-directory`
pub static DIRECTORY: Spec = Spec {
    name: "xml-module:namespace-directory",
    doc: "Prefixes of namespaces that several operations use.",
    attributes: &[Attribute::required("name", Kind::Text, "Its name.")],
    parts: &[Part { spec: &NAMESPACES, occurs: Occurs::Optional }],
    example: r#"<xml-module:namespace-directory name="spaces"><xml-module:namespaces><xml-module:namespace prefix="soap" uri="http://schemas.xmlsoap.org/soap/envelope/"/></xml-module:namespaces></xml-module:namespace-directory>"#,
    make: Make::Global(|node| Arc::new(Namespaces::of(node))),
    ..Spec::NEW
};

/// `xml-module:namespaces`
pub static NAMESPACES: Spec = Spec {
    name: "xml-module:namespaces",
    doc: "Prefixes of namespaces.",
    parts: &[Part { spec: &NAMESPACE, occurs: Occurs::Any }],
    ..Spec::NEW
};

static NAMESPACE: Spec = Spec {
    name: "xml-module:namespace",
    doc: "What a prefix stands for.",
    attributes: &[
        Attribute::required("prefix", Kind::Text, "The prefix."),
        Attribute::required("uri", Kind::Text, "The namespace."),
    ],
    ..Spec::NEW
};

/// Prefixes with the namespaces that they stand for; later ones win.
#[derive(Clone, Debug, Default)]
pub struct Namespaces(Vec<(String, String)>);

impl Global for Namespaces {}

impl Namespaces {
    /// Those that stand in an element.
    pub fn of(node: &Node<'_>) -> Self {
        let all = node.part("xml-module:namespaces").map(|part| part.parts("xml-module:namespace"));
        Self(all.unwrap_or_default().iter().map(|one| (one.required("prefix"), one.required("uri"))).collect())
    }

    /// Adds a prefix.
    pub fn add(&mut self, prefix: String, uri: String) {
        self.0.push((prefix, uri));
    }

    /// Adds those of another one.
    pub fn extend(&mut self, others: &Namespaces) {
        self.0.extend(others.0.iter().cloned());
    }

    /// All, with those that are always there before them.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        let known = [
            ("xml", "http://www.w3.org/XML/1998/namespace"),
            ("xs", "http://www.w3.org/2001/XMLSchema"),
            ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ];
        known.into_iter().chain(self.0.iter().map(|(prefix, uri)| (prefix.as_str(), uri.as_str())))
    }
}
