//! Files of APIs as trees in which everything knows its place: YAML, and JSON, which is YAML as well.

mod json;
mod library;
mod read;

pub use json::{plain, to_json};
pub use library::Library;
pub use read::read;

use crate::diag::{Code, Fault};
use crate::text::Place;
use std::sync::Arc;

/// A part of a file. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Node {
    /// What is there.
    pub content: Content,
    /// Where it is.
    pub place: Place,
}

/// What a part of a file is.
#[derive(Clone, Debug)]
pub enum Content {
    /// Nothing, or `null`.
    Null,
    /// A text; a plain one may stand for a number or a truth value.
    Scalar {
        /// The text.
        text: Arc<str>,
        /// Whether it stands without quotes.
        plain: bool,
    },
    /// A list.
    List(Arc<Vec<Node>>),
    /// Pairs, in order; a name is there once.
    Map(Arc<Vec<Entry>>),
    /// `!include path`
    Include(Arc<str>),
}

/// A pair.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its name.
    pub name: Arc<str>,
    /// Where the name is.
    pub place: Place,
    /// Its value.
    pub value: Node,
}

impl Node {
    /// Nothing, at a place.
    pub fn null(place: Place) -> Self {
        Self { content: Content::Null, place }
    }

    /// A text at a place.
    pub fn scalar(text: &str, plain: bool, place: Place) -> Self {
        Self { content: Content::Scalar { text: text.into(), plain }, place }
    }

    /// Pairs at a place.
    pub fn map(entries: Vec<Entry>, place: Place) -> Self {
        Self { content: Content::Map(Arc::new(entries)), place }
    }

    /// The pairs of a mapping; none of anything else.
    pub fn entries(&self) -> &[Entry] {
        match &self.content {
            Content::Map(entries) => entries,
            _ => &[],
        }
    }

    /// The value of a name.
    pub fn get(&self, name: &str) -> Option<&Node> {
        self.entries().iter().find(|entry| &*entry.name == name).map(|entry| &entry.value)
    }

    /// The items of a list; a single value counts as a list of it, nothing as an empty one.
    pub fn items(&self) -> &[Node] {
        match &self.content {
            Content::List(items) => items,
            Content::Null => &[],
            _ => std::slice::from_ref(self),
        }
    }

    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Scalar { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether it is a mapping.
    pub fn is_map(&self) -> bool {
        matches!(self.content, Content::Map(_))
    }

    /// Whether nothing is there.
    pub fn is_null(&self) -> bool {
        matches!(self.content, Content::Null)
    }

    /// Whether it is `true`.
    pub fn is_true(&self) -> bool {
        self.text() == Some("true")
    }

    /// The text of a name's value.
    pub fn text_of(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Node::text)
    }

    /// A mistake at this place.
    pub fn fault(&self, message: impl Into<String>) -> Fault {
        Fault::new(Code::Configuration, message).at(|| self.place.clone())
    }
}
