//! The language's front door: compile a script once, run it many times, read its inputs, write its result.

mod catalogue;
mod content;
mod data;
pub mod doc;
mod engine;
mod inputs;
mod modules;
mod program;
mod resource;
pub mod session;
mod world;

pub use crate::eval::LogLevel;
pub use crate::plan::{Coverage, Point};
pub use content::{read, write};
pub use engine::{EVENT_INPUTS, Engine};
pub use inputs::{Inputs, Supply, Surroundings};
pub use modules::{Files, Modules};
pub use program::Script;
pub use resource::with_slashes;
