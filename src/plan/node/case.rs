//! `match` and `update`: their cases.

use super::{Name, Node, Prefix, TypeTest};
use crate::value::Regex;
use std::sync::Arc;

/// `subject match {…}`
#[derive(Debug)]
pub struct Match {
    /// What is looked at.
    pub subject: Node,
    /// Where its value lies.
    pub slot: u32,
    /// In order.
    pub cases: Box<[Case]>,
}

/// A case of `match`.
#[derive(Debug)]
pub struct Case {
    /// What it takes.
    pub pattern: Pattern,
    /// Its result.
    pub body: Node,
}

/// What a case of `match` takes; slots are those of the names it binds.
#[derive(Debug)]
pub enum Pattern {
    /// Everything.
    Any,
    /// What is similar (`~=`) to this value.
    Literal(Node),
    /// What is of this type.
    Type(TypeTest),
    /// What makes this true.
    Guard(Node),
    /// Text that matches as a whole; the groups go to the slot.
    Regex { pattern: RegexSource, groups: u32 },
    /// `[]`
    EmptyArray,
    /// `[head ~ tail]`
    Array { head: u32, tail: u32 },
    /// `{}`
    EmptyObject,
    /// `{key: value ~ tail}`
    Object { key: u32, value: u32, tail: u32 },
}

/// A regular expression, known or computed.
#[derive(Debug)]
pub enum RegexSource {
    /// Known.
    Static(Arc<Regex>),
    /// Computed: a Regex, or text that is one.
    Dynamic(Node),
}

/// `subject update {…}`
#[derive(Debug)]
pub struct Update {
    /// What is changed.
    pub subject: Node,
    /// In order.
    pub cases: Box<[UpdateCase]>,
}

/// A case of `update`.
#[derive(Debug)]
pub struct UpdateCase {
    /// The way from the subject to what is replaced.
    pub path: Box<[Step]>,
    /// Whether what is missing is made.
    pub upsert: bool,
    /// Where the old value lies for condition and body.
    pub slot: u32,
    /// Whether the case applies.
    pub condition: Option<Node>,
    /// The new value.
    pub body: Node,
}

/// A step of an update path.
#[derive(Debug)]
pub enum Step {
    /// A field: the first of its name, or all of them.
    Field { all: bool, ns: Option<Prefix>, name: Name },
    /// An attribute of the field before.
    Attribute { ns: Option<Prefix>, name: Name },
    /// An index.
    Index(Node),
}
