//! Natives: the Rust bodies that `native("key")` names in the library's modules.

use super::Run;
use crate::diag::Fault;
use crate::plan::Natives;
use crate::value::{Array, Function, Number, Object, Str, Temporal, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A native body. The overload was chosen by the declared parameter types, and scalars are converted already:
/// the accessors of [`Args`] cannot meet another kind unless declaration and body disagree.
pub type NativeFn = fn(&Run, Args<'_>) -> Result<Value, Fault>;

/// A native with the key that the library's declarations use, such as `core::mapArray`.
pub struct Native {
    /// `module::name`.
    pub key: &'static str,
    /// The body.
    pub body: NativeFn,
}

/// All natives of an engine, found by key while planning and by number while running.
pub struct NativeTable {
    bodies: Vec<NativeFn>,
    numbers: FxHashMap<&'static str, u32>,
}

impl NativeTable {
    /// Numbers the natives of all modules.
    pub fn new(natives: impl IntoIterator<Item = &'static Native>) -> Self {
        let mut table = Self { bodies: Vec::new(), numbers: FxHashMap::default() };
        for native in natives {
            table.numbers.insert(native.key, table.bodies.len() as u32);
            table.bodies.push(native.body);
        }
        table
    }

    /// The body of this number.
    pub(super) fn body(&self, number: u32) -> Option<NativeFn> {
        self.bodies.get(number as usize).copied()
    }
}

impl Natives for Arc<NativeTable> {
    fn position(&self, key: &str) -> Option<u32> {
        self.numbers.get(key).copied()
    }
}

/// The arguments of a native call, one for each parameter (missing ones are filled from the defaults).
pub struct Args<'a>(&'a mut [Value]);

impl<'a> Args<'a> {
    /// Wraps evaluated arguments.
    pub fn new(values: &'a mut [Value]) -> Self {
        Self(values)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The argument as it came, schema and key tag included.
    pub fn value(&self, index: usize) -> &Value {
        self.0.get(index).unwrap_or(&Value::Null)
    }

    /// The argument without schema and key tag.
    pub fn bare(&self, index: usize) -> &Value {
        self.value(index).bare()
    }

    /// Moves the argument out, so that a value nobody else holds can be changed in place or streamed.
    pub fn take(&mut self, index: usize) -> Value {
        self.0.get_mut(index).map(std::mem::take).unwrap_or_default()
    }

    /// Moves an Array (or a Range, as an array) out.
    pub fn take_array(&mut self, index: usize) -> Result<Array, Fault> {
        match self.take(index).into_bare() {
            Value::Array(array) => Ok(array),
            Value::Range(range) => Ok(Array::lazy(crate::value::Elements::range(&range))),
            other => Err(mismatch("Array", &other)),
        }
    }

    /// A String argument.
    pub fn str(&self, index: usize) -> Result<&str, Fault> {
        self.text(index).map(Str::as_str)
    }

    /// A String argument, cheap to clone.
    pub fn text(&self, index: usize) -> Result<&Str, Fault> {
        match self.bare(index) {
            Value::String(text) => Ok(text),
            other => Err(mismatch("String", other)),
        }
    }

    /// A Binary argument.
    pub fn bytes(&self, index: usize) -> Result<&[u8], Fault> {
        match self.bare(index) {
            Value::Binary(bytes) => Ok(bytes),
            other => Err(mismatch("Binary", other)),
        }
    }

    /// A temporal argument.
    pub fn temporal(&self, index: usize) -> Result<&Temporal, Fault> {
        match self.bare(index) {
            Value::Temporal(temporal) => Ok(temporal),
            other => Err(mismatch("temporal value", other)),
        }
    }

    /// A Number argument.
    pub fn number(&self, index: usize) -> Result<Number, Fault> {
        self.bare(index).as_number().ok_or_else(|| mismatch("Number", self.bare(index)))
    }

    /// An Object argument.
    pub fn object(&self, index: usize) -> Result<&Object, Fault> {
        match self.bare(index) {
            Value::Object(object) => Ok(object),
            other => Err(mismatch("Object", other)),
        }
    }

    /// A Function argument; clone it to keep it (cheap).
    pub fn function(&self, index: usize) -> Result<&Function, Fault> {
        match self.bare(index) {
            Value::Function(function) => Ok(function),
            other => Err(mismatch("Function", other)),
        }
    }
}

fn mismatch(wanted: &str, got: &Value) -> Fault {
    Fault::internal(format!(
        "a native was declared for other types than it takes: {wanted} wanted, {} given",
        got.type_name()
    ))
}
