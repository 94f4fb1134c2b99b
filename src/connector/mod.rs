//! Connectors: a folder for each, with its configuration, sources and operations.

mod clock;
mod vm;

use crate::flow::spec::Module;

/// Every connector.
pub static MODULES: &[&Module] = &[&vm::MODULE];
