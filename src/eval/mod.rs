//! The evaluator: runs a plan. Natives and the outer world reach it through the types here.

mod host;
mod native;

pub use host::Host;
pub use native::{Args, Native, NativeFn, Run};
