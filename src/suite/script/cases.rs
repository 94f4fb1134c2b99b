//! The text form of script tests: `===== name` starts a case, `----- kind argument` one of its sections.
//!
//! Sections in front of the first case are shared by all cases of the file.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

const CASE: &str = "===== ";
const SECTION: &str = "----- ";
/// What marks content that is no text, behind its type.
const BASE64: &str = "; base64";

/// The kinds of sections; a line that starts otherwise belongs to the section's text.
const KINDS: [&str; 7] = ["input", "module", "script", "output", "error", "tags", "skip"];

/// One script with what it is given and what is expected of it.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// What stands behind `=====`.
    pub name: String,
    /// In the order of the file.
    pub sections: Vec<Section>,
}

/// A stretch of a case, from its marker to the next.
#[derive(Clone, Debug)]
pub struct Section {
    /// One of `input`, `module`, `script`, `output`, `error`, `tags`, `skip`.
    pub kind: String,
    /// What stands behind the kind: name and type of an input, path of a module, type of the output.
    pub argument: String,
    /// The lines up to the next marker, without the last line break.
    pub text: String,
}

impl Case {
    /// Argument and text of all sections of a kind.
    pub fn all<'c>(&'c self, kind: &'c str) -> impl Iterator<Item = (&'c str, &'c str)> {
        self.sections.iter().filter(move |s| s.kind == kind).map(|s| (s.argument.as_str(), s.text.as_str()))
    }

    /// Argument and text of the last section of a kind: a case's own goes before one that all share.
    pub fn last<'c>(&'c self, kind: &'c str) -> Option<(&'c str, &'c str)> {
        self.all(kind).last()
    }
}

/// The cases of a file.
pub fn read(text: &str) -> Vec<Case> {
    let mut cases = vec![Case::default()];
    for line in text.split('\n') {
        let line = line.strip_suffix('\r').unwrap_or(line);
        if let Some(name) = line.strip_prefix(CASE) {
            cases.push(Case { name: name.trim().to_owned(), sections: Vec::new() });
        } else if let Some(case) = cases.last_mut() {
            match (section(line), case.sections.last_mut()) {
                (Some(section), _) => case.sections.push(section),
                (None, Some(section)) => {
                    section.text.push_str(line);
                    section.text.push('\n');
                }
                (None, None) => {}
            }
        }
    }
    cases.iter_mut().for_each(trim);
    let shared = cases.remove(0).sections;
    for case in &mut cases {
        case.sections.splice(0..0, shared.iter().cloned());
    }
    cases
}

/// The line break before a marker is not part of the text, nor is the empty line between cases.
fn trim(case: &mut Case) {
    for section in &mut case.sections {
        section.text.pop();
    }
    if let Some(last) = case.sections.last_mut().filter(|last| last.text.ends_with('\n')) {
        last.text.pop();
    }
}

fn section(line: &str) -> Option<Section> {
    let (kind, argument) = line.strip_prefix(SECTION)?.split_once(' ').unwrap_or((&line[SECTION.len()..], ""));
    let known = KINDS.contains(&kind);
    known.then(|| Section { kind: kind.to_owned(), argument: argument.trim().to_owned(), text: String::new() })
}

/// A section's type without the mark of its coding, and its bytes.
///
/// # Errors
/// The text says that it is base64, but is not.
pub fn content(mime: &str, text: &str) -> Result<(String, Vec<u8>), String> {
    if !mime.contains(BASE64) {
        return Ok((mime.to_owned(), text.as_bytes().to_vec()));
    }
    let bytes = STANDARD.decode(text.split_whitespace().collect::<String>());
    bytes.map(|bytes| (mime.replacen(BASE64, "", 1), bytes)).map_err(|e| format!("this is no base64: {e}"))
}

/// The file's text with the output of one case replaced or added; `None` if there is no such case.
pub fn with_output(text: &str, case: &str, mime: &str, output: &[u8]) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let start = lines.iter().position(|line| line.strip_prefix(CASE).is_some_and(|name| name.trim() == case))?;
    let next = |from: usize, is_end: &dyn Fn(&str) -> bool| {
        lines[from..].iter().position(|line| is_end(line)).map_or(lines.len(), |at| from + at)
    };
    let end = next(start + 1, &|line| line.starts_with(CASE));
    let is_expectation = |line: &str| section(line).is_some_and(|s| ["output", "error"].contains(&s.kind.as_str()));
    let from = next(start + 1, &is_expectation).min(end);
    let to = next((from + 1).min(end), &|line| section(line).is_some() || line.starts_with(CASE)).min(end);
    let mut all: Vec<String> = lines[..from].iter().map(|line| line.to_string()).collect();
    // An empty line in front of the next case belongs behind the output that is added.
    while from == end && all.last().is_some_and(|line| line.trim().is_empty()) {
        all.pop();
    }
    all.push(section_text(mime, output));
    if to == end && end < lines.len() {
        all.push(String::new());
    }
    all.extend(lines[to..].iter().map(|line| line.to_string()));
    Some(all.join("\n") + "\n")
}

/// The section for an output: in base64 if it is no text, or holds lines that look like markers.
fn section_text(mime: &str, output: &[u8]) -> String {
    let is_marker = |line: &str| line.starts_with(CASE) || line.starts_with(SECTION);
    match std::str::from_utf8(output) {
        Ok(text) if !text.contains('\r') && !text.lines().any(is_marker) => {
            format!("{SECTION}output {mime}\n{}", text.trim_end_matches('\n'))
        }
        _ => format!("{SECTION}output {mime}{BASE64}\n{}", STANDARD.encode(output)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "----- script file:merge.dwl\n\n===== one\n----- input payload application/json\n1\n----- output application/json\n1\n\n===== two\n----- tags a, b\n----- error type\n";

    #[test]
    fn reads_cases_with_what_they_share() {
        let cases = read(TEXT);
        let shown: Vec<String> = cases
            .iter()
            .map(|c| {
                let sections = c.sections.iter().map(|s| format!("{}({}){}", s.kind, s.argument, s.text));
                format!("{}: {}", c.name, sections.collect::<Vec<_>>().join(" "))
            })
            .collect();
        assert_eq!(
            shown,
            [
                "one: script(file:merge.dwl) input(payload application/json)1 output(application/json)1",
                "two: script(file:merge.dwl) tags(a, b) error(type)",
            ]
        );
    }

    #[test]
    fn records_an_output_in_its_place() {
        let output = |case, bytes: &[u8]| {
            let text = with_output(TEXT, case, "text/plain", bytes).unwrap();
            assert_eq!(text.matches("=====").count(), 2, "{text}");
            let cases = read(&text);
            let case = cases.iter().find(|c| c.name == case).unwrap();
            let (mime, text) = case.last("output").unwrap();
            assert!(case.last("error").is_none());
            content(mime, text).unwrap().1
        };
        for case in ["one", "two"] {
            for bytes in [&b"a\nb"[..], b"===== x", b"\xff\r\n", b""] {
                assert_eq!(output(case, bytes), bytes, "{case}");
            }
        }
        assert!(with_output(TEXT, "three", "text/plain", b"").is_none());
        let added = with_output("===== a\n----- script\n1\n\n===== b\n", "a", "text/plain", b"1").unwrap();
        assert_eq!(added, "===== a\n----- script\n1\n----- output text/plain\n1\n\n===== b\n");
    }
}
