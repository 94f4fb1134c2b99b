//! Events: what travels through a flow, and the tree of error types.

mod error_type;

pub use error_type::{ErrorType, ErrorTypes, Matcher};
