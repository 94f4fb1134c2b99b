//! A file of script tests in the text form.

use super::cases::{self, Case};
use super::check::{Check, Expected, Place};
use super::given::{Content, Given};
use super::mapping::Project;
use crate::suite::{Broken, Context, Outcome, Suite, Test};
use crate::text::Source;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// What leads to a file instead of the section's own text.
const FILE: &str = "file:";

/// The suite of a file.
pub fn load(path: &Path) -> Box<dyn Suite> {
    let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(e) => {
            return Box::new(Broken::new(name, path, Outcome::error(format!("cannot read {}: {e}", path.display()))));
        }
    };
    let cases = cases::read(&text);
    if cases.is_empty() {
        let why = Outcome::error("the file holds no case").explained("a case starts with a line `===== name`");
        return Box::new(Broken::new(name, path, why));
    }
    let tests = cases.iter().map(test).collect();
    let module_folders = Project::around(path.parent().unwrap_or(Path::new(""))).module_folders();
    Box::new(CaseFile { name, path: path.to_path_buf(), module_folders, cases, tests })
}

struct CaseFile {
    name: String,
    path: PathBuf,
    module_folders: Vec<PathBuf>,
    cases: Vec<Case>,
    tests: Vec<Test>,
}

fn test(case: &Case) -> Test {
    let tags = case.all("tags").flat_map(|(tags, _)| tags.split(',')).map(|tag| tag.trim().to_string());
    let ignored = case.last("skip").map(|(why, _)| if why.is_empty() { "skipped" } else { why }.to_string());
    Test { tags: tags.collect(), ignored, ..Test::named(&case.name) }
}

impl Suite for CaseFile {
    fn name(&self) -> &str {
        &self.name
    }

    fn path(&self) -> &Path {
        &self.path
    }

    fn tests(&self) -> &[Test] {
        &self.tests
    }

    fn run(&self, test: usize, context: &Context) -> Outcome {
        match self.check(&self.cases[test]) {
            Ok(check) => check.run(context),
            Err(why) => Outcome::error(why),
        }
    }
}

impl CaseFile {
    fn check(&self, case: &Case) -> Result<Check, String> {
        let folder = self.path.parent().unwrap_or(Path::new("")).to_path_buf();
        let mut files = vec![self.path.clone()];
        let modules = case.all("module").map(|(path, text)| {
            let name = path.trim_end_matches(".dwl").replace('/', "::");
            (name, text.to_string())
        });
        Ok(Check {
            source: self.script(case, &folder, &mut files)?,
            modules: modules.collect(),
            inputs: case.all("input").map(|(head, text)| input(head, text, &folder)).collect::<Result<_, _>>()?,
            expected: self.expected(case)?,
            folders: self.module_folders.clone(),
            files,
        })
    }

    /// The script's own text, or that of the file it names.
    fn script(&self, case: &Case, folder: &Path, files: &mut Vec<PathBuf>) -> Result<Arc<Source>, String> {
        let Some((argument, text)) = case.last("script") else {
            return Err(
                "the case has no script: add a section `----- script` with its text, or `----- script file:PATH`"
                    .into(),
            );
        };
        let Some(file) = argument.strip_prefix(FILE) else {
            return Ok(Source::new(format!("{} ({})", self.path.display(), case.name), text));
        };
        let file = beside(folder, file);
        let text = fs::read_to_string(&file).map_err(|e| format!("cannot read the script {}: {e}", file.display()))?;
        files.push(file.clone());
        Ok(Source::new(file.display().to_string(), text))
    }

    fn expected(&self, case: &Case) -> Result<Expected, String> {
        let last = case.sections.iter().rev().find(|s| s.kind == "output" || s.kind == "error");
        let place = Place::Case(self.path.clone(), case.name.clone());
        Ok(match last {
            None => Expected::Unknown(place),
            Some(error) if error.kind == "error" => {
                Expected::Failure { code: error.argument.clone(), part: error.text.trim().to_string() }
            }
            Some(output) => {
                let (mime, bytes) = cases::content(&output.argument, &output.text)?;
                Expected::Output { mime, bytes, place }
            }
        })
    }
}

/// `NAME TYPE` with the content as text, or `NAME file:PATH`.
fn input(head: &str, text: &str, folder: &Path) -> Result<Given, String> {
    let Some((name, rest)) = head.split_once(' ') else {
        return Err(format!("`----- input {head}` lacks a type: write `----- input {head} application/json`"));
    };
    let content = match rest.trim().strip_prefix(FILE) {
        Some(file) => Content::File(beside(folder, file)),
        None => {
            let (mime, bytes) = cases::content(rest.trim(), text)?;
            Content::Bytes { mime, bytes }
        }
    };
    Ok(Given { name: name.to_string(), content })
}

/// A path that is relative to a folder, without the `..` in it.
fn beside(folder: &Path, path: &str) -> PathBuf {
    let mut joined = folder.to_path_buf();
    for part in Path::new(path.trim()).components() {
        let is_up = part == Component::ParentDir && joined.file_name().is_some();
        if !is_up || !joined.pop() {
            joined.push(part);
        }
    }
    joined
}
