//! The outer world of a running script: formats, the log, time, variables, files, other scripts.

use super::data::refuse_code;
use super::engine::Engine;
use super::inputs::{Inputs, Surroundings};
use super::{catalogue, resource};
use crate::diag::{Code, Fault};
use crate::eval::{self, Evaluated, Host, LogLevel};
use crate::format::{Input, Options, Resources, Scripts, registry};
use crate::syntax;
use crate::text::Source;
use crate::value::temporal::{DateTime, Zone};
use crate::value::{Charset, Object, Schema, Str, Value, limit};
use std::env;
use std::io::{self, ErrorKind, Write};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The host of the scripts of one engine.
pub(super) struct World {
    engine: Engine,
    surroundings: Option<Arc<dyn Surroundings>>,
}

impl World {
    pub(super) fn new(engine: Engine, surroundings: Option<Arc<dyn Surroundings>>) -> Self {
        Self { engine, surroundings }
    }

    fn text_of(value: &Value) -> Result<String, Fault> {
        let mut out = Vec::new();
        let format = registry::by_id("dw")?;
        format.write(value.clone(), &mut out, &Options::lenient(format.writer_properties(), &[])?)?;
        Ok(String::from_utf8_lossy(&out).into_owned())
    }

    fn read_input(&self, input: Input, mime: &str, properties: &Object) -> Result<Value, Fault> {
        let format = registry::by_name(mime)?;
        let options =
            Options::lenient(format.reader_properties(), &pairs(properties))?.with_resources(self.resources());
        let value = format.read(input, &options, self)?;
        // `read` reads the whole text at once: what is wrong with it shows here and not where it is used.
        if let Value::Array(items) = value.bare() {
            items.force()?;
        }
        Ok(value)
    }

    /// The files that formats may load.
    pub(super) fn resources(&self) -> Resources {
        resource::for_formats(&self.engine)
    }

    fn refuse_unless_trusted(&self, what: &str) -> Result<(), Fault> {
        if self.engine.settings().trusted {
            return Ok(());
        }
        let fault = Fault::new(Code::Privilege, format!("this script may not {what}"));
        Err(fault.help("the program that runs it has to grant this"))
    }
}

impl Host for World {
    fn log(&self, level: LogLevel, prefix: &str, value: &Value) {
        // A value that cannot be written must not end the run: logging is an aside.
        let text = Self::text_of(value).unwrap_or_else(|fault| format!("<{fault}>"));
        let line = if prefix.is_empty() { text } else { format!("{prefix} - {text}") };
        (self.engine.settings().log)(level, &line);
    }

    fn read(&self, content: &Value, mime: &str, properties: &Object) -> Result<Value, Fault> {
        let bytes: Arc<[u8]> = match content.bare() {
            Value::String(text) => text.as_bytes().into(),
            Value::Binary(bytes) => bytes.as_slice().into(),
            other => return Err(Fault::internal(format!("`read` was given a {}", other.type_name()))),
        };
        self.read_input(Input::memory("read", bytes).without_guessing(), mime, properties)
    }

    fn read_url(&self, url: &str, mime: &str, properties: &Object) -> Result<Value, Fault> {
        self.refuse_unless_trusted("read URLs")?;
        let input = resource::open(url, &self.engine.settings().modules)?;
        self.read_input(input, mime, properties)
    }

    fn write(&self, value: &Value, mime: &str, properties: &Object) -> Result<Value, Fault> {
        // In apps, where a Java object is what a script gives if it does not say, one is written by handing it on.
        if mime == "application/java" && self.engine.settings().default_output == mime {
            return Ok(value.clone());
        }
        let format = registry::by_name(mime)?;
        let options = Options::lenient(format.writer_properties(), &pairs(properties))?;
        let options = options.with_mime(mime).with_resources(self.resources());
        let mut out = Bounded(Vec::new());
        let written = format.write(value.clone(), &mut out, &options);
        let out = out.0;
        limit::text(out.len())?;
        written?;
        let mime = if mime.contains('/') { mime } else { format.mime_type() };
        let schema = Schema(vec![("mimeType".into(), mime.into())]);
        if !format.is_text() {
            return Ok(Value::Binary(Arc::new(out)).with_schema(schema));
        }
        // The text is wanted, whatever character set its bytes are in.
        let charset = Some(options.text("encoding")).filter(|name| !name.is_empty()).map(Charset::named).transpose()?;
        Ok(Value::from(charset.unwrap_or(Charset::UTF_8).decode(&out)?.to_string()).with_schema(schema))
    }

    fn now(&self) -> Result<DateTime, Fault> {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO);
        let nanos = i128::try_from(since.as_nanos()).unwrap_or_default();
        DateTime::from_instant(nanos, Zone::UTC).ok_or_else(|| Fault::new(Code::Limit, "the clock is out of range"))
    }

    fn random(&self) -> Result<f64, Fault> {
        Ok(fastrand::f64())
    }

    fn environment_variable(&self, name: &str) -> Result<Option<String>, Fault> {
        self.refuse_unless_trusted("read environment variables")?;
        Ok(env::var(name).ok())
    }

    fn environment(&self) -> Result<Vec<(String, String)>, Fault> {
        self.refuse_unless_trusted("read environment variables")?;
        let text = |(name, value): (std::ffi::OsString, std::ffi::OsString)| {
            name.into_string().ok().zip(value.into_string().ok())
        };
        Ok(env::vars_os().filter_map(text).collect())
    }

    fn property(&self, name: &str) -> Result<Option<String>, Fault> {
        let properties = &self.engine.settings().properties;
        Ok(properties.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone()))
    }

    fn properties(&self) -> Result<Vec<(String, String)>, Fault> {
        Ok(self.engine.settings().properties.clone())
    }

    fn formats(&self) -> Value {
        catalogue::descriptors()
    }

    fn call(&self, function: &str, arguments: Vec<Value>) -> Result<Value, Fault> {
        match &self.surroundings {
            Some(surroundings) => surroundings.call(function, arguments),
            None => {
                let place = if function.starts_with("Tests::") { "in tests" } else { "in Mule apps" };
                let fault = Fault::new(Code::Privilege, format!("`{function}` is there {place} only"));
                Err(fault.help("run it as a part of one: `dwrun test`, `dwrun flow`"))
            }
        }
    }

    fn pause(&self, time: Duration) {
        match &self.surroundings {
            Some(surroundings) => surroundings.pause(time),
            None => std::thread::sleep(time),
        }
    }

    fn evaluate(&self, script: eval::Script) -> Result<Evaluated, Fault> {
        let mut engine = self.engine.clone();
        if let Some(modules) = &script.modules {
            engine = engine.only_modules(modules);
        }
        if let Some(limit) = script.time_out {
            engine = engine.time_limit(limit);
        }
        let source = Source::new(script.name.as_str(), script.text);
        let names: Vec<&str> = script.inputs.iter().map(|(name, _)| name.as_str()).collect();
        let program = engine.script(&source, &names).map_err(first)?;
        let inputs = script.inputs.iter().fold(Inputs::new(), |all, (name, value)| all.value(name, value.clone()));
        program.evaluate_in(inputs, script.host, script.interrupt, script.max_stack, script.output)
    }
}

/// Takes bytes until there are more than a text may have.
struct Bounded(Vec<u8>);

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        if self.0.len() > limit::MOST_BYTES { Err(ErrorKind::FileTooLarge.into()) } else { Ok(bytes.len()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Scripts for World {
    fn evaluate(&self, source: Arc<Source>, only_data: bool) -> Result<Value, Fault> {
        if only_data {
            let document = syntax::parse_script(&source).map_err(first)?;
            refuse_code(&document, &source)?;
        }
        let script = self.engine.script(&source, &[]).map_err(first)?;
        script.evaluate(Inputs::new(), script.watch(Arc::default()))
    }
}

fn first(faults: Vec<Fault>) -> Fault {
    faults.into_iter().next().unwrap_or_else(|| Fault::internal("a script failed without a fault"))
}

fn pairs(object: &Object) -> Vec<(Str, Value)> {
    object.iter().map(|pair| (pair.name.local.clone(), pair.value.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Mutex;

    #[test]
    fn logs_whole_values() {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let log = lines.clone();
        let engine = Engine::new().on_log(move |_, line| log.lock().unwrap().push(line.to_string()));
        engine.compile("log(\"x\", {a: [1]})").unwrap().run(Inputs::new()).unwrap();
        let line = lines.lock().unwrap().join("|");
        assert_eq!(line.split_whitespace().collect::<Vec<_>>().join(" "), "x - { a: [ 1 ] }");
    }
}
