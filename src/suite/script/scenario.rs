//! A scenario: a folder with the inputs of a script and the output that is expected.

use super::check::{Check, Expected, Place};
use super::given::{self, Given};
use super::mapping::OWN;
use crate::script::{EVENT_INPUTS, Engine};
use crate::suite::{Context, Outcome, Test};
use crate::text::Source;
use std::fs;
use std::path::{self, Path, PathBuf};

/// Tags and a reason to skip the scenario.
const CONFIG: &str = "config.properties";

/// A scenario's folder.
pub struct Scenario {
    folder: PathBuf,
}

/// Whether a folder is a scenario: it has inputs, or an output, or a script of its own, and no scenarios below.
pub fn is_one(folder: &Path) -> bool {
    let is_part = folder.file_name().is_some_and(|name| name == "inputs");
    if is_part || folder.ancestors().skip(1).any(|above| above.ends_with("inputs")) {
        return false;
    }
    folder.join("inputs").is_dir()
        || expected_file(folder).is_some()
        || folder.join(OWN).is_file() && !has_scenarios(folder)
}

/// Whether a folder's own script belongs to the scenarios in its folders.
fn has_scenarios(folder: &Path) -> bool {
    let Ok(entries) = fs::read_dir(folder) else { return false };
    let mut folders = entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_dir());
    folders.any(|path| path.join("inputs").is_dir() || expected_file(&path).is_some())
}

/// `out.*` of a scenario; not one that waits for review.
fn expected_file(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    let mut files = entries.filter_map(|entry| Some(entry.ok()?.path()));
    files.find(|path| path.file_stem().is_some_and(|stem| stem == "out") && path.is_file())
}

impl Scenario {
    /// The scenario in this folder.
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_path_buf() }
    }

    /// The test that it is.
    pub fn test(&self) -> Test {
        let full = path::absolute(&self.folder).unwrap_or_else(|_| self.folder.clone());
        let name = full.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let mut test = Test { path: Some(self.folder.clone()), ..Test::named(name) };
        let config = self.folder.join(CONFIG);
        if !config.is_file() {
            return test;
        }
        for (name, value) in given::pairs(&config, &Engine::new()).unwrap_or_default() {
            let text = value.as_str().unwrap_or_default();
            match name.as_str() {
                "tags" => test.tags = text.split(',').map(|tag| tag.trim().to_string()).collect(),
                "skip" => test.ignored = Some(text.to_string()),
                _ => {}
            }
        }
        test
    }

    /// The script that belongs to this scenario alone.
    pub fn script(&self) -> Option<PathBuf> {
        Some(self.folder.join(OWN)).filter(|path| path.is_file())
    }

    /// Runs a script in it.
    pub fn run(&self, script: PathBuf, module_folders: &[PathBuf], context: &Context) -> Outcome {
        let text = match fs::read_to_string(&script) {
            Ok(text) => text,
            Err(e) => return Outcome::error(format!("cannot read the script {}: {e}", script.display())),
        };
        let expected = match self.expected() {
            Ok(expected) => expected,
            Err(why) => return Outcome::error(why),
        };
        let check = Check {
            source: Source::new(script.display().to_string(), text),
            modules: Vec::new(),
            folders: module_folders.to_vec(),
            inputs: self.inputs(),
            expected,
            files: vec![script, self.folder.clone()],
        };
        check.run(context)
    }

    /// Everything in `inputs`, and files beside it with the names of a Mule event's parts.
    fn inputs(&self) -> Vec<Given> {
        let mut all = given::in_folder(&self.folder.join("inputs"));
        let beside = given::in_folder(&self.folder).into_iter();
        all.extend(beside.filter(|given| EVENT_INPUTS.contains(&given.name.as_str()) || is_numbered(&given.name)));
        all
    }

    fn expected(&self) -> Result<Expected, String> {
        let Some(file) = expected_file(&self.folder) else {
            return Ok(Expected::Unknown(Place::Folder(self.folder.clone())));
        };
        let bytes = fs::read(&file).map_err(|e| format!("cannot read {}: {e}", file.display()))?;
        Ok(Expected::Output { mime: given::type_of(&file).to_string(), bytes, place: Place::File(file) })
    }
}

/// `in0`, `in1`: what the vendor's own tests call the inputs of scripts with several.
fn is_numbered(name: &str) -> bool {
    name.strip_prefix("in").is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
}
