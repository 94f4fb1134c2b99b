//! Natives of `dw::Runtime`.

pub mod attempt;
mod failure;
mod guard;
pub mod script;
pub mod settings;
