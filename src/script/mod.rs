//! The language's front door: compile a script once, run it many times, read its inputs, write its result.

mod data;
mod engine;
mod inputs;
mod modules;
mod program;
mod world;

pub use engine::{EVENT_INPUTS, Engine};
pub use inputs::{Inputs, Supply};
pub use modules::Modules;
pub use program::Script;
