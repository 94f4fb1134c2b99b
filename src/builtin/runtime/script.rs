//! `run`, `eval` and their kin: scripts that a script runs.

use super::attempt::{failed, success};
use super::failure;
use super::guard::{Guard, Logger};
use crate::builtin::amount;
use crate::diag::{Code, Fault};
use crate::eval::{Args, Evaluated, Host, Native, Output, Run, Script};
use crate::value::{Function, Object, ObjectBuilder, Value, coerce, depth};
use std::cell::Cell;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Runtime::eval", body: |run, args| of_files(run, &args, false) },
    Native { key: "Runtime::run", body: |run, args| of_files(run, &args, true) },
    Native { key: "Runtime::evalUrl", body: |run, args| of_url(run, &args, false) },
    Native { key: "Runtime::runUrl", body: |run, args| of_url(run, &args, true) },
];

/// Where a script and its modules come from.
struct Origin {
    name: String,
    text: String,
    modules: Option<Vec<(String, String)>>,
}

/// The script's file is found by its exact name, its modules by their path: `lib::Calc` in `/lib/Calc.dwl`.
fn of_files(run: &Run, args: &Args<'_>, written: bool) -> Result<Value, Fault> {
    let (name, files) = (args.str(0)?, args.object(1)?);
    let text = |value: &Value| coerce::to_text(value).map(|text| text.to_string());
    let main = files.get(name).ok_or_else(|| no_file(name))?;
    let modules: Result<_, Fault> =
        files.iter().map(|file| Ok((module_name(&file.name.local), text(file.value)?))).collect();
    let origin = Origin { name: module_name(name), text: text(main)?, modules: Some(modules?) };
    execute(run, origin, written, [args.object(2)?, args.object(3)?, args.object(4)?])
}

fn of_url(run: &Run, args: &Args<'_>, written: bool) -> Result<Value, Fault> {
    let url = args.str(0)?;
    let text = run.host.read_url(url, "text/plain", &Object::default())?;
    let origin = Origin { name: url.to_string(), text: coerce::to_text(&text)?.to_string(), modules: None };
    execute(run, origin, written, [args.object(1)?, args.object(2)?, args.object(3)?])
}

fn module_name(path: &str) -> String {
    let path = path.strip_prefix('/').unwrap_or(path);
    path.strip_suffix(".dwl").unwrap_or(path).replace('/', "::")
}

fn no_file(name: &str) -> Fault {
    let fault = Fault::new(Code::Argument, format!("there is no file `{name}` to run"));
    fault.help("name one of the keys of the files given, exactly as it is written there")
}

fn execute(run: &Run, origin: Origin, written: bool, given: [&Object; 3]) -> Result<Value, Fault> {
    let [reader_inputs, input_values, settings] = given;
    let guard = Guard::new(run.host.clone(), function(settings, "securityManager"), logger(settings)?);
    let guard = Arc::new(guard);
    let outcome = inputs(&*run.host, reader_inputs, input_values).and_then(|inputs| {
        let script = Script {
            name: origin.name,
            text: origin.text,
            modules: origin.modules,
            inputs,
            output: written.then(|| output(settings)),
            time_out: time_out(settings, run.watch.deadline),
            max_stack: number(settings, "maxStackSize").map(amount::count),
            interrupt: run.watch.interrupt.clone(),
            host: guard.clone(),
        };
        nested(|| run.host.evaluate(script))
    });
    let outcome = outcome.and_then(|evaluated| evaluated.value.settle().map(|()| evaluated));
    // A limit of the outer script ends the outer script.
    run.watch.check()?;
    if let Some(shutdown) = service(settings).and_then(|s| function(s, "shutdown")) {
        shutdown.call(&mut [])?;
    }
    match outcome {
        Ok(evaluated) => Ok(success(result(evaluated, guard.logs()))),
        Err(fault) if fault.code() == Code::Internal || text(settings, "onException") == Some("FAIL") => Err(fault),
        Err(fault) => Ok(failed(failure::of_script(&fault, guard.logs()))),
    }
}

/// Scripts that run scripts that run scripts: each level takes stack, so there is an end to it.
fn nested(evaluate: impl FnOnce() -> Result<Evaluated, Fault>) -> Result<Evaluated, Fault> {
    const DEEPEST: usize = 32;
    thread_local!(static LEVEL: Cell<usize> = const { Cell::new(0) });
    let level = LEVEL.get();
    if level == DEEPEST {
        let fault = Fault::new(Code::StackOverflow, format!("scripts run one another more than {DEEPEST} levels deep"));
        return Err(fault.help("look for a script that runs itself"));
    }
    LEVEL.set(level + 1);
    let outcome = depth::with_stack(evaluate);
    LEVEL.set(level);
    outcome
}

fn result(evaluated: Evaluated, logs: Value) -> Value {
    let mut result = ObjectBuilder::with_capacity(4);
    result.field("value", evaluated.value);
    if let Some(mime) = evaluated.mime {
        result.field("mimeType", mime);
    }
    if let Some(encoding) = evaluated.encoding {
        result.field("encoding", encoding);
    }
    result.field("logs", logs);
    result.value()
}

/// Values win over inputs of the same name that are still to be read.
fn inputs(host: &dyn Host, readers: &Object, values: &Object) -> Result<Vec<(String, Value)>, Fault> {
    let mut all: Vec<_> = values.iter().map(|pair| (pair.name.local.to_string(), pair.value.clone())).collect();
    for pair in readers.iter().filter(|pair| values.get(&pair.name.local).is_none()) {
        let Value::Object(reader) = pair.value.bare() else {
            return Err(Fault::internal("a reader input is no object, though its type was declared"));
        };
        all.push((pair.name.local.to_string(), read(host, reader)?));
    }
    Ok(all)
}

/// A `ReaderInput`.
fn read(host: &dyn Host, reader: &Object) -> Result<Value, Fault> {
    let mime = text(reader, "mimeType").unwrap_or("application/dw");
    let mime = match text(reader, "encoding") {
        Some(encoding) => format!("{mime}; charset={encoding}"),
        None => mime.to_string(),
    };
    let properties = object(reader, "properties").cloned().unwrap_or_default();
    host.read(reader.get("value").unwrap_or(&Value::Null), &mime, &properties)
}

fn output(settings: &Object) -> Output {
    Output {
        mime: text(settings, "outputMimeType").unwrap_or("application/dw").to_string(),
        properties: object(settings, "writerProperties").cloned().unwrap_or_default(),
    }
}

/// The time given to the script, but no more than the outer script has left.
fn time_out(settings: &Object, deadline: Option<Instant>) -> Option<Duration> {
    let given = number(settings, "timeOut").map(|ms| Duration::from_millis(ms.max(0).unsigned_abs()));
    let left = deadline.map(|deadline| deadline.saturating_duration_since(Instant::now()));
    given.into_iter().chain(left).min()
}

fn service(settings: &Object) -> Option<&Object> {
    object(settings, "loggerService")
}

fn logger(settings: &Object) -> Result<Option<Logger>, Fault> {
    let Some((service, log)) = service(settings).and_then(|s| Some((s, function(s, "log")?))) else { return Ok(None) };
    let context = function(service, "initialize").map_or(Ok(Value::empty_object()), |f| f.call(&mut []))?;
    Ok(Some(Logger { log, context }))
}

fn text<'a>(object: &'a Object, name: &str) -> Option<&'a str> {
    object.get(name).and_then(Value::as_str)
}

fn number(object: &Object, name: &str) -> Option<i64> {
    Some(amount::truncated(&object.get(name)?.as_number()?))
}

fn object<'a>(object: &'a Object, name: &str) -> Option<&'a Object> {
    match object.get(name)?.bare() {
        Value::Object(inner) => Some(inner),
        _ => None,
    }
}

fn function(object: &Object, name: &str) -> Option<Function> {
    match object.get(name)?.bare() {
        Value::Function(function) => Some(function.clone()),
        _ => None,
    }
}
