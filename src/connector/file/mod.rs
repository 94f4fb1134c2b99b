//! The `file` connector: files and folders of this machine. What it does with them it does through the trait
//! [`FileSystem`], so that other connectors do the same with files elsewhere.

mod after;
mod attributes;
mod config;
mod glob;
mod list;
mod listener;
mod local;
mod lock;
mod matcher;
mod problem;
mod read;
mod system;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_listener;
mod transfer;
mod watermark;
mod write;

pub use after::{AUTO_DELETE, MOVE_TO, OVERWRITE, RENAME_TO, WHEN_FAILED};
pub use attributes::{Attributes, FileKind, media_type};
pub use list::List;
pub use listener::Listener;
pub use local::without_steps;
pub use lock::Lock;
pub use matcher::Matcher;
pub use problem::Problem;
pub use read::Read;
pub use system::{FileSystem, Folder, Mode};
pub use transfer::{Action, Change, Task, Transfer};
pub use write::Write;

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
