//! Where the properties of an app come from: outside, files, global elements.

use super::secret::Cipher;
use super::{Options, Project, Properties};
use crate::diag::{Code, Fault};
use crate::flow::build::find;
use crate::flow::config::Element;
use crate::flow::event::media;
use crate::format::{Input, MediaType};
use crate::script;
use crate::value::{Value, coerce};
use std::path::{Path, PathBuf};

/// The properties of an app, and what is wrong with their files. Files may use properties from outside and global ones.
pub(super) fn properties(elements: &[Element], project: &Project, options: &Options<'_>) -> (Properties, Vec<Fault>) {
    let mut all = Properties::outside(options.properties.clone()).with_folders(project.resources.clone());
    for (name, value) in [("app.name", project.name.as_str()), ("app.home", "."), ("mule.home", ".")] {
        all.built_in(name, value);
    }
    for element in elements.iter().filter(|e| e.name.is("", "global-property")) {
        if let (Some(name), Some(value)) = (element.attribute("name"), element.attribute("value")) {
            all.global(&name.text, &value.text);
        }
    }
    let mut faults = Vec::new();
    for element in elements.iter().filter(|e| e.name.is("", "configuration-properties")) {
        match of_file(element, &all, &project.resources) {
            Ok(found) => found.into_iter().for_each(|(name, value)| all.from_file(name, value)),
            Err(fault) => faults.push(fault.at(|| element.start())),
        }
    }
    for element in elements.iter().filter(|e| e.name.is("secure-properties", "config")) {
        match secure(element, &all, &project.resources) {
            Ok(found) => found.into_iter().for_each(|(name, value)| all.from_file(format!("secure::{name}"), value)),
            Err(fault) => faults.push(fault.at(|| element.start())),
        }
    }
    (all, faults)
}

/// The properties of a file whose values are encrypted: `![…]`.
fn secure(element: &Element, known: &Properties, folders: &[PathBuf]) -> Result<Vec<(String, String)>, Fault> {
    let text = |element: &Element, name: &str, default: &str| {
        known.resolve(element.attribute(name).map_or(default, |text| text.text.trim()))
    };
    let encrypt = element.children.iter().find(|child| child.name.is("secure-properties", "encrypt"));
    let setting = |name, default: &str| encrypt.map_or_else(|| Ok(default.to_string()), |e| text(e, name, default));
    let cipher = Cipher::new(&setting("algorithm", "AES")?, &setting("mode", "CBC")?, &text(element, "key", "")?)?;
    let cipher = cipher.with_random_ivs(setting("useRandomIVs", "false")? == "true");
    let (path, bytes) = read(element, known, folders)?;
    let is_whole = text(element, "fileLevelEncryption", "false")? == "true";
    let bytes = if is_whole { cipher.file(&path.display().to_string(), &bytes)? } else { bytes };
    let found = parsed(element, &path, bytes)?;
    found.into_iter().map(|(name, value)| Ok((name.clone(), cipher.property(&name, value)?))).collect()
}

/// The properties of one file.
fn of_file(element: &Element, known: &Properties, folders: &[PathBuf]) -> Result<Vec<(String, String)>, Fault> {
    let (path, bytes) = read(element, known, folders)?;
    parsed(element, &path, bytes)
}

/// The file that an element names.
fn read(element: &Element, known: &Properties, folders: &[PathBuf]) -> Result<(PathBuf, Vec<u8>), Fault> {
    let name = known.resolve(element.attribute("file").map_or("", |file| file.text.trim()))?;
    let Some(path) = find(folders, &name) else {
        let fault = Fault::new(Code::Configuration, format!("Couldn't find configuration properties file {name}"));
        return Err(fault.help("it is looked for in src/main/resources, or beside the configuration file"));
    };
    let bytes =
        std::fs::read(&path).map_err(|e| Fault::new(Code::Io, format!("cannot read {}: {e}", path.display())))?;
    Ok((path, bytes))
}

/// The properties in the text of a file, YAML or Java properties.
fn parsed(element: &Element, path: &Path, bytes: Vec<u8>) -> Result<Vec<(String, String)>, Fault> {
    let is_yaml = path.extension().is_some_and(|e| e == "yaml" || e == "yml");
    let mut format: MediaType = media(if is_yaml { "application/yaml" } else { "text/x-java-properties" });
    if let Some(encoding) = element.attribute("encoding") {
        format = format.with_parameter("charset", &encoding.text);
    }
    let value = script::read(Input::memory(path.display().to_string(), bytes), &format)?;
    let mut found = Vec::new();
    flatten(&value, String::new(), &mut found)?;
    Ok(found)
}

/// Nested keys joined with dots; lists joined with commas (mule `YamlConfigurationPropertiesProvider`).
fn flatten(value: &Value, name: String, found: &mut Vec<(String, String)>) -> Result<(), Fault> {
    match value.bare() {
        Value::Object(object) => object.iter().try_for_each(|pair| {
            let key = pair.name.local.as_str();
            flatten(pair.value, if name.is_empty() { key.to_string() } else { format!("{name}.{key}") }, found)
        }),
        Value::Array(items) => {
            let texts: Result<Vec<_>, _> = items.force()?.iter().map(coerce::to_text).collect();
            found.push((name, texts?.join(",")));
            Ok(())
        }
        Value::Null => {
            found.push((name, String::new()));
            Ok(())
        }
        Value::String(text) => {
            found.push((name, text.to_string()));
            Ok(())
        }
        other => {
            let message = format!(
                "YAML configuration properties only supports string values, make sure to wrap the value of `{name}` with quotes"
            );
            Err(Fault::new(Code::Configuration, message).value(name, coerce::to_text(other)?.to_string()))
        }
    }
}
