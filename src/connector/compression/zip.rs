//! ZIP: entries with names.

use super::content::{Allowance, Packed, Seekable, invalid, not_compressed, not_decompressed, spool, written};
use crate::connector::apart::Problem;
use crate::flow::event::{Typed, media};
use crate::value::{Object, ObjectBuilder, Value};
use std::io;
use std::sync::Arc;
use zip::read::ZipFile;
use zip::result::{ZipError, ZipResult};
use zip::write::SimpleFileOptions;
use zip::{DateTime, ZipArchive, ZipWriter};

/// From this size on, in bytes, an entry has to be written as ZIP64 does.
const LARGE: u64 = u32::MAX as u64;

/// An archive of these entries, in this order.
///
/// # Errors
/// `COULD_NOT_COMPRESS` for a name that comes twice, and where the system refuses.
pub fn pack(entries: &[(String, Packed)], forces_zip64: bool) -> Result<Typed, Problem> {
    let now = now();
    let pack = || {
        let mut archive = ZipWriter::new(spool());
        for (name, content) in entries {
            let large = forces_zip64 || content.length() >= LARGE;
            let options = SimpleFileOptions::default().large_file(large).last_modified_time(now);
            archive.start_file(name, options)?;
            io::copy(&mut content.reader(), &mut archive)?;
        }
        Ok(written(archive.finish()?, media("application/zip"))?)
    };
    pack().map_err(|e: ZipError| not_compressed(&e.to_string()))
}

/// The time as archives have it, that of the machine's zone.
fn now() -> DateTime {
    let now = jiff::Zoned::now().datetime();
    let part = |part: i8| u8::try_from(part).unwrap_or_default();
    let year = u16::try_from(now.year()).unwrap_or_default();
    let (hour, minute, second) = (part(now.hour()), part(now.minute()), part(now.second()));
    DateTime::from_date_and_time(year, part(now.month()), part(now.day()), hour, minute, second).unwrap_or_default()
}

/// The content of the only entry.
///
/// # Errors
/// `INVALID_ARCHIVE` for what is no archive or an empty one, `TOO_MANY_ENTRIES`, `COULD_NOT_DECOMPRESS` for what is damaged
/// or too large.
pub fn unpack_one(packed: &Packed, mut allowance: Allowance) -> Result<Typed, Problem> {
    let mut archive = open(packed)?;
    if archive.len() > 1 {
        let names: Vec<_> = archive.file_names().map(|name| name.unwrap_or_default().into_owned()).collect();
        let text = format!(
            "Expected a single entry archive but got [{}] entries [{}], use the extract operation for multiple entry archives",
            names.len(),
            names.join(", ")
        );
        return Err(Problem::new("COMPRESSION:TOO_MANY_ENTRIES", text));
    }
    let mut plain = spool();
    allowance.copy(entry(archive.by_index(0))?, &mut plain)?;
    written(plain, media("*/*")).map_err(|e| not_decompressed(&e.to_string()))
}

/// The contents of all entries by their names, in the order of the archive.
///
/// # Errors
/// `INVALID_ARCHIVE` for what is no archive or an empty one, `COULD_NOT_DECOMPRESS` for what is damaged or too large.
pub fn unpack_all(packed: &Packed, mut allowance: Allowance) -> Result<Object, Problem> {
    let mut archive = open(packed)?;
    let mut contents = ObjectBuilder::with_capacity(archive.len());
    for index in 0..archive.len() {
        let entry = entry(archive.by_index(index))?;
        let name = entry.name().map_err(|e| not_decompressed(&e.to_string()))?.into_owned();
        let mut plain = Vec::new();
        allowance.copy(entry, &mut plain)?;
        contents.field(name.as_str(), Value::Binary(Arc::new(plain)));
    }
    Ok(contents.build())
}

fn open(packed: &Packed) -> Result<ZipArchive<Box<dyn Seekable>>, Problem> {
    let content = packed.seekable().map_err(|e| not_decompressed(&e.to_string()))?;
    let archive = ZipArchive::new(content).map_err(|e| invalid(&format!("The provided archive is not valid - {e}")))?;
    if archive.is_empty() {
        return Err(invalid("The provided archive has no entries"));
    }
    Ok(archive)
}

fn entry<R: io::Read>(found: ZipResult<ZipFile<'_, R>>) -> Result<ZipFile<'_, R>, Problem> {
    found.map_err(|e| not_decompressed(&e.to_string()))
}
