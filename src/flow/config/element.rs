//! The element tree of a configuration file.

use crate::text::{Place, Source, Span};
use std::fmt;
use std::sync::Arc;

/// The name of an element or attribute: a module's short name, as its schema's URI has it, and the local name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Name {
    /// `""` for Mule's core, else `http`, `ee`, `munit-tools` …; an unknown URI stands as it is.
    pub module: String,
    /// The local name.
    pub local: String,
}

impl Name {
    /// A name of a module; `""` is the core.
    pub fn new(module: &str, local: &str) -> Self {
        Self { module: module.to_string(), local: local.to_string() }
    }

    /// Whether it is this element of this module.
    pub fn is(&self, module: &str, local: &str) -> bool {
        self.module == module && self.local == local
    }
}

impl fmt::Display for Name {
    /// As Mule developers write it: `set-payload`, `http:listener`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.module.as_str() {
            "" => f.write_str(&self.local),
            module => write!(f, "{module}:{}", self.local),
        }
    }
}

/// Text of the configuration with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Entities resolved.
    pub text: String,
    /// Where it stands. As long as `text` where nothing was escaped: positions inside then map one to one.
    pub span: Span,
}

/// An attribute.
#[derive(Clone, Debug)]
pub struct Attribute {
    /// Its name; most have no module.
    pub name: Name,
    /// Its value.
    pub value: Text,
    /// Its name's place.
    pub span: Span,
}

/// An element with all that is in it.
#[derive(Clone, Debug)]
pub struct Element {
    /// Its name.
    pub name: Name,
    /// In the order written, namespace declarations and schema locations left out.
    pub attributes: Vec<Attribute>,
    /// Its child elements.
    pub children: Vec<Element>,
    /// The text directly in it, CDATA included, if any of it is not blank.
    pub text: Option<Text>,
    /// The file.
    pub source: Arc<Source>,
    /// The start tag.
    pub span: Span,
}

impl Element {
    /// The value of an attribute without a module.
    pub fn attribute(&self, local: &str) -> Option<&Text> {
        self.attributes.iter().find(|a| a.name.is("", local)).map(|a| &a.value)
    }

    /// `doc:name`, the label that Studio shows.
    pub fn label(&self) -> Option<&str> {
        self.attributes.iter().find(|a| a.name.is("doc", "name")).map(|a| a.value.text.as_str())
    }

    /// The first child of this name.
    pub fn child(&self, module: &str, local: &str) -> Option<&Element> {
        self.children.iter().find(|c| c.name.is(module, local))
    }

    /// All children of this name.
    pub fn children_named<'a>(&'a self, module: &'a str, local: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |c| c.name.is(module, local))
    }

    /// The place of a span of its file.
    pub fn place(&self, span: Span) -> Place {
        Place { source: self.source.clone(), span }
    }

    /// The place of the start tag.
    pub fn start(&self) -> Place {
        self.place(self.span)
    }
}
