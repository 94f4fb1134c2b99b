//! Selectors.

use super::{Cache, FieldKind, Name, Node, Prefix, Presence};
use crate::value::Str;

/// `base.name` in any namespace. It remembers where the name lay in the last object's shape.
#[derive(Debug)]
pub struct Field {
    /// What is selected from.
    pub base: Node,
    /// The name.
    pub name: Str,
    /// The last hit.
    pub cache: Cache,
}

/// A selector on a value.
#[derive(Debug)]
pub struct Select {
    /// What is selected from.
    pub base: Node,
    /// What is selected.
    pub selector: Selector,
    /// Whether absence is null, false or a fault.
    pub presence: Presence,
    /// Whether the base is itself a selector: null then passes through the selectors that else refuse it.
    pub chained: bool,
}

/// What a selector picks.
#[derive(Debug)]
pub enum Selector {
    /// By name.
    Field { kind: FieldKind, ns: Option<Prefix>, name: Name },
    /// By position, key or slice, as the index is.
    Index(Node),
    /// Those that make the condition true; it finds item and index (or key) in two slots.
    Filter { condition: Node, item: u32, index: u32 },
    /// All descendants.
    Descendants,
    /// All attributes.
    Attributes,
    /// All attributes of all descendants.
    DescendantAttributes,
    /// The namespace.
    Namespace,
    /// All metadata, or one item of it.
    Metadata(Option<Str>),
}
