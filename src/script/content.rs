//! Reading and writing content outside of a script: what flows do with payloads.

use super::engine::Engine;
use super::world::World;
use crate::diag::Fault;
use crate::format::{Input, MediaType, Options, registry, tag_root};
use crate::value::Value;
use std::io::Write;

/// Reads content as its media type says, parameters as reader properties.
///
/// # Errors
/// An unknown type or property; malformed content.
pub fn read(input: Input, media: &MediaType) -> Result<Value, Fault> {
    let format = registry::by_media_type(media)?;
    let options = Options::lenient(format.reader_properties(), &media.properties())?;
    let world = World::new(Engine::new(), None);
    let value = format.read(input.with_charset(media.charset()?), &options, &world)?;
    Ok(tag_root(value, "UTF-8", media.essence()))
}

/// Writes a value as a media type says, parameters as writer properties.
///
/// # Errors
/// An unknown type or property; a value that the format cannot hold.
pub fn write(value: Value, media: &MediaType, out: &mut dyn Write) -> Result<(), Fault> {
    let format = registry::by_media_type(media)?;
    let mut properties = media.properties();
    properties.extend(media.parameter("charset").map(|charset| ("encoding".into(), charset.into())));
    let options = Options::lenient(format.writer_properties(), &properties)?;
    format.write(value, out, &options.with_mime(&media.to_string()))
}
