//! The outer world of a running script: formats, the log, other scripts.

use super::data::refuse_code;
use super::engine::Engine;
use super::inputs::Inputs;
use crate::diag::Fault;
use crate::eval::Host;
use crate::format::{Input, Options, Scripts, registry};
use crate::syntax;
use crate::text::Source;
use crate::value::{Object, Str, Value};
use std::sync::Arc;

/// The host of the scripts of one engine.
pub(super) struct World {
    engine: Engine,
}

impl World {
    pub(super) fn new(engine: Engine) -> Self {
        Self { engine }
    }

    fn text_of(&self, value: &Value) -> Result<String, Fault> {
        let format = registry::by_id("dw")?;
        let mut out = Vec::new();
        format.write(value.clone(), &mut out, &Options::default())?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }
}

impl Host for World {
    fn log(&self, prefix: &str, value: &Value) {
        // A value that cannot be written must not end the run: logging is an aside.
        let text = self.text_of(value).unwrap_or_else(|fault| format!("<{fault}>"));
        let line = if prefix.is_empty() { text } else { format!("{prefix} - {text}") };
        (self.engine.settings().log)(&line);
    }

    fn read(&self, content: &Value, mime: &str, properties: &Object) -> Result<Value, Fault> {
        let bytes: Arc<[u8]> = match content.bare() {
            Value::String(text) => text.as_bytes().into(),
            Value::Binary(bytes) => bytes.as_slice().into(),
            other => return Err(Fault::internal(format!("`read` was given a {}", other.type_name()))),
        };
        let format = registry::by_name(mime)?;
        let options = Options::lenient(format.reader_properties(), &pairs(properties))?;
        let value = format.read(Input::memory("read", bytes), &options, self)?;
        if let Value::Array(items) = value.bare() {
            items.force()?;
        }
        Ok(value)
    }

    fn write(&self, value: &Value, mime: &str, properties: &Object) -> Result<Value, Fault> {
        let format = registry::by_name(mime)?;
        let options = Options::lenient(format.writer_properties(), &pairs(properties))?;
        let mut out = Vec::new();
        format.write(value.clone(), &mut out, &options)?;
        if !format.is_text() {
            return Ok(Value::Binary(Arc::new(out)));
        }
        Ok(Value::from(String::from_utf8_lossy(&out).into_owned()))
    }
}

impl Scripts for World {
    fn evaluate(&self, source: Arc<Source>, only_data: bool) -> Result<Value, Fault> {
        if only_data {
            let document = syntax::parse_script(&source).map_err(first)?;
            refuse_code(&document, &source)?;
        }
        let script = self.engine.script(&source, &[]).map_err(first)?;
        script.evaluate(Inputs::new(), Arc::default())
    }
}

fn first(faults: Vec<Fault>) -> Fault {
    faults.into_iter().next().unwrap_or_else(|| Fault::internal("a script failed without a fault"))
}

fn pairs(object: &Object) -> Vec<(Str, Value)> {
    object.iter().map(|pair| (pair.name.local.clone(), pair.value.clone())).collect()
}
