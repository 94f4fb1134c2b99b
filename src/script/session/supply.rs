//! Inputs: files and values under the names that expressions read.

use super::entry::Kind;
use super::{Answer, Reply, Session};
use crate::diag::{Code, Fault, Report};
use crate::format::registry;
use crate::script::{EVENT_INPUTS, Inputs};
use crate::text::Source;
use crate::value::{ObjectBuilder, Value};
use std::path::{Path, PathBuf};

/// An input with its value.
#[derive(Clone, Debug)]
pub(super) struct Supplied {
    pub name: String,
    pub origin: Origin,
    pub value: Value,
}

/// Where an input came from.
#[derive(Clone, Debug)]
pub(super) enum Origin {
    /// A file of this type.
    File(PathBuf, String),
    /// The routes of `:gather`, as typed.
    Routes(String),
    /// A value, which nothing leads back to.
    Value,
}

impl Session {
    /// Sets an input to a value.
    pub fn set_value(&mut self, name: &str, value: Value) {
        self.supply(name, Origin::Value, value);
    }

    /// Sets an input to the content of a file; `None` takes its type from the extension.
    ///
    /// # Errors
    /// The file cannot be read as its type.
    pub fn set_file(&mut self, name: &str, path: &Path, mime: Option<&str>) -> Result<(), Report> {
        let mime = mime.map_or_else(|| mime_of(path), str::to_string);
        let value = self.read(name, path, &mime)?;
        self.supply(name, Origin::File(path.to_path_buf(), mime), value);
        Ok(())
    }

    pub(super) fn supply(&mut self, name: &str, origin: Origin, value: Value) {
        self.supplied.retain(|s| s.name != name);
        self.supplied.push(Supplied { name: name.to_string(), origin, value });
        self.entries.outdate(Kind::Input, name);
    }

    /// The input of this name.
    pub(super) fn supplied(&self, name: &str) -> Option<&Supplied> {
        self.supplied.iter().find(|s| s.name == name)
    }

    /// Reads a file as an `input` directive of that name says, else as this type.
    pub(super) fn read(&self, name: &str, path: &Path, mime: &str) -> Result<Value, Report> {
        let directive = self.entries.of_kind(Kind::Input, name).map(|e| e.text()).unwrap_or_default();
        let source = Source::new(format!("input {name}"), format!("%dw 2.0\n{directive}\n---\n{name}"));
        let script = self.engine.script(&source, &[name])?;
        let inputs = Inputs::new().file(name, mime, Vec::new(), path)?;
        Ok(script.evaluate(inputs, script.watch(self.interrupt.clone()))?)
    }

    /// Reads an input again, whose directive or file has changed.
    pub(super) fn read_again(&mut self, name: &str) -> Result<(), Report> {
        match self.supplied(name).map(|s| s.origin.clone()) {
            Some(Origin::File(path, mime)) => self.set_file(name, &path, Some(&mime)),
            Some(Origin::Routes(routes)) => {
                let value = self.gathered(&routes)?;
                self.supply(name, Origin::Routes(routes), value);
                Ok(())
            }
            Some(Origin::Value) | None => Ok(()),
        }
    }

    /// Sets an input from what follows its name in a command: a file, or an expression.
    pub(super) fn set(&mut self, name: &str, given: &str) -> Result<Reply, Report> {
        match self.file_or_value(given)? {
            Given::File(path) => self.set_file(name, &path, None)?,
            Given::Value(value) => self.set_value(name, value),
        }
        // A variable of this name would hide the input.
        if self.entries.named(name).is_some() {
            self.entries.remove(name);
        }
        let value = self.supplied(name).map(|s| s.value.clone()).unwrap_or_default();
        Ok(Reply::Text(format!("{name} = {}", self.one_line(&value, name.len() + 3))))
    }

    /// What a command's argument stands for.
    pub(super) fn file_or_value(&mut self, given: &str) -> Result<Given, Report> {
        let path = PathBuf::from(given.trim_matches('"'));
        if path.is_file() {
            return Ok(Given::File(path));
        }
        if looks_like_file(given) {
            let fault = Fault::new(Code::Io, format!("there is no file `{given}`"));
            return Err(fault.help("the path is relative to the folder that dwrun was started in").into());
        }
        let phrase = self.phrase(given)?;
        Ok(Given::Value(self.evaluate(&phrase)?.0))
    }

    /// `:event FILE`: an object with the parts of a Mule event.
    pub(super) fn event(&mut self, given: &str) -> Result<Reply, Report> {
        let value = match self.file_or_value(given)? {
            Given::File(path) => self.read("event", &path, &mime_of(&path))?,
            Given::Value(value) => value,
        };
        let Value::Object(event) = value.bare() else {
            let fault = Fault::new(Code::Argument, format!("an event is an object, not a {}", value.type_name()));
            return Err(fault.help("its keys are `payload`, `attributes`, `vars` and so on").into());
        };
        if let Some(unknown) = event.iter().find(|pair| !EVENT_INPUTS.contains(&pair.name.local.as_str())) {
            let fault = Fault::new(Code::Argument, format!("an event has no part `{}`", unknown.name.local));
            return Err(fault.help(format!("its parts are {}", EVENT_INPUTS.join(", "))).into());
        }
        let mut names = Vec::new();
        for pair in event.iter() {
            self.set_value(&pair.name.local, pair.value.clone());
            names.push(pair.name.local.to_string());
        }
        if event.get("message").is_none() {
            let mut message = ObjectBuilder::default();
            for part in ["payload", "attributes"] {
                message.field(part, event.get(part).cloned().unwrap_or_default());
            }
            self.set_value("message", message.value());
        }
        Ok(Reply::Text(format!("set: {}", names.join(", "))))
    }

    /// The value of an input, to be shown.
    pub(super) fn show_input(&mut self, name: &str) -> Result<Reply, Report> {
        let phrase = self.phrase(name)?;
        let (value, script) = self.evaluate(&phrase)?;
        Ok(Reply::Result(Answer { value, script, whole: false }))
    }
}

/// What a command's argument stands for.
pub(super) enum Given {
    /// A file that is there.
    File(PathBuf),
    /// The value of an expression.
    Value(Value),
}

/// The type of a file, by its extension.
pub(super) fn mime_of(path: &Path) -> String {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    registry::by_extension(extension).map_or("application/json", |format| format.mime_type()).to_string()
}

/// One word that ends in the extension of a format: hardly an expression.
fn looks_like_file(given: &str) -> bool {
    let extension = Path::new(given).extension().and_then(|e| e.to_str()).unwrap_or_default();
    !given.contains(|c: char| c.is_whitespace() || "\"'()[]{}$".contains(c))
        && registry::by_extension(extension).is_some()
}
