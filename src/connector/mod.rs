//! Connectors: a folder for each, with its configuration, sources and operations.

use crate::flow::spec::Module;

/// Every connector.
pub static MODULES: &[&Module] = &[];
