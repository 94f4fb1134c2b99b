//! From AST to plan: imports, names → slots, overload tables, the executable tree.

mod context;
mod function;
mod kinds;
mod library;
pub(crate) mod node;
mod script;
mod table;

pub use context::{Context, ModuleSource, Natives};
pub(crate) use function::{Body, Function, FunctionSet, Param, SetRef};
pub(crate) use kinds::{Filter, Kinds};
pub use library::Library;
pub(crate) use node::{Kind, Node};
pub use script::{Input, InputDeclaration, Output, Plan};

use crate::diag::Fault;
use crate::text::Source;
use std::sync::Arc;

/// Plans a script. All mistakes that can be seen before it runs are reported at once, each with its place.
pub fn compile(_source: &Arc<Source>, _context: &Context<'_>) -> Result<Plan, Vec<Fault>> {
    Err(vec![Fault::internal("planning is not built yet")])
}
