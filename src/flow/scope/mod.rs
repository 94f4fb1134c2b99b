//! Components that steer others: they choose, repeat, split and join. A file for each.

pub mod choice;
pub mod error_handler;
pub mod flow;
mod fork_join;
pub mod scatter_gather;
pub mod try_scope;
