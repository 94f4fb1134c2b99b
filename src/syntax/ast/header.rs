//! Declarations in front of `---`.

use super::{Expr, Function, Ident, Param, TypeExpr, TypeParam};
use crate::text::Span;

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
