//! What a suite's file says before its app is loaded: its tests, its runs with other properties, its ports.

use super::port;
use crate::diag::{Code, Fault};
use crate::flow::build::find;
use crate::flow::config::{self, Element};
use crate::flow::event::media;
use crate::format::Input;
use crate::script;
use crate::suite::Test;
use crate::value::{Value, coerce};
use std::path::{Path, PathBuf};

/// The namespace of tests, as any suite's file has it.
const NAMESPACE: &str = "http://www.mulesoft.org/schema/mule/munit";

/// A suite's file.
pub struct SuiteFile {
    /// Its tests.
    pub tests: Vec<Test>,
    /// Its runs: each with a name and its properties. One without either where the file names none.
    pub runs: Vec<Run>,
    /// The processors that it counts calls of.
    pub counted: Vec<String>,
    /// Its ports: property, lowest and highest port.
    pub ports: Vec<(String, u16, u16)>,
    /// Whether a test starts sources.
    pub starts_sources: bool,
}

/// A run of a suite.
#[derive(Clone, Default)]
pub struct Run {
    /// Its name, if the suite has several.
    pub name: Option<String>,
    /// The properties of the app in it.
    pub properties: Vec<(String, String)>,
}

impl SuiteFile {
    /// Reads a file, if it is a suite's. One that cannot be read, or is not UTF-8, may be one: that is an error.
    pub fn read(path: &Path, resources: &[PathBuf]) -> Option<Result<Self, Fault>> {
        if let Ok(bytes) = std::fs::read(path)
            && !is_utf_16(&bytes)
            && memchr::memmem::find(&bytes, NAMESPACE.as_bytes()).is_none()
        {
            return None;
        }
        match config::read(path) {
            Ok(root) if root.name.is("", "mule") && is_suite(&root) => Some(Self::of(&root, resources)),
            Ok(_) => None,
            Err(fault) => Some(Err(fault)),
        }
    }

    fn of(root: &Element, resources: &[PathBuf]) -> Result<Self, Fault> {
        let config = root.child("munit", "config");
        let is_ignored =
            config.and_then(|config| config.attribute("ignore")).is_some_and(|text| text.text.trim() == "true");
        let why = is_ignored.then(|| "its suite is ignored".to_string());
        let tests = root.children_named("munit", "test").map(|element| test(element, why.clone()));
        let mut counted = Vec::new();
        let mut starts_sources = false;
        walk(root, &mut |element| {
            if element.name.is("munit-tools", "verify-call") {
                counted.push(processor(element));
            }
            starts_sources |= element.name.is("munit", "enable-flow-source");
        });
        Ok(Self {
            tests: tests.collect(),
            runs: runs(config, resources)?,
            counted,
            ports: root.children_named("munit", "dynamic-port").filter_map(dynamic_port).collect(),
            starts_sources,
        })
    }
}

/// Whether text begins as UTF-16 does: with its byte order mark.
fn is_utf_16(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0xfe, 0xff]) || bytes.starts_with(&[0xff, 0xfe])
}

fn is_suite(root: &Element) -> bool {
    root.children.iter().any(|child| child.name.module == "munit")
}

fn walk(element: &Element, visit: &mut impl FnMut(&Element)) {
    visit(element);
    element.children.iter().for_each(|child| walk(child, visit));
}

fn text(element: &Element, name: &str) -> String {
    element.attribute(name).map_or_else(String::new, |text| text.text.trim().to_string())
}

/// The processor that a verification names; one that is computed may be any.
fn processor(element: &Element) -> String {
    let written = text(element, "processor");
    let literal = written.strip_prefix("#['").and_then(|rest| rest.strip_suffix("']"));
    let literal = literal.or_else(|| written.strip_prefix("#[\"").and_then(|rest| rest.strip_suffix("\"]")));
    match literal {
        Some(literal) => literal.to_string(),
        None if written.contains("#[") || written.contains("${") => ".*".to_string(),
        None => written,
    }
}

/// The expression of `ignore` is computed when the test runs.
fn test(element: &Element, ignored: Option<String>) -> Test {
    let tags = text(element, "tags");
    let is_ignored = text(element, "ignore") == "true";
    Test {
        name: text(element, "name"),
        tags: tags.split(',').map(|tag| tag.trim().to_string()).filter(|tag| !tag.is_empty()).collect(),
        ignored: ignored.or_else(|| is_ignored.then(|| "it is ignored".to_string())),
        path: None,
    }
}

/// `munit:dynamic-port`; the check of the configuration reports what is wrong with it.
fn dynamic_port(element: &Element) -> Option<(String, u16, u16)> {
    let number =
        |name: &str, default: u16| element.attribute(name).map_or(Some(default), |text| text.text.trim().parse().ok());
    Some((text(element, "propertyName"), number("min", port::MIN)?, number("max", port::MAX)?))
}

/// `munit:parameterizations`: those of the file first; a run in the suite takes the place of one of the same name.
fn runs(config: Option<&Element>, resources: &[PathBuf]) -> Result<Vec<Run>, Fault> {
    let Some(all) = config.and_then(|config| config.child("munit", "parameterizations")) else {
        return Ok(vec![Run::default()]);
    };
    let mut runs = match all.attribute("file") {
        Some(file) => of_file(file.text.trim(), resources).map_err(|fault| fault.at(|| all.start()))?,
        None => Vec::new(),
    };
    for element in all.children_named("munit", "parameterization") {
        let run = Run { name: Some(text(element, "name")), properties: properties(element) };
        match runs.iter_mut().find(|known| known.name == run.name) {
            Some(known) => *known = run,
            None => runs.push(run),
        }
    }
    Ok(if runs.is_empty() { vec![Run::default()] } else { runs })
}

fn properties(element: &Element) -> Vec<(String, String)> {
    let all = element.child("munit", "parameters").into_iter().flat_map(|all| all.children_named("munit", "parameter"));
    all.map(|parameter| (text(parameter, "propertyName"), text(parameter, "value"))).collect()
}

/// The runs that a YAML file names.
fn of_file(name: &str, resources: &[PathBuf]) -> Result<Vec<Run>, Fault> {
    let wrong =
        |why: String| Fault::new(Code::Configuration, format!("cannot use the parameterizations of {name}: {why}"));
    let path = find(resources, name)
        .ok_or_else(|| wrong("there is no such file".into()).help("it is looked for in src/test/resources"))?;
    let bytes = std::fs::read(&path).map_err(|e| wrong(e.to_string()))?;
    let value = script::read(Input::memory(path.display().to_string(), bytes), &media("application/yaml"))?;
    let Value::Object(all) = value.bare() else { return Err(wrong("it does not map names to properties".into())) };
    let run = |pair: crate::value::Pair<'_>| {
        let Value::Object(properties) = pair.value.bare() else {
            return Err(wrong(format!("`{}` does not map names to values", pair.name.local)));
        };
        let property =
            |p: crate::value::Pair<'_>| Ok((p.name.local.to_string(), coerce::to_text(p.value)?.to_string()));
        let properties = properties.iter().map(property).collect::<Result<_, Fault>>()?;
        Ok(Run { name: Some(pair.name.local.to_string()), properties })
    };
    all.iter().map(run).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn suites_that_are_not_utf_8_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let suite = format!(
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><mule xmlns:munit=\"{NAMESPACE}\">caf\u{e9}</mule>"
        );
        let latin: Vec<u8> = suite.chars().map(|c| c as u8).collect();
        let wide: Vec<u8> = std::iter::once(0xfeff).chain(suite.encode_utf16()).flat_map(u16::to_be_bytes).collect();
        for (name, bytes, is_error) in
            [("latin.xml", latin, true), ("wide.xml", wide, true), ("other.xml", vec![0xe9], false)]
        {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let read =
                SuiteFile::read(&path, &[]).map(|read| read.err().map(|fault| fault.to_string()).unwrap_or_default());
            assert_eq!(read.is_some_and(|told| told.contains("is not UTF-8")), is_error, "{name}");
        }
    }
}
