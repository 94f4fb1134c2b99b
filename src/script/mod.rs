//! The language's front door: compile a script once, run it many times, read its inputs, write its result.

mod inputs;
mod modules;

pub use inputs::Inputs;
