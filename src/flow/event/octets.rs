//! Bytes on their way out of an event: in memory, or in a file where there are many.

use super::FileContent;
use super::file::SMALL;
use super::typed::Content;
use crate::diag::Fault;
use bytes::Bytes;
use std::io::{self, BufReader, Write};
use std::sync::Arc;
use tempfile::{SpooledData, spooled_tempfile};

/// How much of a file is copied at once, in bytes.
const PIECE: usize = 256 << 10;

/// Bytes of any number.
#[derive(Clone, Debug)]
pub enum Octets {
    /// In memory.
    Bytes(Bytes),
    /// In a file.
    File(FileContent),
}

impl Octets {
    /// What somebody writes. From 16 MB on it goes into a file that nobody else sees.
    ///
    /// # Errors
    /// What the writing fails with.
    pub fn written<E>(write: impl FnOnce(&mut dyn Write) -> Result<(), E>) -> Result<Self, E> {
        let mut out = spooled_tempfile(SMALL as usize);
        write(&mut out)?;
        Ok(match out.into_inner() {
            SpooledData::InMemory(memory) => Self::Bytes(memory.into_inner().into()),
            SpooledData::OnDisk(file) => Self::File(FileContent::of("output", Arc::new(file))),
        })
    }

    /// Writes all of them.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn write_to(&self, out: &mut dyn Write) -> io::Result<()> {
        match self {
            Self::Bytes(bytes) => out.write_all(bytes),
            Self::File(file) => io::copy(&mut BufReader::with_capacity(PIECE, file.reader()), out).map(drop),
        }
    }

    /// The last one.
    pub fn last(&self) -> Option<u8> {
        match self {
            Self::Bytes(bytes) => bytes.last().copied(),
            Self::File(file) => file.last(),
        }
    }

    /// All of them, in memory.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn into_bytes(self) -> Result<Bytes, Fault> {
        match self {
            Self::Bytes(bytes) => Ok(bytes),
            Self::File(file) => Ok(file.to_vec()?.into()),
        }
    }
}

impl From<Octets> for Content {
    fn from(octets: Octets) -> Self {
        match octets {
            Octets::Bytes(bytes) => Content::Bytes(bytes),
            Octets::File(file) => Content::File(file),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn much_goes_into_a_file_and_comes_back() {
        let line = [b'x'; 1 << 20];
        for (lines, is_file) in [(1, false), (16, false), (17, true)] {
            let octets = Octets::written(|out| (0..lines).try_for_each(|_| out.write_all(&line))).unwrap();
            assert_eq!(matches!(octets, Octets::File(_)), is_file, "{lines}");
            let mut copy = Vec::new();
            octets.write_to(&mut copy).unwrap();
            assert_eq!((copy.len(), octets.last()), (lines << 20, Some(b'x')), "{lines}");
            assert_eq!(octets.into_bytes().unwrap(), copy, "{lines}");
        }
    }
}
