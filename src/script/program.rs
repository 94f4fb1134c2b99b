//! A compiled script: run it with inputs, write its result.

use super::engine::{Engine, standard};
use super::inputs::{Inputs, Supply};
use super::resource;
use super::world::World;
use crate::diag::{Code, Fault, Report};
use crate::eval::{self, Evaluated, Host, Run};
use crate::format::{Format, Input, MediaType, Options, registry, tag_root};
use crate::plan::{self, Plan};
use crate::value::{Charset, Object, Str, Value, Watch};
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

impl Target {
    /// A format by name, with properties given as an object.
    fn named(mime: &str, properties: &Object) -> Result<Self, Fault> {
        let format = registry::by_name(mime)?;
        let given: Vec<_> = properties.iter().map(|p| (p.name.local.clone(), p.value.clone())).collect();
        Ok(Self { format, options: Options::lenient(format.writer_properties(), &given)?.with_mime(mime) })
    }

    fn encoding(&self) -> String {
        match self.options.text("encoding") {
            "" => "UTF-8".to_string(),
            named => named.to_string(),
        }
    }
}

impl Script {
    pub(super) fn new(engine: Engine, plan: Plan) -> Self {
        Self { engine, plan: Arc::new(plan) }
    }

    /// Runs the script. Inputs that it does not use are not read.
    pub fn run(&self, inputs: Inputs) -> Result<Value, Report> {
        Ok(self.evaluate(inputs, self.watch(Arc::default()))?)
    }

    /// Runs the script until it ends or somebody sets `interrupt`.
    pub fn run_interruptible(&self, inputs: Inputs, interrupt: Arc<AtomicBool>) -> Result<Value, Report> {
        Ok(self.evaluate(inputs, self.watch(interrupt))?)
    }

    /// Runs the script and writes its result as the `output` directive says.
    pub fn run_to(&self, inputs: Inputs, out: &mut dyn Write) -> Result<(), Report> {
        let target = self.target()?;
        let watch = self.watch(Arc::default());
        let _watching = watch.here();
        let value = self.evaluate(inputs, watch)?;
        Ok(target.format.write(value, out, &target.options)?)
    }

    /// Writes a value as the `output` directive says.
    pub fn write(&self, value: Value, out: &mut dyn Write) -> Result<(), Report> {
        Ok(self.write_value(value, out)?)
    }

    /// The same with the fault as it is.
    pub(super) fn write_value(&self, value: Value, out: &mut dyn Write) -> Result<(), Fault> {
        let target = self.target()?;
        target.format.write(value, out, &target.options)
    }

    /// The MIME type of the result.
    pub fn output_type(&self) -> Result<String, Report> {
        let given = self.plan.output().and_then(|o| o.mime.as_deref()).filter(|m| m.contains('/'));
        Ok(match given {
            Some(mime) => mime.to_string(),
            None => self.target()?.format.mime_type().to_string(),
        })
    }

    /// Whether the script has an `output` directive.
    pub fn has_output(&self) -> bool {
        self.plan.output().is_some()
    }

    /// Whether the script reads this input; what it does not read need not be supplied.
    pub fn uses(&self, input: &str) -> bool {
        self.plan.inputs().iter().any(|known| known.used && known.name == input)
    }

    /// What ends a run that starts now.
    pub(super) fn watch(&self, interrupt: Arc<AtomicBool>) -> Arc<Watch> {
        let deadline = self.engine.settings().time_limit.map(|limit| Instant::now() + limit);
        Arc::new(Watch { interrupt, deadline })
    }

    pub(super) fn evaluate(&self, inputs: Inputs, watch: Arc<Watch>) -> Result<Value, Fault> {
        let world = Arc::new(World::new(self.engine.clone(), inputs.surroundings()));
        let mut run = Run::new(world.clone(), standard().natives.clone());
        run.watch = watch;
        self.start(inputs, run, &world)
    }

    /// Runs the script for another script, in a world of its own.
    pub(super) fn evaluate_in(
        &self,
        inputs: Inputs,
        host: Arc<dyn Host>,
        interrupt: Arc<AtomicBool>,
        max_stack: Option<usize>,
        output: Option<eval::Output>,
    ) -> Result<Evaluated, Fault> {
        let world = World::new(self.engine.clone(), inputs.surroundings());
        let mut run = Run::new(host, standard().natives.clone());
        run.max_stack = max_stack.unwrap_or(run.max_stack);
        run.watch = self.watch(interrupt);
        let _watching = run.watch.here();
        let value = self.start(inputs, run, &world)?;
        let Some(output) = output else { return Ok(Evaluated { value, mime: None, encoding: None }) };
        let target = match self.plan.output() {
            Some(_) => self.target()?,
            None => Target::named(&output.mime, &output.properties)?,
        };
        let mut bytes = Vec::new();
        target.format.write(value, &mut bytes, &target.options)?;
        let mime = self.plan.output().and_then(|o| o.mime.clone()).unwrap_or(output.mime);
        let encoding = target.format.is_text().then(|| target.encoding());
        Ok(Evaluated { value: Value::Binary(Arc::new(bytes)), mime: Some(mime), encoding })
    }

    fn start(&self, mut inputs: Inputs, run: Run, world: &World) -> Result<Value, Fault> {
        let _watching = run.watch.here();
        let mut values = Vec::new();
        for input in self.plan.inputs().iter().filter(|i| i.used) {
            if let Some(supply) = inputs.take(&input.name) {
                values.push((input.name.clone(), read_input(input, supply, world)?));
            }
        }
        eval::run(&self.plan, values, &Arc::new(run))
    }

    fn target(&self) -> Result<Target, Fault> {
        let Some(output) = self.plan.output() else {
            let media = self.engine.settings().default_output.as_str();
            let format = registry::by_name(media)?;
            let options = Options::lenient(format.writer_properties(), &parameters_of(media)?.0)?;
            return Ok(Target { format, options: options.with_namespaces(self.plan.namespaces().to_vec()) });
        };
        let chosen = match (&output.with, &output.mime) {
            (Some(id), _) => registry::by_id(id),
            (None, Some(name)) => registry::by_name(name),
            (None, None) => registry::by_name(&self.engine.settings().default_output),
        };
        let target = chosen.and_then(|format| {
            let options = Options::strict(format.writer_properties(), &output.properties)?;
            let options = options.with_mime(output.mime.as_deref().unwrap_or_default());
            let options = options.with_resources(resource::for_formats(&self.engine));
            Ok(Target { format, options: options.with_namespaces(self.plan.namespaces().to_vec()) })
        });
        target.map_err(|fault| fault.at(|| output.place.clone()))
    }
}

/// Names and values of reader or writer properties.
type Properties = Vec<(Str, Value)>;

/// The properties that stand in a MIME type's parameters, and its character set.
fn parameters_of(media: &str) -> Result<(Properties, Option<Charset>), Fault> {
    if !media.contains('/') {
        return Ok((Vec::new(), None));
    }
    let media = MediaType::parse(media)?;
    Ok((media.properties(), media.charset()?))
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

pub(super) fn read_as(
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
    let (mut all, charset) = parameters_of(mime)?;
    all.extend(properties.iter().cloned());
    let options = Options::lenient(format.reader_properties(), &all)?.with_resources(world.resources());
    let value = format.read(input.with_charset(charset), &options, world)?;
    let essence = if mime.contains('/') { mime.split(';').next().unwrap_or(mime).trim() } else { format.mime_type() };
    Ok(tag_root(value, "UTF-8", essence))
}
