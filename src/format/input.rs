//! Where a reader gets its bytes.

use super::window::read_failed;
use crate::diag::Fault;
use crate::value::Charset;
use std::fmt;
use std::io::Read;
use std::sync::Arc;

/// Bytes to read: in memory, or a stream that is read once.
pub struct Input {
    /// The name shown in messages: a file path or an input's name.
    pub name: String,
    /// The bytes.
    pub bytes: Bytes,
    /// The character set told from outside, as in `text/csv; charset=ISO-8859-1`.
    pub charset: Option<Charset>,
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
        Self { name: name.into(), bytes: Bytes::Memory(bytes.into()), charset: None, may_guess: true }
    }

    /// An input that is read as it is needed.
    pub fn stream(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Self { name: name.into(), bytes: Bytes::Stream(Box::new(reader)), charset: None, may_guess: true }
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
            Bytes::Stream(mut reader) => {
                let mut all = Vec::new();
                reader.read_to_end(&mut all).map_err(|e| read_failed(&self.name, &e))?;
                Ok(all)
            }
        }
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Input({})", self.name)
    }
}
