//! Where a reader gets its bytes.

use std::fmt;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

/// Bytes to read: in memory, or a stream that is read once.
pub struct Input {
    /// The name shown in messages: a file path or an input's name.
    pub name: String,
    /// The bytes.
    pub bytes: Bytes,
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
        Self { name: name.into(), bytes: Bytes::Memory(bytes.into()) }
    }

    /// An input that is read as it is needed.
    pub fn stream(name: impl Into<String>, reader: impl Read + Send + 'static) -> Self {
        Self { name: name.into(), bytes: Bytes::Stream(Box::new(reader)) }
    }

    /// The bytes from first to last.
    pub fn into_reader(self) -> Box<dyn Read + Send> {
        match self.bytes {
            Bytes::Memory(bytes) => Box::new(Cursor::new(bytes)),
            Bytes::Stream(reader) => reader,
        }
    }

    /// All bytes at once.
    pub fn into_memory(self) -> io::Result<Arc<[u8]>> {
        match self.bytes {
            Bytes::Memory(bytes) => Ok(bytes),
            Bytes::Stream(mut reader) => {
                let mut all = Vec::new();
                reader.read_to_end(&mut all)?;
                Ok(all.into())
            }
        }
    }
}

impl fmt::Debug for Input {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Input({})", self.name)
    }
}
