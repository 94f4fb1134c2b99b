//! The executable tree: small nodes with their spans; names are slots, constants are values.

pub use super::cache::Cache;
use super::function::{Function, SetRef};
use super::kinds::Filter;
use crate::diag::Code;
pub use crate::syntax::ast::{BinaryOp, FieldKind, Presence};
use crate::text::Span;
use crate::value::{Namespace, Regex, Shape, Str, Type, Value};
use std::sync::Arc;

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
