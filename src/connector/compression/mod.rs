//! The `compression` module: content in ZIP and GZIP, and ZIP archives of several entries.

mod archive;
mod compress;
mod content;
mod gzip;
#[cfg(test)]
pub mod tests;
mod zip;

use crate::flow::spec::{Attribute, Kind, Module};

/// The module.
pub static MODULE: Module = Module {
    name: "compression",
    doc: "Compresses and decompresses content (ZIP, GZIP), makes ZIP archives and takes them apart.",
    errors: &[
        ("INVALID_ARCHIVE", "MULE:ANY"),
        ("TOO_MANY_ENTRIES", "MULE:ANY"),
        ("COULD_NOT_DECOMPRESS", "MULE:ANY"),
        ("COULD_NOT_COMPRESS", "MULE:ANY"),
    ],
    functions: &[],
    components: &[&compress::COMPRESS, &compress::DECOMPRESS, &archive::ARCHIVE, &archive::EXTRACT],
};

const FORCE_ZIP64: Attribute = Attribute::default(
    "forceZip64",
    Kind::Boolean,
    "false",
    "Whether entries are written for more than 4 GB in any case; larger ones are without it.",
);
