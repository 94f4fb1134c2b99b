//! A compiled script: run it with inputs, write its result.

use super::engine::{Engine, standard};
use super::inputs::{Inputs, Supply};
use super::world::World;
use crate::diag::{Code, Fault, Report};
use crate::eval::{self, Run};
use crate::format::{Format, Input, MediaType, Options, registry, tag_root};
use crate::plan::{self, Plan};
use crate::value::{Str, Value};
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Instant;

/// A compiled script; immutable, so any number of threads may run it at once.
#[derive(Clone)]
pub struct Script {
    engine: Engine,
    plan: Arc<Plan>,
}

/// The format a result is written in, with its properties.
struct Target {
    format: &'static dyn Format,
    options: Options,
}

impl Script {
    pub(super) fn new(engine: Engine, plan: Plan) -> Self {
        Self { engine, plan: Arc::new(plan) }
    }

    /// Runs the script. Inputs that it does not use are not read.
    pub fn run(&self, inputs: Inputs) -> Result<Value, Report> {
        Ok(self.evaluate(inputs, Arc::default())?)
    }

    /// Runs the script until it ends or somebody sets `interrupt`.
    pub fn run_interruptible(&self, inputs: Inputs, interrupt: Arc<AtomicBool>) -> Result<Value, Report> {
        Ok(self.evaluate(inputs, interrupt)?)
    }

    /// Runs the script and writes its result as the `output` directive says.
    pub fn run_to(&self, inputs: Inputs, out: &mut dyn Write) -> Result<(), Report> {
        let target = self.target()?;
        let value = self.run(inputs)?;
        Ok(target.format.write(value, out, &target.options)?)
    }

    /// Writes a value as the `output` directive says.
    pub fn write(&self, value: Value, out: &mut dyn Write) -> Result<(), Report> {
        let target = self.target()?;
        Ok(target.format.write(value, out, &target.options)?)
    }

    /// The MIME type of the result.
    pub fn output_type(&self) -> Result<String, Report> {
        let given = self.plan.output().and_then(|o| o.mime.as_deref()).filter(|m| m.contains('/'));
        Ok(match given {
            Some(mime) => mime.to_string(),
            None => self.target()?.format.mime_type().to_string(),
        })
    }

    pub(super) fn evaluate(&self, mut inputs: Inputs, interrupt: Arc<AtomicBool>) -> Result<Value, Fault> {
        let settings = self.engine.settings();
        let world = Arc::new(World::new(self.engine.clone()));
        let mut values = Vec::new();
        for input in self.plan.inputs().iter().filter(|i| i.used) {
            if let Some(supply) = inputs.take(&input.name) {
                values.push((input.name.clone(), read_input(input, supply, &world)?));
            }
        }
        let mut run = Run::new(world, standard().natives.clone());
        run.interrupt = interrupt;
        run.deadline = settings.time_limit.map(|limit| Instant::now() + limit);
        eval::run(&self.plan, values, &Arc::new(run))
    }

    fn target(&self) -> Result<Target, Fault> {
        let Some(output) = self.plan.output() else {
            let media = self.engine.settings().default_output.as_str();
            let format = registry::by_name(media)?;
            let options = Options::lenient(format.writer_properties(), &properties_of(media)?)?;
            return Ok(Target { format, options });
        };
        let chosen = match (&output.with, &output.mime) {
            (Some(id), _) => registry::by_id(id),
            (None, Some(name)) => registry::by_name(name),
            (None, None) => registry::by_name(&self.engine.settings().default_output),
        };
        let target = chosen.and_then(|format| {
            let options = Options::strict(format.writer_properties(), &output.properties)?;
            Ok(Target { format, options })
        });
        target.map_err(|fault| fault.at(|| output.place.clone()))
    }
}

/// The reader properties that stand in a MIME type's parameters.
fn properties_of(media: &str) -> Result<Vec<(Str, Value)>, Fault> {
    if media.contains('/') { Ok(MediaType::parse(media)?.properties()) } else { Ok(Vec::new()) }
}

/// Reads an input; an `input` directive of the script replaces type and properties given from outside.
fn read_input(declared: &plan::Input, supply: Supply, world: &World) -> Result<Value, Fault> {
    let (input, mime, properties) = match supply {
        Supply::Value(value) => return Ok(value),
        Supply::Content { input, mime, properties } => (input, mime, properties),
    };
    let Some(directive) = declared.declared.as_ref().filter(|d| d.mime.is_some() || d.with.is_some()) else {
        return read_as(input, &mime, &properties, None, world);
    };
    let mime = directive.mime.clone().unwrap_or(mime);
    let mut all = properties;
    all.retain(|(name, _)| directive.properties.iter().all(|(n, _)| n != name));
    all.extend(directive.properties.iter().cloned());
    read_as(input, &mime, &all, directive.with.as_deref(), world).map_err(|fault| fault.at(|| directive.place.clone()))
}

fn read_as(
    input: Input,
    mime: &str,
    properties: &[(Str, Value)],
    with: Option<&str>,
    world: &World,
) -> Result<Value, Fault> {
    let format = match with {
        Some(id) => registry::by_id(id),
        None => registry::by_name(mime),
    };
    let format = format.map_err(|fault| {
        let message = format!("input `{}` cannot be read: {}", input.name, fault.message());
        Fault::new(Code::UnknownFormat, message).help(fault.hint().unwrap_or_default())
    })?;
    let mut all = properties_of(mime)?;
    all.extend(properties.iter().cloned());
    let options = Options::lenient(format.reader_properties(), &all)?;
    let value = format.read(input, &options, world)?;
    let essence = if mime.contains('/') { mime.split(';').next().unwrap_or(mime).trim() } else { format.mime_type() };
    Ok(tag_root(value, "UTF-8", essence))
}
