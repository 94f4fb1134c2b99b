//! The abstract syntax tree: a script as written, every part with its span.
#![expect(missing_docs, reason = "the comment of a variant names its fields")]

mod expression;
mod header;
mod types;

pub use expression::*;
pub use header::*;
pub use types::*;

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
