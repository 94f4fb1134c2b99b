//! Expressions, selectors and patterns.

use super::{Annotation, Directive, Ident, Path, TypeExpr, TypeParam};
use crate::text::Span;

/// What `fun` and `->` share.
#[derive(Clone, Debug)]
pub struct Function {
    /// `<T, R <: Number>`.
    pub type_params: Vec<TypeParam>,
    /// The parameters.
    pub params: Vec<Param>,
    /// The declared result.
    pub result: Option<TypeExpr>,
    /// The body.
    pub body: Box<Expr>,
}

/// One parameter.
#[derive(Clone, Debug)]
pub struct Param {
    /// Its name.
    pub name: Ident,
    /// Its declared type.
    pub ty: Option<TypeExpr>,
    /// Its default.
    pub default: Option<Expr>,
    /// `@DesignOnlyType()` and the like.
    pub annotations: Vec<Annotation>,
}

/// An expression.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of expressions.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// `null`.
    Null,
    /// `true`, `false`.
    Boolean(bool),
    /// A number as written, with the sign if the minus touches it.
    Number(String),
    /// A string with its interpolations, escapes resolved.
    String(Vec<StringPart>),
    /// `/pattern/`: the pattern with `\/` read as `/`.
    Regex(String),
    /// `|…|`: the text between the bars.
    Temporal(String),
    /// `[…]`.
    Array(Vec<ArrayItem>),
    /// `{…}`, or a bare pair `k: v`.
    Object(Vec<ObjectItem>),
    /// `name`, `a::b::name`.
    Name(Path),
    /// `$`, `$$`, `$$$`: how many dollars.
    Dollar(usize),
    /// `(a, b) -> body`.
    Lambda(Function),
    /// `f<T>(a, b)`.
    Call { callee: Box<Expr>, type_args: Vec<TypeExpr>, args: Vec<Expr> },
    /// `left name right`: an infix call of a function, `++`, `--` and `to` among them.
    Infix { left: Box<Expr>, function: Path, right: Box<Expr> },
    /// `left default right`.
    Default { left: Box<Expr>, right: Box<Expr> },
    /// `left op right`.
    Binary { op: BinaryOp, left: Box<Expr>, right: Box<Expr> },
    /// `op operand`.
    Unary { op: UnaryOp, operand: Box<Expr> },
    /// `if (c) a else b`, `unless (c) a else b`.
    If { condition: Box<Expr>, negated: bool, then: Box<Expr>, otherwise: Box<Expr> },
    /// `subject match {…}`.
    Match { subject: Box<Expr>, cases: Vec<MatchCase> },
    /// `subject update {…}`.
    Update { subject: Box<Expr>, cases: Vec<UpdateCase> },
    /// `do {…}`.
    Do { declarations: Vec<Directive>, body: Box<Expr> },
    /// `using (a = 1) body`.
    Using { bindings: Vec<(Ident, Expr)>, body: Box<Expr> },
    /// `value as Type`.
    As { value: Box<Expr>, ty: TypeExpr },
    /// `value is Type`.
    Is { value: Box<Expr>, ty: TypeExpr },
    /// A selector applied to a value.
    Select { base: Box<Expr>, selector: Selector, presence: Presence },
    /// `???`.
    NotImplemented,
    /// An expression in parentheses; kept because `(x)` stops null-propagation of `..` and the wrapping rules of `$`.
    Parens(Box<Expr>),
}

/// A piece of a string literal.
#[derive(Clone, Debug)]
pub enum StringPart {
    /// Text with escapes resolved.
    Text(String),
    /// `$(expr)`, `$name`, `$`, `$$`.
    Expr(Expr),
}

/// An element of an array literal.
#[derive(Clone, Debug)]
pub struct ArrayItem {
    /// The element.
    pub value: Expr,
    /// `(element) if condition`.
    pub condition: Option<Expr>,
}

/// An element of an object literal.
#[derive(Clone, Debug)]
#[expect(clippy::large_enum_variant, reason = "nearly all elements are pairs")]
pub enum ObjectItem {
    /// `key @(attributes): value`, or `(key: value) if condition`.
    Pair { key: Key, value: Expr, condition: Option<Expr>, span: Span },
    /// `(expr)`: an object, an array of objects or null is spread.
    Spread(Expr),
}

/// The key of a pair.
#[derive(Clone, Debug)]
pub struct Key {
    /// The namespace prefix.
    pub prefix: Option<Ident>,
    /// The local name.
    pub name: KeyName,
    /// `@(…)`; `None` when there is no list at all.
    pub attributes: Option<Vec<ObjectItem>>,
    /// The whole key.
    pub span: Span,
}

/// A key's local name.
#[derive(Clone, Debug)]
pub enum KeyName {
    /// `name`, `"name"`.
    Static(String),
    /// `"a$(x)"` or `(expr)`.
    Dynamic(Box<Expr>),
}

/// Binary operators that are no functions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BinaryOp {
    /// `or`
    Or,
    /// `and`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `~=`
    Similar,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `<=`
    LessEqual,
    /// `>=`
    GreaterEqual,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `>>` prepends, or shifts a zone
    ShiftRight,
    /// `<<` appends
    ShiftLeft,
}

impl BinaryOp {
    /// The operator as written.
    pub fn symbol(self) -> &'static str {
        match self {
            BinaryOp::Or => "or",
            BinaryOp::And => "and",
            BinaryOp::Equal => "==",
            BinaryOp::NotEqual => "!=",
            BinaryOp::Similar => "~=",
            BinaryOp::Less => "<",
            BinaryOp::Greater => ">",
            BinaryOp::LessEqual => "<=",
            BinaryOp::GreaterEqual => ">=",
            BinaryOp::Add => "+",
            BinaryOp::Subtract => "-",
            BinaryOp::Multiply => "*",
            BinaryOp::Divide => "/",
            BinaryOp::ShiftRight => ">>",
            BinaryOp::ShiftLeft => "<<",
        }
    }
}

/// Prefix operators.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `-`
    Minus,
    /// `not`, the loose one
    Not,
    /// `!`, the tight one
    Bang,
}

/// What follows the selector: nothing, `?` or `!`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// Plain: null if absent.
    Plain,
    /// `?`: whether it is there.
    Exists,
    /// `!`: fail if absent.
    Required,
}

/// A selector.
#[derive(Clone, Debug)]
pub enum Selector {
    /// `.name` and its kin, also in brackets.
    Field { kind: FieldKind, prefix: Option<Ident>, name: KeyName, span: Span },
    /// `[expr]`: position, key name or slice, by the index's type.
    Index(Box<Expr>),
    /// `[?(condition)]`; the condition sees `$` and `$$`.
    Filter(Box<Expr>),
    /// `..` alone: all descendants.
    Descendants,
    /// `.@`: all attributes.
    Attributes,
    /// `..@`: all attributes of all descendants.
    DescendantAttributes,
    /// `.#`: the namespace.
    Namespace,
    /// `.^`: all metadata; with a name, one item.
    Metadata(Option<String>),
}

/// What a field selector looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// `.name`
    First,
    /// `.*name`
    All,
    /// `.&name`: pairs
    Pairs,
    /// `..name`
    Deep,
    /// `..*name`
    DeepAll,
    /// `..&name`
    DeepPairs,
    /// `.@name`
    Attribute,
    /// `.*@name`
    AllAttributes,
    /// `..@name`
    DeepAttribute,
}

/// A case of `match`.
#[derive(Clone, Debug)]
pub struct MatchCase {
    /// What it takes.
    pub pattern: Pattern,
    /// Its result; `$` is the matched value.
    pub body: Expr,
    /// From `case` or `else` on.
    pub span: Span,
}

/// What a case takes.
#[derive(Clone, Debug)]
pub enum Pattern {
    /// `else`, `else name`.
    Else { name: Option<Ident> },
    /// `literal`, `name: literal`.
    Literal { name: Option<Ident>, value: Expr },
    /// `is Type`, `name is Type`.
    Type { name: Option<Ident>, ty: TypeExpr },
    /// `name if condition`.
    Guard { name: Ident, condition: Expr },
    /// `[name] matches /re/`.
    Regex { name: Option<Ident>, pattern: Expr },
    /// `[]`
    EmptyArray,
    /// `[head ~ tail]`
    Array { head: Ident, tail: Ident },
    /// `{}`
    EmptyObject,
    /// `{key: value ~ tail}`
    Object { key: Ident, value: Ident, tail: Ident },
}

/// A case of `update`.
#[derive(Clone, Debug)]
pub struct UpdateCase {
    /// The name of the old value, `$` if none.
    pub name: Option<Ident>,
    /// The steps from the root.
    pub path: Vec<UpdateStep>,
    /// `!` at the end: create what is missing.
    pub upsert: bool,
    /// `if (condition)`.
    pub condition: Option<Expr>,
    /// The new value.
    pub body: Expr,
    /// From `case` on.
    pub span: Span,
}

/// A step of an update path.
#[derive(Clone, Debug)]
pub enum UpdateStep {
    /// `.name`, `.*name` (all), `.@name` (attribute), with an optional prefix.
    Field { all: bool, attribute: bool, prefix: Option<Ident>, name: KeyName },
    /// `[expr]`.
    Index(Expr),
}
