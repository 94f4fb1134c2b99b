//! The inputs of a run: values, or content that is read when the script uses it.

use crate::diag::{Code, Fault};
use crate::format::Input;
use crate::value::{Str, Value};
use std::fs::File;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

/// Named inputs of one run.
#[derive(Default)]
pub struct Inputs {
    supplied: Vec<(String, Supply)>,
    surroundings: Option<Arc<dyn Surroundings>>,
}

/// The program around a running script, as far as the script may reach into it.
pub trait Surroundings: Send + Sync {
    /// Calls a function that the program provides, such as `Mule::lookup`.
    fn call(&self, function: &str, arguments: Vec<Value>) -> Result<Value, Fault>;

    /// Sleeps, letting other work of the program go on.
    fn pause(&self, time: Duration);
}

/// What an input is before it is read.
#[derive(Debug)]
pub enum Supply {
    /// A value as it is.
    Value(Value),
    /// Content of a type, with reader properties.
    Content {
        /// The bytes.
        input: Input,
        /// A MIME type or a format's id.
        mime: String,
        /// Reader properties.
        properties: Vec<(Str, Value)>,
    },
}

impl Inputs {
    /// No inputs yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a value.
    pub fn value(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.supplied.push((name.to_string(), Supply::Value(value.into())));
        self
    }

    /// Adds content in memory, as this MIME type or format id.
    pub fn content(self, name: &str, mime: &str, bytes: impl AsRef<[u8]>) -> Self {
        let input = Input::memory(name, bytes.as_ref());
        self.input(name, mime, Vec::new(), input)
    }

    /// Adds a file, read as it is needed. Fails if it cannot be opened.
    pub fn file(self, name: &str, mime: &str, properties: Vec<(Str, Value)>, path: &Path) -> Result<Self, Fault> {
        let refused = |why: String| {
            let message = format!("cannot read input `{name}` from {}: {why}", path.display());
            Fault::new(Code::Io, message).help("check the path; it is relative to the current folder")
        };
        let file = File::open(path).map_err(|e| refused(e.to_string()))?;
        if file.metadata().is_ok_and(|m| m.is_dir()) {
            return Err(refused("it is a folder".into()).help("name a file in it"));
        }
        Ok(self.input(name, mime, properties, Input::file(path.display().to_string(), file)))
    }

    /// Adds content of any origin.
    pub fn input(mut self, name: &str, mime: &str, properties: Vec<(Str, Value)>, input: Input) -> Self {
        self.supplied.push((name.to_string(), Supply::Content { input, mime: mime.to_string(), properties }));
        self
    }

    /// Lets the script reach into the program that runs it.
    pub fn within(mut self, surroundings: Arc<dyn Surroundings>) -> Self {
        self.surroundings = Some(surroundings);
        self
    }

    /// The program around the script, if it is there.
    pub(super) fn surroundings(&self) -> Option<Arc<dyn Surroundings>> {
        self.surroundings.clone()
    }

    /// The names, in the order they were added.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.supplied.iter().map(|(name, _)| name.as_str())
    }

    /// Takes an input out; a later one of the same name wins.
    pub fn take(&mut self, name: &str) -> Option<Supply> {
        let at = self.supplied.iter().rposition(|(n, _)| n == name)?;
        Some(self.supplied.remove(at).1)
    }
}
