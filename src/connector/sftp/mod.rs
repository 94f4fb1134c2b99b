//! The `sftp` connector: the operations of the `file` connector on the files of a server, over SSH.

mod config;
mod connection;
mod listener;
mod operations;
mod problem;
mod remote;
#[cfg(test)]
mod tests;

use crate::flow::spec::{Attribute, Kind, Module};

/// The connector.
pub static MODULE: Module = Module {
    name: "sftp",
    doc: "Files and folders of a server, over SSH. A configuration has one connection, which is made when it is first needed \
          and again when it was lost. Without a `knownHostsFile` every server is trusted, as Mule does.",
    errors: &[
        ("CONNECTIVITY", "MULE:CONNECTIVITY"),
        ("RETRY_EXHAUSTED", "MULE:RETRY_EXHAUSTED"),
        ("INVALID_CREDENTIALS", "SFTP:CONNECTIVITY"),
        ("CONNECTION_TIMEOUT", "SFTP:CONNECTIVITY"),
        ("CANNOT_REACH", "SFTP:CONNECTIVITY"),
        ("UNKNOWN_HOST", "SFTP:CONNECTIVITY"),
        ("KEY_EXCHANGE_FAILED", "SFTP:CONNECTIVITY"),
        ("SERVICE_NOT_AVAILABLE", "SFTP:CONNECTIVITY"),
        ("DISCONNECTED", "SFTP:CONNECTIVITY"),
        ("UNKNOWN", "SFTP:CONNECTIVITY"),
        ("FILE_LOCK", "MULE:ANY"),
        ("FILE_DOESNT_EXIST", "MULE:ANY"),
        ("ILLEGAL_PATH", "MULE:ANY"),
        ("ILLEGAL_CONTENT", "MULE:ANY"),
        ("FILE_ALREADY_EXISTS", "MULE:ANY"),
        ("ACCESS_DENIED", "MULE:ANY"),
    ],
    functions: &[],
    components: &[
        &config::SPEC,
        &listener::MATCHER,
        &listener::SPEC,
        &operations::READ,
        &operations::WRITE,
        &operations::LIST,
        &operations::COPY,
        &operations::MOVE,
        &operations::RENAME,
        &operations::DELETE,
        &operations::CREATE_DIRECTORY,
    ],
};

const CONFIG_REF: Attribute = Attribute::required("config-ref", Kind::Reference, "The `sftp:config`.");
