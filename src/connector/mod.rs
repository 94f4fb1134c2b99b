//! Connectors: a folder for each, with its configuration, sources and operations.

mod aggregators;
mod apart;
mod api_gateway;
mod apikit;
mod clock;
mod compression;
mod crypto;
mod db;
mod email;
mod file;
mod http;
mod json;
mod json_logger;
mod os;
mod output;
#[cfg(test)]
mod raised;
mod reconnection;
mod sftp;
mod sockets;
mod stream;
#[cfg(test)]
mod testing;
mod tls;
mod tracking;
mod validation;
mod vm;
mod xml;

use crate::flow::spec::Module;

/// Every connector.
pub static MODULES: &[&Module] = &[
    &aggregators::MODULE,
    &api_gateway::MODULE,
    &apikit::MODULE,
    &compression::MODULE,
    &crypto::MODULE,
    &db::MODULE,
    &email::MODULE,
    &file::MODULE,
    &http::MODULE,
    &json::MODULE,
    &json_logger::MODULE,
    &os::MODULE,
    &sftp::MODULE,
    &sockets::MODULE,
    &tls::MODULE,
    &tracking::MODULE,
    &validation::MODULE,
    &vm::MODULE,
    &xml::MODULE,
];
