//! The parts that everything stored is made of: counts, texts, bytes.

use super::{VERSION, damaged};
use crate::diag::{Code, Fault};
use crate::value::ty::NamedType;
use crate::value::{Shape, Str};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Weak};

const ABSENT: u8 = 0;
const PRESENT: u8 = 1;

/// Writes values and what else belongs to them into bytes.
pub struct Encoder {
    pub(super) out: Vec<u8>,
    /// The places of the shapes written so far, by their ids.
    pub(super) shapes: FxHashMap<u64, u64>,
    /// The declared types that are being written, outermost first.
    pub(super) named: Vec<Arc<NamedType>>,
}

impl Encoder {
    /// An empty one. Objects of the known shapes get these very shapes back when they are read with the same list.
    pub fn new(known: &[Arc<Shape>]) -> Self {
        let shapes = known.iter().enumerate().map(|(place, shape)| (shape.id(), place as u64)).collect();
        Self { out: vec![VERSION], shapes, named: Vec::new() }
    }

    /// Writes one of several kinds.
    pub fn tag(&mut self, tag: u8) {
        self.out.push(tag);
    }

    /// Writes whether a part that may be missing is there.
    pub fn presence(&mut self, is_there: bool) {
        self.tag(if is_there { PRESENT } else { ABSENT });
    }

    /// Writes a count: seven bits a byte, the lowest first.
    pub fn count(&mut self, mut n: u64) {
        while n >= 0x80 {
            self.out.push(n as u8 | 0x80);
            n >>= 7;
        }
        self.out.push(n as u8);
    }

    /// Writes a number with a sign.
    pub fn signed(&mut self, n: i64) {
        self.count(((n << 1) ^ (n >> 63)) as u64);
    }

    /// Writes a long number with a sign.
    pub(super) fn long(&mut self, n: i128) {
        self.out.extend_from_slice(&n.to_le_bytes());
    }

    /// Writes bytes.
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len() as u64);
        self.out.extend_from_slice(bytes);
    }

    /// Writes text.
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// All that was written.
    pub fn finish(self) -> Vec<u8> {
        self.out
    }
}

/// Reads what an [`Encoder`] wrote, part by part in the same order.
pub struct Decoder<'a> {
    rest: &'a [u8],
    pub(super) shapes: Vec<Arc<Shape>>,
    pub(super) named: Vec<Weak<NamedType>>,
}

impl<'a> Decoder<'a> {
    /// At the beginning of what was written, with the same known shapes.
    ///
    /// # Errors
    /// Data of another version.
    pub fn new(bytes: &'a [u8], known: &[Arc<Shape>]) -> Result<Self, Fault> {
        match bytes.split_first() {
            Some((&VERSION, rest)) => Ok(Self { rest, shapes: known.to_vec(), named: Vec::new() }),
            Some((version, _)) => {
                let message = format!("stored data has format {version}, and this program reads format {VERSION}");
                Err(Fault::new(Code::Read, message).help("it was written by another version of dwrun, or is damaged"))
            }
            None => Err(damaged("it is empty")),
        }
    }

    /// Reads which of several kinds comes.
    ///
    /// # Errors
    /// The end of the data.
    pub fn tag(&mut self) -> Result<u8, Fault> {
        let (first, rest) = self.rest.split_first().ok_or_else(|| damaged("it ends too early"))?;
        self.rest = rest;
        Ok(*first)
    }

    /// Reads whether a part that may be missing is there.
    ///
    /// # Errors
    /// The end of the data, or another mark.
    pub fn is_present(&mut self) -> Result<bool, Fault> {
        match self.tag()? {
            ABSENT => Ok(false),
            PRESENT => Ok(true),
            _ => Err(damaged("a part that is neither there nor missing")),
        }
    }

    /// Reads a count.
    ///
    /// # Errors
    /// The end of the data, or more than 64 bits.
    pub fn count(&mut self) -> Result<u64, Fault> {
        let mut n = 0_u64;
        for shift in (0..64).step_by(7) {
            let byte = self.tag()?;
            let bits = u64::from(byte & 0x7f);
            n |= bits << shift;
            if byte < 0x80 {
                return if (bits << shift) >> shift == bits { Ok(n) } else { Err(damaged("a count is too large")) };
            }
        }
        Err(damaged("a count is too long"))
    }

    /// Reads how many parts follow, each of which takes a byte at least.
    pub(super) fn length(&mut self) -> Result<usize, Fault> {
        let length = usize::try_from(self.count()?).ok().filter(|length| *length <= self.rest.len());
        length.ok_or_else(|| damaged("it ends too early"))
    }

    /// Reads a number with a sign.
    ///
    /// # Errors
    /// The end of the data.
    pub fn signed(&mut self) -> Result<i64, Fault> {
        let n = self.count()?;
        Ok((n >> 1) as i64 ^ -((n & 1) as i64))
    }

    pub(super) fn long(&mut self) -> Result<i128, Fault> {
        let (bytes, rest) = self.rest.split_first_chunk().ok_or_else(|| damaged("it ends too early"))?;
        self.rest = rest;
        Ok(i128::from_le_bytes(*bytes))
    }

    /// Reads bytes.
    ///
    /// # Errors
    /// The end of the data.
    pub fn bytes(&mut self) -> Result<&'a [u8], Fault> {
        let length = self.length()?;
        let (bytes, rest) = self.rest.split_at(length);
        self.rest = rest;
        Ok(bytes)
    }

    /// Reads text.
    ///
    /// # Errors
    /// The end of the data, or bytes that are no text.
    pub fn text(&mut self) -> Result<Str, Fault> {
        std::str::from_utf8(self.bytes()?).map(Str::from).map_err(|_| damaged("a text is no UTF-8"))
    }

    /// Checks that all has been read.
    ///
    /// # Errors
    /// There is more.
    pub fn finish(self) -> Result<(), Fault> {
        if self.rest.is_empty() { Ok(()) } else { Err(damaged("something follows its end")) }
    }
}
