//! `:test`: the session as a script test: `Mapping/Scenario` with `transform.dwl`, `inputs/*` and `out.*`.

use super::save::write;
use super::supply::{Origin, Supplied, mime_of};
use super::{Reply, Session};
use crate::diag::{Code, Fault, Report};
use crate::format::{Input, Options, registry};
use crate::script::{EVENT_INPUTS, Inputs};
use crate::syntax;
use crate::text::Source;
use crate::value::{Value, ops};
use std::fs;
use std::path::{Path, PathBuf};

impl Session {
    /// `:test MAPPING[/SCENARIO]`
    pub(super) fn save_test(&mut self, name: &str) -> Result<Reply, Report> {
        if self.last.is_none() {
            let fault = Fault::new(Code::Argument, "there is no result yet that a test could expect");
            return Err(fault.help("evaluate the transform first, then name its test").into());
        }
        let folder = self.scenario(name)?;
        let text = self.script()?;
        let words = syntax::lexemes(&text);
        let reads = |name: &str| words.iter().any(|word| &text[word.start..word.end] == name);
        let used: Vec<Supplied> = self.supplied.iter().filter(|s| reads(&s.name)).cloned().collect();
        let (bytes, extension) = self.expected(&folder, &text, &used)?;
        let mapping = self.mapping(&folder, &text);
        if mapping.is_none() {
            write(&folder.join("transform.dwl"), text.as_bytes())?;
        }
        for supplied in &used {
            write_input(&folder.join("inputs"), supplied)?;
        }
        write(&folder.join(format!("out.{extension}")), &bytes)?;
        let inputs = used.iter().map(|s| s.name.as_str()).collect::<Vec<_>>().join(", ");
        let inputs = if inputs.is_empty() { "none".to_string() } else { inputs };
        let script = mapping.unwrap_or_else(|| folder.join("transform.dwl"));
        let (test, script) = (folder.display(), script.display());
        Ok(Reply::Text(format!("{test} tests {script}; inputs: {inputs}; out.{extension} is what it gives now")))
    }

    /// The script beside the mapping's folder, `Merge.dwl` for `Merge/first`, if it is this session's script as saved.
    fn mapping(&self, scenario: &Path, text: &str) -> Option<PathBuf> {
        let file = scenario.parent()?.with_extension("dwl");
        let is_own = self.files.contains(&file) && fs::read_to_string(&file).is_ok_and(|saved| saved == text);
        is_own.then_some(file)
    }

    /// The folder of a scenario that is not there yet.
    fn scenario(&self, name: &str) -> Result<PathBuf, Fault> {
        let path = PathBuf::from(name);
        if path.components().count() == 1 {
            let free = (1..).map(|n| path.join(format!("case-{n}"))).find(|p| !p.exists());
            return free.ok_or_else(|| Fault::new(Code::Limit, "every scenario is there already"));
        }
        if path.exists() {
            let fault = Fault::new(Code::Io, format!("{name} is there already"));
            return Err(fault.help("choose another name for the scenario"));
        }
        Ok(path)
    }

    /// What the script gives when it is run as a test runs it, and the extension for it.
    fn expected(&self, folder: &Path, text: &str, used: &[Supplied]) -> Result<(Vec<u8>, String), Report> {
        let source = Source::new(folder.join("transform.dwl").display().to_string(), text);
        let names = used.iter().map(|s| s.name.as_str()).filter(|name| !EVENT_INPUTS.contains(name));
        let names: Vec<&str> = EVENT_INPUTS.iter().copied().chain(names).collect();
        let script = self.engine.compile_source(&source, &names)?;
        let inputs = used.iter().fold(Inputs::new(), |all, s| all.value(&s.name, s.value.clone()));
        let mut bytes = Vec::new();
        let value = script.run_interruptible(inputs, self.interrupt.clone())?;
        script.write(value, &mut bytes)?;
        let format = registry::by_name(&script.output_type()?)?;
        Ok((bytes, format.extensions().first().copied().unwrap_or("bin").to_string()))
    }
}

/// A file is copied. A value is written as JSON if nothing is lost, else as DataWeave.
fn write_input(folder: &Path, supplied: &Supplied) -> Result<(), Fault> {
    let Supplied { name, origin, value } = supplied;
    if let Origin::File(path, mime) = origin
        && *mime == mime_of(path)
    {
        let extension = path.extension().map(|e| e.to_string_lossy().into_owned()).unwrap_or_else(|| "json".into());
        let bytes = fs::read(path).map_err(|e| Fault::new(Code::Io, format!("cannot read {}: {e}", path.display())))?;
        return write(&folder.join(format!("{name}.{extension}")), &bytes);
    }
    match as_json(value) {
        Some(json) => write(&folder.join(format!("{name}.json")), &json),
        None => {
            let mut text = Vec::new();
            let dw = registry::by_id("dw")?;
            dw.write(value.clone(), &mut text, &Options::lenient(dw.writer_properties(), &[])?)?;
            write(&folder.join(format!("{name}.dwl")), &text)
        }
    }
}

/// The value as JSON, if reading that gives the same value.
fn as_json(value: &Value) -> Option<Vec<u8>> {
    let json = registry::by_id("json").ok()?;
    let mut text = Vec::new();
    json.write(value.clone(), &mut text, &Options::lenient(json.writer_properties(), &[]).ok()?).ok()?;
    let input =
        Inputs::new().input("payload", "application/json", Vec::new(), Input::memory("payload", text.as_slice()));
    let same = crate::script::Engine::new().compile("payload").ok()?.run(input).ok()?;
    ops::equal(&same, value).ok()?.then_some(text)
}
