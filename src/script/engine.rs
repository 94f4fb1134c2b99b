//! The engine: what all scripts of a program share.

use super::modules::{Files, Modules};
use super::program::{self, Script};
use super::world::World;
use crate::builtin;
use crate::diag::{Fault, Report};
use crate::eval::{LogLevel, NativeTable};
use crate::format::Input;
use crate::plan::{self, Context, Coverage, Library, ModuleSource};
use crate::text::{Source, Span};
use crate::value::{Str, Value};
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The inputs that a script may name without saying so: the parts of a Mule event.
pub const EVENT_INPUTS: [&str; 8] =
    ["payload", "attributes", "vars", "message", "error", "correlationId", "itemSequenceInfo", "params"];

/// Compiles scripts. Cheap to clone; one engine serves any number of threads.
///
/// ```
/// use dwrun::script::{Engine, Inputs};
///
/// let script = Engine::new().compile("output application/json --- payload.names map upper($)")?;
/// let inputs = Inputs::new().content("payload", "application/json", r#"{"names": ["ada", "bo"]}"#);
/// let mut out = Vec::new();
/// script.run_to(inputs, &mut out)?;
/// assert_eq!(String::from_utf8_lossy(&out), "[\n  \"ADA\",\n  \"BO\"\n]");
/// # Ok::<(), dwrun::diag::Report>(())
/// ```
#[derive(Clone)]
pub struct Engine {
    settings: Arc<Settings>,
}

/// Takes the lines of the log.
type Log = dyn Fn(LogLevel, &str) + Send + Sync;

/// What an engine was told.
#[derive(Clone)]
pub(super) struct Settings {
    pub(super) modules: Modules,
    pub(super) default_output: String,
    pub(super) time_limit: Option<Duration>,
    pub(super) properties: Vec<(String, String)>,
    pub(super) trusted: bool,
    pub(super) implicit: Vec<String>,
    pub(super) coverage: Option<Coverage>,
    pub(super) log: Arc<Log>,
}

impl Default for Engine {
    fn default() -> Self {
        Self::new()
    }
}

impl Engine {
    /// An engine without user modules, whose `log` writes to standard error.
    pub fn new() -> Self {
        let settings = Settings {
            modules: Modules::default(),
            default_output: "application/json".into(),
            time_limit: None,
            properties: Vec::new(),
            trusted: false,
            implicit: Vec::new(),
            coverage: None,
            log: Arc::new(|_, line| {
                // A closed standard error is no reason to fail.
                let _ = writeln!(std::io::stderr(), "{line}");
            }),
        };
        Self { settings: Arc::new(settings) }
    }

    /// Adds a folder in which modules are looked up: `a::b::C` is `a/b/C.dwl` in it.
    pub fn module_path(self, folder: impl Into<PathBuf>) -> Self {
        self.change(|s| s.modules.folder(folder.into()))
    }

    /// Adds a module's text under its name `a::b::C`.
    pub fn module(self, name: &str, text: &str) -> Self {
        self.change(|s| s.modules.text(name, text))
    }

    /// The type of results whose script has no `output` directive; `application/json` unless set.
    pub fn default_output(self, mime: &str) -> Self {
        self.change(|s| s.default_output = mime.to_string())
    }

    /// Ends every run that takes longer.
    pub fn time_limit(self, limit: Duration) -> Self {
        self.change(|s| s.time_limit = Some(limit))
    }

    /// Adds a property: `dw::Runtime::prop` gives its value.
    pub fn property(self, name: &str, value: &str) -> Self {
        self.change(|s| s.properties.push((name.to_string(), value.to_string())))
    }

    /// Lets scripts read files by URL and environment variables, which they may not otherwise.
    pub fn trusted(self) -> Self {
        self.change(|s| s.trusted = true)
    }

    /// Puts the names of a module in scope of every script, behind all that the script imports itself.
    pub fn implicit(self, module: &str) -> Self {
        self.change(|s| s.implicit.push(module.to_string()))
    }

    /// Counts what runs of the scripts it compiles.
    pub fn coverage(self, coverage: &Coverage) -> Self {
        self.change(|s| s.coverage = Some(coverage.clone()))
    }

    /// Replaces all user modules by these, name and text.
    pub(super) fn only_modules(self, modules: &[(String, String)]) -> Self {
        self.change(|s| {
            s.modules = Modules::default();
            modules.iter().for_each(|(name, text)| s.modules.text(name, text));
        })
    }

    /// Where the lines of `log` go; standard error unless set.
    pub fn on_log(self, log: impl Fn(LogLevel, &str) + Send + Sync + 'static) -> Self {
        self.change(|s| s.log = Arc::new(log))
    }

    /// Lists the module files and resources that its scripts read.
    pub fn list_files(self, files: &Files) -> Self {
        self.change(|s| s.modules.list_files(files))
    }

    fn change(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        change(Arc::make_mut(&mut self.settings));
        self
    }

    /// Compiles a script that may use the inputs of a Mule event (`payload`, `vars`, `attributes` …).
    pub fn compile(&self, text: &str) -> Result<Script, Report> {
        self.compile_source(&Source::new("<script>", text), &EVENT_INPUTS)
    }

    /// Compiles a script whose inputs have these names. All mistakes are reported at once.
    pub fn compile_source(&self, source: &Arc<Source>, inputs: &[&str]) -> Result<Script, Report> {
        Ok(self.script(source, inputs)?)
    }

    /// Compiles the script that stands at a span of a text, such as a configuration; its places are those of the text.
    pub fn compile_part(&self, source: &Arc<Source>, span: Span, inputs: &[&str]) -> Result<Script, Report> {
        Ok(self.part(source, span, inputs)?)
    }

    /// Reads content of a MIME type or format id, with reader properties.
    pub fn read(&self, input: Input, mime: &str, properties: &[(Str, Value)]) -> Result<Value, Report> {
        Ok(program::read_as(input, mime, properties, None, &World::new(self.clone(), None))?)
    }

    /// Compiles a script; the faults are those of the script.
    pub(super) fn script(&self, source: &Arc<Source>, inputs: &[&str]) -> Result<Script, Vec<Fault>> {
        self.part(source, source.whole(), inputs)
    }

    fn part(&self, source: &Arc<Source>, span: Span, inputs: &[&str]) -> Result<Script, Vec<Fault>> {
        let implicit = &self.settings.implicit;
        let context = Context {
            library: &standard().library,
            modules: self,
            inputs,
            implicit,
            coverage: self.settings.coverage.as_ref(),
        };
        let plan = plan::compile(source, span, &context)?;
        Ok(Script::new(self.clone(), plan))
    }

    /// Nobody notes how much of the scripts runs that it compiles from now on.
    pub fn uncounted(self) -> Self {
        self.change(|s| s.coverage = None)
    }

    /// What notes how much of its scripts runs, if anything does.
    pub fn covered(&self) -> Option<&Coverage> {
        self.settings.coverage.as_ref()
    }

    pub(super) fn settings(&self) -> &Settings {
        &self.settings
    }
}

impl ModuleSource for Engine {
    fn load(&self, name: &str) -> Option<Arc<Source>> {
        self.settings.modules.find(name)
    }
}

/// The standard library with its natives, made once in a process.
pub(super) struct Standard {
    pub(super) library: Arc<Library>,
    pub(super) natives: Arc<NativeTable>,
}

pub(super) fn standard() -> &'static Standard {
    static STANDARD: OnceLock<Standard> = OnceLock::new();
    STANDARD.get_or_init(|| {
        let natives = Arc::new(NativeTable::new(builtin::NATIVES.iter().copied().flatten()));
        Standard { library: Arc::new(Library::new(natives.clone())), natives }
    })
}
