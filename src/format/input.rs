//! Where a reader gets its bytes.

use super::window::read_failed;
use crate::diag::{Code, Fault};
use crate::value::Charset;
use std::fmt;
use std::fs::File;
use std::io::Read;
use std::sync::Arc;

/// How much of a stream that may never end is held in memory at once. A reader that goes on record by record is not
/// bounded by it.
const HELD: usize = 1 << 30;

/// Bytes to read: in memory, or a stream that is read once.
pub struct Input {
    /// The name shown in messages: a file path or an input's name.
    pub name: String,
    /// The bytes.
    pub bytes: Bytes,
    /// The character set told from outside, as in `text/csv; charset=ISO-8859-1`.
    pub charset: Option<Charset>,
    /// How much of a stream may be held in memory at once.
    pub(super) held: usize,
    /// Whether a reader may find out for itself what its properties should have said: so for the inputs of a script, not
    /// for `read`.
    pub may_guess: bool,
}

/// The bytes of an input.
pub enum Bytes {
    /// All there already.
    Memory(Arc<[u8]>),
    /// Still to come.
    Stream(Box<dyn Read + Send>),
}

impl Input {
    /// An input that is in memory.
    pub fn memory(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self { name: name.into(), bytes: Bytes::Memory(bytes.into()), charset: None, held: usize::MAX, may_guess: true }
    }

    /// An input that is read as it is needed, and that may never end.
    pub fn stream(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Self { name: name.into(), bytes: Bytes::Stream(Box::new(reader)), charset: None, held: HELD, may_guess: true }
    }

    /// A file that is read as it is needed; what is no regular file, such as a pipe or a device, may never end.
    pub fn file(name: impl Into<String>, file: File) -> Self {
        let ends = file.metadata().is_ok_and(|metadata| metadata.is_file());
        let input = Self::stream(name, file);
        if ends { Self { held: usize::MAX, ..input } } else { input }
    }

    /// The same input in this character set.
    pub fn with_charset(self, charset: Option<Charset>) -> Self {
        Self { charset, ..self }
    }

    /// The same input for a reader that must be told everything.
    pub fn without_guessing(self) -> Self {
        Self { may_guess: false, ..self }
    }

    /// All bytes at once, shared.
    pub fn into_memory(self) -> Result<Arc<[u8]>, Fault> {
        match self.bytes {
            Bytes::Memory(bytes) => Ok(bytes),
            Bytes::Stream(_) => self.into_vec().map(Arc::from),
        }
    }

    /// All bytes at once.
    pub fn into_vec(self) -> Result<Vec<u8>, Fault> {
        match self.bytes {
            Bytes::Memory(bytes) => Ok(bytes.to_vec()),
            Bytes::Stream(reader) => {
                let mut all = Vec::new();
                let most = (self.held as u64).saturating_add(1);
                reader.take(most).read_to_end(&mut all).map_err(|e| read_failed(&self.name, &e))?;
                if all.len() > self.held { Err(too_much(&self.name, self.held)) } else { Ok(all) }
            }
        }
    }
}

/// The fault for a stream that does not end.
pub(super) fn too_much(name: &str, held: usize) -> Fault {
    let fault = Fault::new(Code::Limit, format!("{name} is too large to be held: more than {} MiB came", held >> 20));
    fault.help("save it to a file and name that; CSV, NDJSON and arrays of JSON are read record by record at any size")
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Input({})", self.name)
    }
}
