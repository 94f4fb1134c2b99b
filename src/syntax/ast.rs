//! The abstract syntax tree: a script as written, every part with its span.
#![expect(missing_docs, reason = "the comment of a variant names its fields")]

use crate::text::Span;

/// A whole script or module.
#[derive(Clone, Debug)]
pub struct Document {
    /// `%dw 2.x`, if given, as (major, minor).
    pub version: Option<(u32, u32)>,
    /// Header directives in textual order (the version apart).
    pub header: Vec<Directive>,
    /// The expression after `---` (or the whole text); modules have none.
    pub body: Option<Expr>,
}

/// A name with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ident {
    /// The name without quotes.
    pub name: String,
    /// Its place.
    pub span: Span,
}

/// One header directive or declaration; `do` blocks use the declarations among them.
#[derive(Clone, Debug)]
pub struct Directive {
    /// What it declares.
    pub kind: DirectiveKind,
    /// The annotations before it.
    pub annotations: Vec<Annotation>,
    /// The doc comment (`/** … */`) before it, without its stars.
    pub doc: Option<String>,
    /// From keyword to end.
    pub span: Span,
}

/// The kinds of directives.
#[derive(Clone, Debug)]
pub enum DirectiveKind {
    /// `output [: Type] MIME [with FORMAT] props`.
    Output(OutputDirective),
    /// `input NAME [: Type] [MIME] props`.
    Input(InputDirective),
    /// `import …`.
    Import(ImportDirective),
    /// `ns PREFIX URI`.
    Namespace { prefix: Ident, uri: String },
    /// `var NAME [: Type] = value`.
    Var { name: Ident, ty: Option<TypeExpr>, value: Expr },
    /// `fun NAME<T>(params) [: Type] = body`.
    Fun { name: Ident, function: Function },
    /// `type NAME<T> = Type`.
    Type { name: Ident, params: Vec<TypeParam>, ty: TypeExpr },
    /// `annotation NAME(params)`.
    Annotation { name: Ident, params: Vec<Param> },
}

/// An `output` directive.
#[derive(Clone, Debug)]
pub struct OutputDirective {
    /// The declared type of the result.
    pub ty: Option<TypeExpr>,
    /// A MIME type or a format's id, as written.
    pub mime: Option<Ident>,
    /// The format's id after `with`.
    pub with: Option<Ident>,
    /// Writer properties.
    pub properties: Vec<Property>,
}

/// An `input` directive.
#[derive(Clone, Debug)]
pub struct InputDirective {
    /// The input's name.
    pub name: Ident,
    /// Its declared type.
    pub ty: Option<TypeExpr>,
    /// A MIME type or a format's id, as written.
    pub mime: Option<Ident>,
    /// The format's id after `with`.
    pub with: Option<Ident>,
    /// Reader properties.
    pub properties: Vec<Property>,
}

/// `name=literal` of an input or output directive.
#[derive(Clone, Debug)]
pub struct Property {
    /// The property's name.
    pub name: Ident,
    /// A literal (string, number, boolean, null).
    pub value: Expr,
}

/// The import forms.
#[derive(Clone, Debug)]
pub struct ImportDirective {
    /// `a::b::C`.
    pub module: Path,
    /// What comes in.
    pub what: Imported,
}

/// What an import brings in.
#[derive(Clone, Debug)]
pub enum Imported {
    /// `import a::B [as C]`.
    Module { alias: Option<Ident> },
    /// `import * from a::B`.
    All,
    /// `import f, g as h from a::B`.
    Names(Vec<(Ident, Option<Ident>)>),
}

/// `a::b::c`; a plain name has one part.
#[derive(Clone, Debug)]
pub struct Path {
    /// The parts, at least one.
    pub parts: Vec<Ident>,
    /// The whole.
    pub span: Span,
}

/// `@Name(args)` before a declaration or parameter.
#[derive(Clone, Debug)]
pub struct Annotation {
    /// Its name.
    pub name: Path,
    /// `name = value` arguments (a positional one has no name).
    pub args: Vec<(Option<Ident>, Expr)>,
    /// The whole.
    pub span: Span,
}

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

/// `T` or `T <: Bound`.
#[derive(Clone, Debug)]
pub struct TypeParam {
    /// Its name.
    pub name: Ident,
    /// The upper bound.
    pub bound: Option<TypeExpr>,
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

/// A type as written.
#[derive(Clone, Debug)]
pub struct TypeExpr {
    /// What it is.
    pub kind: TypeExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of types.
#[derive(Clone, Debug)]
pub enum TypeExprKind {
    /// `Name`, `a::b::Name<Arg>`.
    Name { path: Path, args: Vec<TypeExpr> },
    /// `"text"`, `5`, `true`, `null` as a type.
    Literal(Box<Expr>),
    /// `{…}`, `{| … |}` (closed), `{- … -}` (ordered), `{-| … |-}`.
    Object { fields: Vec<FieldType>, closed: bool, ordered: bool },
    /// `(A, b: B, c?: C) -> D`: name, type, optional.
    Function { params: Vec<(Option<Ident>, TypeExpr, bool)>, result: Box<TypeExpr> },
    /// `A | B`.
    Union(Vec<TypeExpr>),
    /// `A & B`.
    Intersection(Vec<TypeExpr>),
    /// `Type {format: "…"}`: metadata; the values are expressions.
    Metadata { ty: Box<TypeExpr>, schema: Vec<(Ident, Expr)> },
    /// `Type.field`, `Type."field"`, `Type.p#field`: the type of a field of another type.
    Field { ty: Box<TypeExpr>, prefix: Option<Ident>, name: Ident },
    /// `???`: a type that the engine supplies.
    Native,
}

/// A field of an object type.
#[derive(Clone, Debug)]
pub struct FieldType {
    /// The namespace prefix.
    pub prefix: Option<Ident>,
    /// Its name.
    pub name: FieldName,
    /// `name?`
    pub optional: bool,
    /// `name*`
    pub repeated: bool,
    /// `@(a: T, b?: T)`.
    pub attributes: Vec<AttributeType>,
    /// The value's type.
    pub ty: TypeExpr,
}

/// The name of a field type.
#[derive(Clone, Debug)]
pub enum FieldName {
    /// `name`, `"name"`.
    Static(String),
    /// `_`: any key.
    Any,
    /// `(Type)`: a key of this type, often a type parameter.
    Computed(Box<TypeExpr>),
}

/// An attribute of a field type.
#[derive(Clone, Debug)]
pub struct AttributeType {
    /// The namespace prefix.
    pub prefix: Option<Ident>,
    /// Its name.
    pub name: FieldName,
    /// `name?`
    pub optional: bool,
    /// The value's type.
    pub ty: TypeExpr,
}
