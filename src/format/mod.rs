//! Data formats: a folder each, found by MIME type, id or file extension.

pub mod binary;
pub mod csv;
pub mod dw;
pub mod excel;
pub mod flatfile;
mod held;
mod input;
pub mod json;
pub mod locate;
mod media;
pub mod multipart;
pub mod ndjson;
mod options;
pub mod properties;
mod property;
pub mod registry;
mod resources;
mod root;
pub mod scalar;
mod scripts;
mod sink;
#[cfg(test)]
mod testing;
pub mod text;
pub mod urlencoded;
mod window;
pub mod xml;
pub mod yaml;

pub use input::{Bytes, Input};
pub use media::MediaType;
pub use options::Options;
pub use property::{Property, PropertyKind};
pub use resources::Resources;
pub use root::tag_root;
pub use scripts::Scripts;
pub use sink::Sink;
pub use window::Window;

use crate::diag::Fault;
use crate::value::Value;
use std::io::Write;

/// A data format: what it is called, what its properties are, and how to read and write it.
pub trait Format: Send + Sync {
    /// The id scripts use: `json`, `csv`.
    fn id(&self) -> &'static str;

    /// The MIME type of what it writes.
    fn mime_type(&self) -> &'static str;

    /// The MIME types it takes; `*` stands for a whole part or for the text before `+`: `*/json`, `*/*+json`.
    fn mime_types(&self) -> &'static [&'static str];

    /// File extensions, without the dot.
    fn extensions(&self) -> &'static [&'static str];

    /// Whether `write` gives text (else Binary).
    fn is_text(&self) -> bool {
        true
    }

    /// The reader's properties.
    fn reader_properties(&self) -> &'static [Property] {
        &[]
    }

    /// The writer's properties.
    fn writer_properties(&self) -> &'static [Property];

    /// Reads a whole value. What can be streamed is returned as a lazy sequence.
    fn read(&self, input: Input, options: &Options, scripts: &dyn Scripts) -> Result<Value, Fault>;

    /// Writes a value; sequences are pulled as they are written.
    fn write(&self, value: Value, out: &mut dyn Write, options: &Options) -> Result<(), Fault>;
}
