//! A Mule app as far as expressions care: the modules and the properties in its resources.

use crate::cli::Failure;
use crate::diag::Report;
use crate::flow::config;
use crate::format::registry;
use crate::script::{Engine, Inputs};
use crate::text::Source;
use crate::value::{Value, coerce};
use std::fs;
use std::path::{Path, PathBuf};

/// The engine with the app's `src/main/resources` on its module path and its properties.
pub fn engine(engine: Engine, app: &Path) -> Result<Engine, Failure> {
    let resources = app.join("src/main/resources");
    if !app.join("src/main").is_dir() {
        let message = format!("{} is no Mule app: it has no folder src/main", app.display());
        return Err(Failure::Usage(message));
    }
    let mut properties = Vec::new();
    for file in configurations(&app.join("src/main/mule")) {
        declared(&file, &resources, &mut properties)?;
    }
    let known = properties.clone();
    let with = |engine: Engine, (name, value): (String, String)| engine.property(&name, &resolved(&value, &known));
    Ok(properties.into_iter().fold(engine.module_path(resources), with))
}

/// The configuration files in a folder and the folders in it.
fn configurations(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(configurations(&path));
        } else if path.extension().is_some_and(|e| e == "xml") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Adds the properties that a configuration declares: `global-property`, and the files of `configuration-properties`.
fn declared(file: &Path, resources: &Path, properties: &mut Vec<(String, String)>) -> Result<(), Failure> {
    let text = fs::read_to_string(file).map_err(|e| Failure::Plain(format!("cannot read {}: {e}", file.display())))?;
    let root = config::parse(&Source::new(file.display().to_string(), text)).map_err(Report::from)?;
    for property in root.children_named("", "global-property") {
        if let (Some(name), Some(value)) = (property.attribute("name"), property.attribute("value")) {
            properties.push((name.text.clone(), value.text.clone()));
        }
    }
    for element in root.children_named("", "configuration-properties") {
        let Some(name) = element.attribute("file") else { continue };
        let path = resources.join(resolved(&name.text, properties));
        let extension = path.extension().and_then(|e| e.to_str()).unwrap_or_default();
        let mime = registry::by_extension(extension).map_or("text/x-java-properties", |format| format.mime_type());
        let inputs = Inputs::new().file("payload", mime, Vec::new(), &path).map_err(Report::from)?;
        flatten("", &Engine::new().compile("payload")?.run(inputs)?, properties);
    }
    Ok(())
}

/// Adds the scalars of a YAML document under the names that lead to them: `db.port`.
fn flatten(prefix: &str, value: &Value, properties: &mut Vec<(String, String)>) {
    match value.bare() {
        Value::Object(object) => {
            for pair in object.iter() {
                let dot = if prefix.is_empty() { "" } else { "." };
                flatten(&format!("{prefix}{dot}{}", pair.name.local), pair.value, properties);
            }
        }
        scalar => {
            if let Ok(text) = coerce::to_text(scalar) {
                properties.push((prefix.to_string(), text.to_string()));
            }
        }
    }
}

/// The text with `${name}` replaced by properties or variables of the environment; what neither knows stays.
fn resolved(text: &str, properties: &[(String, String)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("${") {
        let Some((name, behind)) = after.split_once('}') else { break };
        out += before;
        let known = properties.iter().find(|(n, _)| n == name).map(|(_, value)| value.clone());
        match known.or_else(|| std::env::var(name).ok()) {
            Some(value) => out += &value,
            None => out += &format!("${{{name}}}"),
        }
        rest = behind;
    }
    out + rest
}
