//! Planned functions: parameters, frame size, body; and sets of overloads.

use super::kinds::Filter;
use super::node::Node;
use crate::text::Source;
use crate::value::{Signature, Type};
use std::sync::Arc;

/// A function or lambda, ready to run. Its frame holds the parameters first, then its variables.
#[derive(Debug)]
pub struct Function {
    /// The declared name; `None` for a lambda.
    pub name: Option<String>,
    /// The text it was written in; spans of its nodes point into it.
    pub source: Arc<Source>,
    /// Whether it belongs to the standard library: faults then show the place of the call.
    pub library: bool,
    /// The parameters.
    pub params: Box<[Param]>,
    /// What the function shows as a value.
    pub signature: Signature,
    /// Whether any parameter's type can refuse a value.
    pub typed: bool,
    /// How many slots the frame needs, parameters included.
    pub slots: usize,
    /// What it does.
    pub body: Body,
    /// Whether the body calls the function itself in tail position.
    pub loops: bool,
    /// How deep the nodes of the body nest.
    pub depth: usize,
}

/// A parameter.
#[derive(Debug)]
pub struct Param {
    /// Its declared type, `Any` if none.
    pub ty: Type,
    /// Whether a type was declared; only the static pass tells `Any` from none.
    pub declared: bool,
    /// The kinds of values it takes.
    pub filter: Filter,
    /// Its default; it is computed in the function's frame but sees no other parameter.
    pub default: Option<Node>,
}

impl Param {
    /// A parameter that takes everything.
    pub fn any(default: Option<Node>) -> Self {
        Self { ty: Type::Any, declared: false, filter: Filter::of(&Type::Any), default }
    }
}

/// The body of a function.
#[derive(Debug)]
pub enum Body {
    /// A native, by its number in the engine's table.
    Native(u32),
    /// An expression.
    Expression(Node),
}

impl Function {
    /// How many arguments a call may give: (least, most).
    pub fn arity(&self) -> (usize, usize) {
        self.signature.arity()
    }

    /// The parameter that the first of `given` arguments stands for: defaults at the head are filled from the right.
    pub fn first_filled(&self, given: usize) -> usize {
        first_filled(&self.signature, given)
    }
}

/// The parameter that the first of `given` arguments stands for.
pub(crate) fn first_filled(signature: &Signature, given: usize) -> usize {
    match signature.params.first() {
        Some((_, _, true)) => signature.params.len().saturating_sub(given),
        _ => 0,
    }
}

/// The overloads of a name in declared order; one for most functions.
#[derive(Debug)]
pub struct FunctionSet {
    /// The declared name.
    pub name: String,
    /// At least one.
    pub overloads: Box<[Arc<Function>]>,
}

/// Where a set of overloads is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SetRef {
    /// In the library's table.
    Library(u32),
    /// In the plan's own table.
    Own(u32),
}
