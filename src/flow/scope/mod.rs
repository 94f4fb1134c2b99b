//! Components that steer others: they choose, repeat, split and join. A file for each.

pub mod async_scope;
pub mod cache;
pub mod choice;
pub mod correlation;
pub mod error_handler;
pub mod first_successful;
pub mod flow;
pub mod foreach;
mod fork_join;
pub mod parallel_foreach;
pub mod redelivery;
pub mod round_robin;
mod route;
pub mod scatter_gather;
pub mod secure_properties;
pub mod try_scope;
pub mod until_successful;
