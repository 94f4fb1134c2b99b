//! The `file` connector: files and folders of this machine.

mod after;
mod attributes;
mod config;
mod glob;
mod list;
mod listener;
mod lock;
mod matcher;
mod read;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_listener;
mod transfer;
mod watermark;
mod write;

pub use attributes::media_type;

use crate::flow::spec::{Attribute, Kind, Module};

/// The connector.
pub static MODULE: Module = Module {
    name: "file",
    doc: "Files and folders of this machine, below the working directory of a configuration.",
    errors: &[
        ("CONNECTIVITY", "MULE:CONNECTIVITY"),
        ("RETRY_EXHAUSTED", "MULE:RETRY_EXHAUSTED"),
        ("FILE_LOCK", "MULE:ANY"),
        ("ILLEGAL_PATH", "MULE:ANY"),
        ("ILLEGAL_CONTENT", "MULE:ANY"),
        ("FILE_ALREADY_EXISTS", "MULE:ANY"),
        ("ACCESS_DENIED", "MULE:ANY"),
    ],
    functions: &[],
    components: &[
        &config::SPEC,
        &matcher::SPEC,
        &listener::SPEC,
        &read::SPEC,
        &write::SPEC,
        &list::SPEC,
        &transfer::COPY,
        &transfer::MOVE,
        &transfer::RENAME_FILE,
        &transfer::DELETE,
        &transfer::CREATE_DIRECTORY,
    ],
};

const CONFIG_REF: Attribute =
    Attribute::new("config-ref", Kind::Reference, "The `file:config`; without one, paths begin in the home folder.");
