//! From AST to plan: imports, names → slots, overload tables, the executable tree.

mod cache;
mod check;
mod context;
mod cover;
mod fold;
mod function;
mod kinds;
mod module;
mod moves;
pub(crate) mod node;
mod operator;
mod place;
mod resolve;
mod script;
mod table;
#[cfg(test)]
mod tests;

pub use context::{Context, ModuleSource, Natives};
pub use cover::{Coverage, Point};
pub(crate) use function::{Body, Function, FunctionSet, Param, SetRef};
pub use module::Library;
pub(crate) use node::{Kind, Node};
pub(crate) use operator::apply;
pub use place::{location, marked_line};
pub(crate) use resolve::{as_function, free};
pub use script::{Input, InputDeclaration, Output, Plan};

use crate::diag::Fault;
use crate::text::{Source, Span};
use std::sync::Arc;

/// Plans the script at a span of a text. All mistakes that can be seen before it runs are reported at once, each with its place.
///
/// # Errors
/// Syntax errors, or every mistake in names, imports, counts of arguments and declarations.
pub fn compile(source: &Arc<Source>, span: Span, context: &Context<'_>) -> Result<Plan, Vec<Fault>> {
    resolve::compile(source, span, context)
}
