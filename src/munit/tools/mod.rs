//! Further tools of tests: a store, queues, a pause, assertions in Java.

pub mod queue;
pub mod run_custom;
mod shelf;
pub mod sleep;
pub mod store;

pub use shelf::Shelf;
