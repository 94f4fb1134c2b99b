//! A compiled script of a configuration: what it reads of an event, and what it gives.

use super::around::Around;
use crate::diag::{Fault, Report};
use crate::flow::event::{Content, Error, Event, Octets, Typed, media};
use crate::script::{self, Inputs};
use crate::value::{ObjectBuilder, Value};
use std::sync::Arc;

/// A compiled script of a configuration, or one whose mistakes show when it is run.
pub struct Script {
    compiled: Result<script::Script, Report>,
    text: String,
    /// Set for scripts that only name a part of the event: its content is handed on as it is.
    direct: Option<Part>,
    /// Whether the script selects what is known of values, such as `^mimeType`.
    asks_labels: bool,
    /// The media type of the result, where the script says it.
    output: Option<String>,
}

/// A part of an event that a script may name.
enum Part {
    Payload,
    Attributes,
    Variable(String),
}

impl Script {
    pub(super) fn new(compiled: script::Script, text: &str) -> Self {
        let output = compiled.has_output().then(|| compiled.output_type().ok()).flatten();
        let asks_labels = text.contains(".^") || imports_own(text);
        Self { compiled: Ok(compiled), text: text.trim().to_string(), direct: part(text.trim()), asks_labels, output }
    }

    /// A script that fails with its mistakes whenever it is run.
    pub(super) fn wrong(faults: Vec<Fault>, text: &str) -> Self {
        let text = text.trim().to_string();
        Self { compiled: Err(faults.into()), text, direct: None, asks_labels: false, output: None }
    }

    fn compiled(&self) -> Result<&script::Script, Report> {
        self.compiled.as_ref().map_err(Clone::clone)
    }

    /// The text as written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Runs the script on an event.
    pub(super) fn run(&self, event: &Event, more: &[(&str, Value)]) -> Result<Typed, Error> {
        if let Some(part) = &self.direct {
            return Ok(part.of(event));
        }
        self.evaluate(event, more).map_err(|report| Error::expression(&self.text, report))
    }

    /// The value for an event, with what is not computed yet left so: for whoever takes it apart at once.
    pub(super) fn unsettled(&self, event: &Event) -> Result<Value, Error> {
        if self.direct.is_none() && self.output.as_deref().is_none_or(is_java) {
            return self.compute(event, &[]).map_err(|report| Error::expression(&self.text, report));
        }
        self.run(event, &[])?.read().map_err(|fault| Error::expression(&self.text, fault.into()))
    }

    fn compute(&self, event: &Event, more: &[(&str, Value)]) -> Result<Value, Report> {
        let compiled = self.compiled()?;
        let mut inputs = self.inputs(compiled, event)?.within(Arc::new(Around::new(event.clone())));
        for (name, value) in more {
            inputs = inputs.value(name, value.clone());
        }
        compiled.run(inputs)
    }

    fn evaluate(&self, event: &Event, more: &[(&str, Value)]) -> Result<Typed, Report> {
        let value = self.compute(event, more)?;
        match self.output.as_deref() {
            None => {
                value.settle()?;
                Ok(Typed::value(value))
            }
            Some(output) if is_java(output) => {
                value.settle()?;
                Ok(Typed::new(Content::Value(value.into_bare()), media("application/java")))
            }
            Some(output) => {
                let octets = Octets::written(|out| self.compiled()?.write(value, out))?;
                Ok(Typed::new(octets.into(), media(output)))
            }
        }
    }

    /// The parts of the event that the script reads.
    fn inputs(&self, compiled: &script::Script, event: &Event) -> Result<Inputs, Fault> {
        let mut inputs = Inputs::new();
        for name in super::BINDINGS.into_iter().filter(|name| compiled.uses(name)) {
            let labelled = self.asks_labels.then(|| labelled(event, name)).transpose()?.flatten();
            inputs = inputs.value(name, labelled.map_or_else(|| binding(event, name), Ok)?);
        }
        Ok(inputs)
    }
}

/// Whether a script imports modules other than the library's `dw::…`: they may ask for labels as well.
fn imports_own(text: &str) -> bool {
    let imports = text.split("import ").skip(1).filter_map(|behind| behind.lines().next());
    imports.into_iter().any(|line| !line.contains("dw::"))
}

/// What a name stands for, with the media types of the event on it.
fn labelled(event: &Event, name: &str) -> Result<Option<Value>, Fault> {
    let message = &event.message;
    Ok(Some(match name {
        "payload" => message.payload.read_labelled()?,
        "attributes" => message.attributes.read_labelled()?,
        "message" => {
            let mut object = ObjectBuilder::with_capacity(2);
            object.field("payload", message.payload.read_labelled()?);
            object.field("attributes", message.attributes.read_labelled()?);
            object.value()
        }
        "vars" => {
            let mut object = ObjectBuilder::with_capacity(event.variables.iter().len());
            for (name, value) in event.variables.iter() {
                object.field(name, value.read_labelled()?);
            }
            object.value()
        }
        _ => return Ok(None),
    }))
}

/// What a name stands for.
fn binding(event: &Event, name: &str) -> Result<Value, Fault> {
    Ok(match name {
        "payload" => event.message.payload.read()?,
        "attributes" => event.message.attributes.read()?,
        "vars" => event.variables.to_value()?,
        "message" => event.message.to_value()?,
        "error" => event.error.as_ref().map_or(Ok(Value::Null), Error::to_value)?,
        "correlationId" => Value::String(event.correlation_id.clone()),
        "itemSequenceInfo" => event.item.map_or(Value::Null, |item| item.to_value()),
        "flow" => {
            let mut flow = ObjectBuilder::with_capacity(1);
            flow.field("name", &*event.flow);
            flow.value()
        }
        _ => event.context.app.facts(name),
    })
}

impl Part {
    fn of(&self, event: &Event) -> Typed {
        match self {
            Part::Payload => event.message.payload.clone(),
            Part::Attributes => event.message.attributes.clone(),
            Part::Variable(name) => event.variables.get(name).cloned().unwrap_or_else(Typed::null),
        }
    }
}

/// Whether a script only names a part of the event.
pub(super) fn is_part(script: &str) -> bool {
    part(script.trim()).is_some()
}

/// The part of an event that is all of the script.
fn part(script: &str) -> Option<Part> {
    match script {
        "payload" | "message.payload" => Some(Part::Payload),
        "attributes" | "message.attributes" => Some(Part::Attributes),
        _ => {
            let name = script.strip_prefix("vars.")?;
            let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') && !name.is_empty();
            is_name.then(|| Part::Variable(name.to_string()))
        }
    }
}

/// Whether an `output` leaves a value as it is. As with every format, only the subtype counts.
fn is_java(output: &str) -> bool {
    let essence = output.split(';').next().unwrap_or_default().trim();
    essence == "java" || essence.ends_with("/java")
}
