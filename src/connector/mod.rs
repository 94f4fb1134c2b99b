//! Connectors: a folder for each, with its configuration, sources and operations.

mod clock;
mod file;
mod http;
mod os;
#[cfg(test)]
mod testing;
mod validation;
mod vm;

use crate::flow::spec::Module;

/// Every connector.
pub static MODULES: &[&Module] = &[&file::MODULE, &http::MODULE, &os::MODULE, &validation::MODULE, &vm::MODULE];
