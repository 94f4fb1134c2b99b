//! From `-i`, `--mime`, `-p` and the payload argument to the inputs of a run.

use super::Failure;
use super::args::InputArgs;
use crate::diag::Report;
use crate::flow::event::{FileContent, Typed, media};
use crate::format::{Input, registry};
use crate::script::{Engine, Inputs};
use crate::value::{ObjectBuilder, Value};
use std::env;
use std::io::Read;
use std::path::{Path, PathBuf};

/// The environment variables that the vendor's `dw` knows, too.
const DEFAULT_INPUT: &str = "DW_DEFAULT_INPUT_MIMETYPE";
pub const DEFAULT_OUTPUT: &str = "DW_DEFAULT_OUTPUT_MIMETYPE";
const JSON: &str = "application/json";

/// An engine with the module folders and defaults of the command line.
pub fn engine(path: &[PathBuf]) -> Engine {
    let output = env::var(DEFAULT_OUTPUT).unwrap_or_else(|_| JSON.into());
    with_modules(Engine::new().trusted().default_output(&output), path)
}

/// The engine with further module folders.
pub fn with_modules(engine: Engine, path: &[PathBuf]) -> Engine {
    path.iter().fold(engine, |engine, folder| engine.module_path(folder))
}

/// Opens all inputs; none is read yet.
pub fn inputs(args: &InputArgs, payload: Option<&Path>) -> Result<Inputs, Failure> {
    let mut inputs = Inputs::new();
    for File { name, mime, path } in files(args, payload)? {
        inputs = add(inputs, name, &mime, path)?;
    }
    Ok(match params(&args.params)? {
        Some(params) => inputs.value("params", params),
        None => inputs,
    })
}

/// An input that is a file, or `-`.
pub struct File<'a> {
    pub name: &'a str,
    pub mime: String,
    pub path: &'a Path,
}

/// The inputs that are files, the payload last.
pub fn files<'a>(args: &'a InputArgs, payload: Option<&'a Path>) -> Result<Vec<File<'a>>, Failure> {
    let files = args.inputs.iter().map(|given| pair("-i", given)).collect::<Result<Vec<_>, _>>()?;
    let mut mimes = args.mimes.iter().map(|given| pair("--mime", given)).collect::<Result<Vec<_>, _>>()?;
    let payload = payload.map(|path| ("payload", path));
    let mut all = Vec::new();
    for (name, path) in files.into_iter().map(|(name, file)| (name, Path::new(file))).chain(payload) {
        let given = mimes.iter().rposition(|(n, _)| *n == name).map(|at| mimes.remove(at).1.to_string());
        let mime = given.unwrap_or_else(|| type_by_extension(path));
        all.push(File { name, mime, path });
    }
    if let Some((name, _)) = mimes.first() {
        return Err(Failure::Usage(format!("--mime names `{name}`, but there is no such input")));
    }
    Ok(all)
}

fn add(inputs: Inputs, name: &str, mime: &str, path: &Path) -> Result<Inputs, Failure> {
    if path == Path::new("-") {
        let input = Input::stream("standard input", std::io::stdin());
        return Ok(inputs.input(name, mime, Vec::new(), input));
    }
    inputs.file(name, mime, Vec::new(), path).map_err(|fault| Failure::Report(Report::from(fault)))
}

fn type_by_extension(path: &Path) -> String {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
    match registry::by_extension(extension) {
        Some(format) => format.mime_type().to_string(),
        None => env::var(DEFAULT_INPUT).unwrap_or_else(|_| JSON.into()),
    }
}

/// `-p NAME=VALUE` all land in the object `params`, as strings.
pub fn params(given: &[String]) -> Result<Option<Value>, Failure> {
    if given.is_empty() {
        return Ok(None);
    }
    let mut params = ObjectBuilder::default();
    for given in given {
        let (name, value) = pair("-p", given)?;
        params.field(name, Value::string(value));
    }
    Ok(Some(params.value()))
}

fn pair<'a>(option: &str, given: &'a str) -> Result<(&'a str, &'a str), Failure> {
    match given.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name, value)),
        _ => Err(Failure::Usage(format!("{option} takes NAME=VALUE, not `{given}`"))),
    }
}

/// A file, or standard input for `-`, as the payload of a flow.
pub fn payload(path: &Path) -> Result<Typed, Failure> {
    let failed = |e: std::io::Error| Failure::Plain(format!("cannot read the payload {}: {e}", path.display()));
    let media = media(&type_by_extension(path));
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map_err(failed)?;
        return Ok(Typed::bytes(bytes, media));
    }
    Ok(match FileContent::open(path).map_err(failed)? {
        Some(large) => Typed::file(large, media),
        None => Typed::bytes(std::fs::read(path).map_err(failed)?, media),
    })
}
