//! What a script may ask of the outer world.

use crate::diag::Fault;
use crate::value::{Object, Value};

/// The outer world of a running script. Each method may refuse with a `Privilege` fault.
pub trait Host: Send + Sync {
    /// Writes a line of `log(prefix, value)`.
    fn log(&self, prefix: &str, value: &Value);

    /// Reads content (String or Binary) as this MIME type or format id, with reader properties.
    fn read(&self, content: &Value, mime: &str, properties: &Object) -> Result<Value, Fault>;

    /// Writes a value as this MIME type or format id: a String for text formats, else a Binary.
    fn write(&self, value: &Value, mime: &str, properties: &Object) -> Result<Value, Fault>;
}
