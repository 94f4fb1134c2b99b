//! Stands in for the value room until it has operators and selectors.

pub mod ops;
pub mod select;
