//! Connectors: a folder for each, with its configuration, sources and operations.

mod aggregators;
mod apikit;
mod clock;
mod db;
mod file;
mod http;
mod os;
mod reconnection;
#[cfg(test)]
mod testing;
mod tls;
mod tracking;
mod validation;
mod vm;

use crate::flow::spec::Module;

/// Every connector.
pub static MODULES: &[&Module] = &[
    &aggregators::MODULE,
    &apikit::MODULE,
    &db::MODULE,
    &file::MODULE,
    &http::MODULE,
    &os::MODULE,
    &tls::MODULE,
    &tracking::MODULE,
    &validation::MODULE,
    &vm::MODULE,
];
