//! Connectors: a folder for each, with its configuration, sources and operations.

mod clock;
mod os;
#[cfg(test)]
mod testing;
mod validation;
mod vm;

use crate::flow::spec::Module;

/// Every connector.
pub static MODULES: &[&Module] = &[&os::MODULE, &validation::MODULE, &vm::MODULE];
