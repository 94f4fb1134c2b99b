//! What tests in DataWeave may ask for: the inputs and outputs of scenarios, and mappings to run.

use crate::diag::{Code, Fault, Report};
use crate::format::Input;
use crate::script::{Engine, Inputs, Surroundings};
use crate::suite::script::given;
use crate::text::Source;
use crate::value::{ObjectBuilder, Value};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The files of the project around a suite.
pub struct Resources {
    /// Compiles mappings and reads files.
    pub engine: Engine,
    /// Where files are looked up.
    pub folders: Vec<PathBuf>,
}

impl Resources {
    fn find(&self, path: &str, is_there: impl Fn(&Path) -> bool) -> Result<PathBuf, Fault> {
        let found = self.folders.iter().map(|folder| folder.join(path)).find(|path| is_there(path));
        found.ok_or_else(|| {
            let places: Vec<_> = self.folders.iter().map(|folder| folder.display().to_string()).collect();
            Fault::new(Code::Io, format!("there is no `{path}`"))
                .help(format!("it is looked for in {}", places.join(", ")))
        })
    }

    /// The inputs of a scenario.
    fn inputs(&self, scenario: &str) -> Result<Value, Fault> {
        let folder = self.find(&format!("{scenario}/inputs"), Path::is_dir)?;
        given::object(&folder, &self.engine, &mut Vec::new()).map_err(first)
    }

    /// What a scenario expects.
    fn output(&self, scenario: &str) -> Result<Value, Fault> {
        let folder = self.find(scenario, Path::is_dir)?;
        let all = given::in_folder(&folder);
        let out = all.into_iter().find(|given| given.name == "out");
        let out = out.ok_or_else(|| Fault::new(Code::Io, format!("there is no `out.*` in {}", folder.display())))?;
        out.read(&self.engine, &mut Vec::new()).map_err(first)
    }

    /// Runs a mapping and reads what it wrote.
    fn evaluate(&self, mapping: &str, inputs: &Value, mime: &str) -> Result<Value, Fault> {
        let path = self.find(mapping, Path::is_file)?;
        let text =
            fs::read_to_string(&path).map_err(|e| Fault::new(Code::Io, format!("cannot read `{mapping}`: {e}")))?;
        let Value::Object(given) = inputs.bare() else {
            return Err(Fault::new(Code::Argument, "the inputs of a mapping are an object"));
        };
        let names: Vec<&str> = given.iter().map(|pair| pair.name.local.as_str()).collect();
        let engine = self.engine.clone().default_output(mime);
        let script = engine.compile_source(&Source::new(path.display().to_string(), text), &names).map_err(first)?;
        let inputs = given.iter().fold(Inputs::new(), |all, pair| all.value(&pair.name.local, pair.value.clone()));
        let mut bytes = Vec::new();
        script.run_to(inputs, &mut bytes).map_err(first)?;
        let written = script.output_type().map_err(first)?;
        self.engine.read(Input::memory(mapping, bytes), &written, &[]).map_err(first)
    }
}

impl Surroundings for Resources {
    fn call(&self, function: &str, arguments: Vec<Value>) -> Result<Value, Fault> {
        let text = |index: usize| arguments.get(index).and_then(Value::as_str).unwrap_or_default();
        match function {
            "Tests::inputsFrom" => self.inputs(text(0)),
            "Tests::outputFrom" => self.output(text(0)),
            "Tests::evalPath" => {
                let none = ObjectBuilder::default().value();
                self.evaluate(text(0), arguments.get(1).unwrap_or(&none), text(2))
            }
            _ => Err(Fault::new(Code::Privilege, format!("`{function}` is there in Mule apps only"))),
        }
    }

    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

fn first(report: Report) -> Fault {
    report.faults().first().cloned().unwrap_or_else(|| Fault::internal("a script failed without a fault"))
}
