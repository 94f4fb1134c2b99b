//! What a script may ask of the outer world.

use crate::diag::Fault;
use crate::value::{Object, Value};

/// How grave a line of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// For whoever looks for a mistake.
    Debug,
    /// For the record; what `log` writes.
    Info,
    /// Something is odd.
    Warn,
    /// Something failed.
    Error,
}

impl LogLevel {
    /// Every level, the least grave first.
    pub const ALL: [LogLevel; 4] = [LogLevel::Debug, LogLevel::Info, LogLevel::Warn, LogLevel::Error];

    /// The name that scripts use.
    pub fn name(self) -> &'static str {
        match self {
            LogLevel::Debug => "Debug",
            LogLevel::Info => "Info",
            LogLevel::Warn => "Warn",
            LogLevel::Error => "Error",
        }
    }
}

/// The outer world of a running script. Each method may refuse with a `Privilege` fault.
pub trait Host: Send + Sync {
    /// Writes a line of `log(prefix, value)` and its kin; the prefix may be empty.
    fn log(&self, level: LogLevel, prefix: &str, value: &Value);

    /// Reads content (String or Binary) as this MIME type or format id, with reader properties.
    fn read(&self, content: &Value, mime: &str, properties: &Object) -> Result<Value, Fault>;

    /// Reads what a `classpath:`, `file:` or `http:` URL leads to, like `read`.
    fn read_url(&self, url: &str, mime: &str, properties: &Object) -> Result<Value, Fault>;

    /// Writes a value as this MIME type or format id: a String for text formats, else a Binary.
    fn write(&self, value: &Value, mime: &str, properties: &Object) -> Result<Value, Fault>;
}
