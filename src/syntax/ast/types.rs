//! Type expressions.

use super::{Expr, Ident, Path};
use crate::text::Span;

/// `T` or `T <: Bound`.
#[derive(Clone, Debug)]
pub struct TypeParam {
    /// Its name.
    pub name: Ident,
    /// The upper bound.
    pub bound: Option<TypeExpr>,
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
