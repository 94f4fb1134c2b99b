//! Functions as values, and calls.

use super::Node;
use crate::plan::function::{Function, SetRef};
use std::sync::Arc;

/// A lambda and the values it takes along.
#[derive(Debug)]
pub struct Lambda {
    /// What it runs.
    pub function: Arc<Function>,
    /// Computed when the lambda is made.
    pub captures: Box<[Node]>,
}

/// A declared function, with the values that a function declared in a `do` takes along.
#[derive(Debug)]
pub struct Callee {
    /// Which one.
    pub set: SetRef,
    /// What it captures.
    pub captures: Captures,
}

/// The captured values of a declared function.
#[derive(Debug)]
pub enum Captures {
    /// None, or the function stands at the top level.
    None,
    /// The same as those of the running function, which was declared in the same block.
    Same,
    /// These.
    These(Box<[Node]>),
}

/// A call of a declared function.
#[derive(Debug)]
pub struct Call {
    /// Whom.
    pub callee: Callee,
    /// With what.
    pub args: Box<[Node]>,
}

/// A call of a computed value.
#[derive(Debug)]
pub struct CallValue {
    /// Whom.
    pub callee: Node,
    /// With what.
    pub args: Box<[Node]>,
}
