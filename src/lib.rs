//! dwrun: runs DataWeave transforms and Mule 4 flows natively.
#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod builtin;
pub mod cli;
pub mod connector;
pub mod diag;
pub mod eval;
pub mod flow;
pub mod format;
pub mod munit;
pub mod plan;
pub mod script;
pub mod state;
pub mod suite;
pub mod syntax;
pub mod text;
pub mod value;
