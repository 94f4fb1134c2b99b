//! Assertions: a file for each element, and what a failed one tells.

pub mod equals;
pub mod expression;
pub mod fail;
mod failure;
mod matcher;
pub mod that;

pub use failure::Failure;
pub use matcher::Matcher;
