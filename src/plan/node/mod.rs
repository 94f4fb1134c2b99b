//! The executable tree: small nodes with their spans; names are slots, constants are values.

mod call;
mod case;
mod literal;
mod select;

pub use super::cache::Cache;
use super::kinds::Filter;
use crate::diag::Code;
pub use crate::syntax::ast::{BinaryOp, FieldKind, Presence};
pub use call::{Call, CallValue, Callee, Captures, Lambda};
pub use case::{Case, Match, Pattern, RegexSource, Step, Update, UpdateCase};
pub use literal::{Entry, Item, Name, Pair, Prefix, Record};
pub use select::{Field, Select, Selector};

use crate::text::Span;
use crate::value::{Str, Type, Value};

/// A node with its place in the function's source.
#[derive(Debug)]
pub struct Node {
    /// What it computes.
    pub kind: Kind,
    /// Where it was written.
    pub span: Span,
}

/// What a node computes. Slots count from the start of the function's frame.
#[derive(Debug)]
pub enum Kind {
    /// A value known beforehand.
    Const(Value),
    /// A copy of a slot.
    Local(u32),
    /// The value of a slot that is not read again.
    Take(u32),
    /// A copy of a captured value.
    Captured(u32),
    /// A variable of the script or one of its modules.
    Global(u32),
    /// The value behind a `@Lazy` variable.
    Forced(Box<Node>),
    /// Makes the value behind a `@Lazy` variable; the lambda computes it.
    Deferred(Box<Lambda>),
    /// A function value.
    Lambda(Box<Lambda>),
    /// A declared function as a value.
    Function(Box<Callee>),
    /// A call of a declared function.
    Call(Box<Call>),
    /// A call of a computed value.
    CallValue(Box<CallValue>),
    /// A call of the function itself in tail position, all parameters given.
    Again(Box<[Node]>),
    /// A string with interpolations.
    Text(Box<[Node]>),
    /// An array of these items.
    Array(Box<[Node]>),
    /// An array with conditional items.
    Items(Box<[Item]>),
    /// An object whose keys are all known beforehand.
    Record(Box<Record>),
    /// Any other object.
    Object(Box<[Entry]>),
    /// `left default right`
    Default(Box<[Node; 2]>),
    /// `left and right`
    And(Box<[Node; 2]>),
    /// `left or right`
    Or(Box<[Node; 2]>),
    /// `not operand`
    Not(Box<Node>),
    /// `-operand`
    Minus(Box<Node>),
    /// An operator on two values.
    Binary(Box<Binary>),
    /// `if (condition) then else otherwise`
    If(Box<[Node; 3]>),
    /// `subject match {…}`
    Match(Box<Match>),
    /// `subject update {…}`
    Update(Box<Update>),
    /// Variables, then a body.
    Do(Box<Do>),
    /// `value as Type`
    As(Box<Conversion>),
    /// `value is Type`
    Is(Box<Test>),
    /// `base.name`, plain, in any namespace.
    Field(Box<Field>),
    /// Any other selector.
    Select(Box<Select>),
    /// A node whose runs are counted.
    Counted(Box<Counted>),
    /// Fails: `???`, or a name whose value cannot be there yet.
    Fail(Box<(Code, String)>),
}

/// A node whose runs are counted, for coverage.
#[derive(Debug)]
pub struct Counted {
    /// The number of its counter.
    pub point: u32,
    /// The node.
    pub node: Node,
}

/// An operator on two values.
#[derive(Debug)]
pub struct Binary {
    /// Which; never `and` nor `or`.
    pub op: BinaryOp,
    /// The left operand.
    pub left: Node,
    /// The right operand.
    pub right: Node,
}

/// Variables, then a body.
#[derive(Debug)]
pub struct Do {
    /// In the order they are computed.
    pub variables: Box<[Variable]>,
    /// The result.
    pub body: Node,
}

/// A variable.
#[derive(Debug)]
pub struct Variable {
    /// Where it lies in the frame; a module's variable has only its global.
    pub slot: Option<u32>,
    /// Where functions of the script find it, if any of them reads it.
    pub global: Option<u32>,
    /// Its declared type; only the static pass looks at it.
    pub ty: Option<Type>,
    /// Its value.
    pub value: Node,
}

/// `value as Type`
#[derive(Debug)]
pub struct Conversion {
    /// What is converted.
    pub value: Node,
    /// To what.
    pub ty: Type,
    /// Metadata that must be computed; it comes on top of the type's own.
    pub schema: Box<[(Str, Node)]>,
}

/// `value is Type`
#[derive(Debug)]
pub struct Test {
    /// What is tested.
    pub value: Node,
    /// For what.
    pub test: TypeTest,
}

/// A type with the kinds of values it may take.
#[derive(Debug)]
pub struct TypeTest {
    /// The type.
    pub ty: Type,
    /// A quick answer for most values.
    pub filter: Filter,
}
