//! Arrays and objects as they are written.

use super::Node;
use crate::value::{Namespace, Shape, Str};
use std::sync::Arc;

/// An item of an array that may be left out.
#[derive(Debug)]
pub struct Item {
    /// The item.
    pub value: Node,
    /// Whether it is in.
    pub condition: Option<Node>,
}

/// An object whose keys are all known: its shape is shared by all objects it makes.
#[derive(Debug)]
pub struct Record {
    /// The keys.
    pub shape: Arc<Shape>,
    /// A value for each key.
    pub values: Box<[Node]>,
}

/// An entry of an object literal.
#[derive(Debug)]
pub enum Entry {
    /// A pair.
    Pair(Box<Pair>),
    /// `(expr)`: the pairs of an object, of an array of objects, or nothing for null.
    Spread(Node),
}

/// A pair of an object literal.
#[derive(Debug)]
pub struct Pair {
    /// The key's namespace.
    pub ns: Option<Prefix>,
    /// The key's name.
    pub name: Name,
    /// The key's attributes.
    pub attributes: Option<Box<[Entry]>>,
    /// The value.
    pub value: Node,
    /// Whether the pair is in.
    pub condition: Option<Node>,
}

/// A namespace, known or computed.
#[derive(Debug)]
pub enum Prefix {
    /// Declared with `ns`.
    Static(Arc<Namespace>),
    /// The value of a variable.
    Dynamic(Box<Node>),
}

/// A name, known or computed.
#[derive(Debug)]
pub enum Name {
    /// Known.
    Static(Str),
    /// Computed: a String, Number, Boolean or Key.
    Dynamic(Box<Node>),
}
