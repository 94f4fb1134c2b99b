//! Reads case files: many cases in one text file, each with inputs, modules, a script and what the reference answered.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::path::Path;

/// One recorded case.
pub struct Case {
    pub name: String,
    pub area: String,
    pub inputs: Vec<CaseInput>,
    /// Path (`my/Lib.dwl`) and text.
    pub modules: Vec<(String, String)>,
    pub script: String,
    pub expected: Expected,
}

/// An input: its type carries the reader's properties as parameters.
pub struct CaseInput {
    pub name: String,
    pub mime: String,
    pub content: Vec<u8>,
}

/// What the reference engine answered.
pub enum Expected {
    Output { mime: String, bytes: Vec<u8> },
    Error(String),
}

struct Section {
    kind: String,
    argument: String,
    text: String,
}

/// All cases of a file.
pub fn read(file: &Path, area: &str) -> Vec<Case> {
    let text = std::fs::read_to_string(file).unwrap();
    let parts = format!("\n{text}");
    let cases = parts.split("\n===== ").skip(1);
    cases
        .map(|case| case_of(case, area).unwrap_or_else(|| panic!("{}: malformed case {case}", file.display())))
        .collect()
}

fn case_of(text: &str, area: &str) -> Option<Case> {
    let (name, body) = text.split_once('\n')?;
    let mut sections = sections(body);
    let mut last = sections.pop()?;
    // The empty line in front of the next case is no part of this one.
    last.text = last.text.strip_suffix('\n').unwrap_or(&last.text).to_string();
    let expected = match last.kind.as_str() {
        "output" => output(&last.argument, &last.text)?,
        "error" => Expected::Error(last.text),
        _ => return None,
    };
    let of_kind = |kind: &'static str| sections.iter().filter(move |s| s.kind == kind);
    Some(Case {
        name: name.trim().to_string(),
        area: area.to_string(),
        inputs: of_kind("input").map(input).collect::<Option<_>>()?,
        modules: of_kind("module").map(|s| (s.argument.clone(), s.text.clone())).collect(),
        script: of_kind("script").next()?.text.clone(),
        expected,
    })
}

fn sections(body: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in body.split('\n') {
        match marker(line) {
            Some((kind, argument)) => {
                finish(&mut sections, &mut lines);
                sections.push(Section { kind, argument, text: String::new() });
            }
            None => lines.push(line),
        }
    }
    finish(&mut sections, &mut lines);
    sections
}

fn finish(sections: &mut [Section], lines: &mut Vec<&str>) {
    if let Some(section) = sections.last_mut() {
        section.text = lines.join("\n");
    }
    lines.clear();
}

fn marker(line: &str) -> Option<(String, String)> {
    let rest = line.strip_prefix("----- ")?;
    let (kind, argument) = rest.split_once(' ').unwrap_or((rest, ""));
    let known = ["input", "module", "script", "output", "error"].contains(&kind);
    known.then(|| (kind.to_string(), argument.trim().to_string()))
}

fn input(section: &Section) -> Option<CaseInput> {
    let (name, mime) = section.argument.split_once(' ')?;
    let (mime, content) = match mime.strip_suffix("; base64") {
        Some(mime) => (mime, STANDARD.decode(section.text.trim()).ok()?),
        None => (mime, section.text.clone().into_bytes()),
    };
    Some(CaseInput { name: name.to_string(), mime: mime.trim().to_string(), content })
}

fn output(mime: &str, text: &str) -> Option<Expected> {
    Some(match mime.strip_suffix("; base64") {
        Some(mime) => Expected::Output { mime: mime.to_string(), bytes: STANDARD.decode(text.trim()).ok()? },
        None => Expected::Output { mime: mime.to_string(), bytes: text.as_bytes().to_vec() },
    })
}
