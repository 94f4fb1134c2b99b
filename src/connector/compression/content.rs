//! Content that is compressed or not: from memory or from a file, into memory or, where it is large, into a file.

use crate::connector::apart::Problem;
use crate::flow::event::{Content, FileContent, Typed};
use crate::format::MediaType;
use bytes::Bytes;
use std::io::{self, Cursor, Read, Seek, SeekFrom};
use std::sync::Arc;
use tempfile::{SpooledData, SpooledTempFile, spooled_tempfile};

/// What is larger than this, in bytes, goes into a file.
const IN_MEMORY: usize = 16 << 20;

/// How many times its packed size content may have, and the size in bytes that is never too much.
const RATIO: u64 = 100;
const HARMLESS: u64 = 256 << 20;

/// The most that is unpacked into memory, in bytes.
const MOST_IN_MEMORY: u64 = 1 << 30;

/// `COMPRESSION:COULD_NOT_COMPRESS`
pub fn not_compressed(why: &str) -> Problem {
    let text = format!("Unexpected error occur while trying to compress: {why}");
    Problem::new("COMPRESSION:COULD_NOT_COMPRESS", text)
}

/// `COMPRESSION:COULD_NOT_DECOMPRESS`
pub fn not_decompressed(why: &str) -> Problem {
    let text = format!("Unexpected error occur while trying to decompress: {why}");
    Problem::new("COMPRESSION:COULD_NOT_DECOMPRESS", text)
}

/// `COMPRESSION:INVALID_ARCHIVE`
pub fn invalid(why: &str) -> Problem {
    Problem::new("COMPRESSION:INVALID_ARCHIVE", format!("Error decompressing: {why}"))
}

/// Bytes to be compressed or decompressed.
#[derive(Clone)]
pub enum Packed {
    /// In memory.
    Bytes(Bytes),
    /// In a large file.
    File(FileContent),
}

impl Packed {
    /// The bytes of a value; `Err` says why it has none.
    pub fn of(value: &Typed) -> Result<Self, String> {
        match value.content() {
            Content::File(file) => Ok(Self::File(file.clone())),
            _ => value.to_bytes().map(Self::Bytes).map_err(|fault| fault.to_string()),
        }
    }

    /// How many bytes there are; none where the system does not say.
    pub fn length(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => bytes.len() as u64,
            Self::File(file) => file.length().unwrap_or_default(),
        }
    }

    /// The bytes, from the first one on.
    pub fn reader(&self) -> Box<dyn Read> {
        match self {
            Self::Bytes(bytes) => Box::new(Cursor::new(bytes.clone())),
            Self::File(file) => Box::new(file.reader()),
        }
    }

    /// The bytes for who has to go back and forth in them; those of a file are copied, since it may have several readers.
    pub fn seekable(&self) -> io::Result<Box<dyn Seekable>> {
        match self {
            Self::Bytes(bytes) => Ok(Box::new(Cursor::new(bytes.clone()))),
            Self::File(file) => {
                let mut copy = tempfile::tempfile()?;
                io::copy(&mut file.reader(), &mut copy)?;
                copy.rewind()?;
                Ok(Box::new(copy))
            }
        }
    }
}

/// What can be read from any place on.
pub trait Seekable: Read + Seek {}

impl<T: Read + Seek> Seekable for T {}

/// A place for what is written: memory, and a file from some size on.
pub fn spool() -> SpooledTempFile {
    spooled_tempfile(IN_MEMORY)
}

/// What was written, under a label.
pub fn written(spool: SpooledTempFile, media: MediaType) -> io::Result<Typed> {
    Ok(match spool.into_inner() {
        SpooledData::InMemory(bytes) => Typed::bytes(bytes.into_inner(), media),
        SpooledData::OnDisk(mut file) => {
            file.seek(SeekFrom::Start(0))?;
            Typed::file(FileContent::of("compression", Arc::new(file)), media)
        }
    })
}

/// How much may still be unpacked, in bytes: some archives are small only until they are unpacked.
pub struct Allowance {
    left: u64,
    most: u64,
}

impl Allowance {
    /// What may be made of so many packed bytes.
    pub fn of(packed: u64) -> Self {
        Self::at_most(packed.saturating_mul(RATIO).max(HARMLESS))
    }

    /// What may be made in memory of so many packed bytes.
    pub fn in_memory(packed: u64) -> Self {
        Self::at_most(Self::of(packed).most.min(MOST_IN_MEMORY))
    }

    /// So many bytes.
    pub fn at_most(most: u64) -> Self {
        Self { left: most, most }
    }

    /// Copies all that a reader gives.
    ///
    /// # Errors
    /// `COULD_NOT_DECOMPRESS` for what is damaged and for what is larger than allowed.
    pub fn copy(&mut self, from: impl Read, to: &mut impl io::Write) -> Result<(), Problem> {
        let copied = io::copy(&mut from.take(self.left + 1), to).map_err(|e| not_decompressed(&e.to_string()))?;
        match self.left.checked_sub(copied) {
            Some(left) => self.left = left,
            None => return Err(not_decompressed(&format!("it unpacks to more than the {} bytes allowed", self.most))),
        }
        Ok(())
    }
}
