//! Where a component stands: its path in the flow, and its element in the configuration.

use crate::flow::config::{Element, Name};
use crate::text::Source;
use std::fmt;
use std::sync::Arc;

/// A component's place.
#[derive(Clone, Debug)]
pub struct Location {
    /// `flow/processors/0/route/1/processors/2`, as Mule counts.
    pub path: String,
    /// The file's name.
    pub file: String,
    /// The line of its start tag, from 1.
    pub line: usize,
    /// The start tag as written.
    pub element: String,
}

impl Location {
    /// The place of an element that has this path.
    pub fn of(element: &Element, path: String) -> Self {
        let file = element.source.name().rsplit('/').next().unwrap_or_default().to_string();
        let line = element.start().start().line;
        Self { path, file, line, element: element.source.slice(element.span).to_string() }
    }
}

impl fmt::Display for Location {
    /// `flow/processors/0 @ app:file.xml:18`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} @ app:{}:{}", self.path, self.file, self.line)
    }
}

/// What is known of a component without running it.
#[derive(Clone, Debug)]
pub struct Component {
    /// Its element's name.
    pub name: Name,
    /// `doc:name`.
    pub label: Option<String>,
    /// Every attribute with its text, properties resolved: `doc:id`, `config-ref` … Those left out have their defaults.
    pub attributes: Vec<(String, String)>,
}

/// A processor's place with what is there, known before anything runs.
#[derive(Clone, Debug)]
pub struct Place {
    /// Where it is.
    pub location: Arc<Location>,
    /// The file that it stands in.
    pub source: Arc<Source>,
}
