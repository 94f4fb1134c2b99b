//! Reader of the conformance cases: `===== name` starts a case, `----- kind argument` one of its sections.

use std::path::{Path, PathBuf};

/// The kinds of sections; a line that starts otherwise belongs to the section's text.
const KINDS: [&str; 5] = ["input", "module", "script", "output", "error"];

/// One script with what it is given and what is expected of it.
#[derive(Debug)]
pub struct Case {
    /// `area/topic/what`.
    pub name: String,
    /// In the order of the file.
    pub sections: Vec<Section>,
}

/// A stretch of a case, from its marker to the next.
#[derive(Debug)]
pub struct Section {
    /// One of `input`, `module`, `script`, `output`, `error`.
    pub kind: String,
    /// What stands behind the kind: name and type of an input, path of a module, type of the output.
    pub argument: String,
    /// The lines up to the next marker, without the last line break.
    pub text: String,
}

impl Case {
    /// The texts of all sections of a kind with their arguments.
    pub fn all<'c>(&'c self, kind: &'c str) -> impl Iterator<Item = (&'c str, &'c str)> {
        self.sections.iter().filter(move |s| s.kind == kind).map(|s| (s.argument.as_str(), s.text.as_str()))
    }

    /// The script.
    pub fn script(&self) -> &str {
        self.all("script").next().map_or("", |(_, text)| text)
    }

    /// The type and bytes expected, unless the script is to fail.
    pub fn output(&self) -> Option<(&str, &str)> {
        self.all("output").next()
    }
}

/// All cases of the project, in the order of their files' names.
pub fn all() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/conformance/cases");
    files(&root).iter().flat_map(|file| read(&std::fs::read_to_string(file).unwrap())).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.into_iter().flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The cases of one file.
pub fn read(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for line in text.split('\n') {
        if let Some(name) = line.strip_prefix("===== ") {
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
    for case in &mut cases {
        // The line break before a marker is not part of the text, nor is the empty line between cases.
        for section in &mut case.sections {
            section.text.pop();
        }
        if let Some(last) = case.sections.last_mut().filter(|last| last.text.ends_with('\n')) {
            last.text.pop();
        }
    }
    cases
}

fn section(line: &str) -> Option<Section> {
    let (kind, argument) = line.strip_prefix("----- ")?.split_once(' ').unwrap_or((&line["----- ".len()..], ""));
    let known = KINDS.contains(&kind);
    known.then(|| Section { kind: kind.to_owned(), argument: argument.trim().to_owned(), text: String::new() })
}
