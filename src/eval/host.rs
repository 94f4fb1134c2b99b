//! What a script may ask of the outer world.

use crate::diag::Fault;
use crate::value::temporal::DateTime;
use crate::value::{Object, Value};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// How grave a line of the log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LogLevel {
    /// For whoever looks for a mistake.
    Debug,
    /// For the record; what `log` writes.
    Info,
    /// Something is odd.
    Warn,
    /// Something failed.
    Error,
}

impl LogLevel {
    /// Every level, the least grave first.
    pub const ALL: [LogLevel; 4] = [LogLevel::Debug, LogLevel::Info, LogLevel::Warn, LogLevel::Error];

    /// The name that scripts use.
    pub fn name(self) -> &'static str {
        match self {
            LogLevel::Debug => "Debug",
            LogLevel::Info => "Info",
            LogLevel::Warn => "Warn",
            LogLevel::Error => "Error",
        }
    }
}

/// The outer world of a running script. Each method may refuse with a `Privilege` fault.
pub trait Host: Send + Sync {
    /// Writes a line of `log(prefix, value)` and its kin; the prefix may be empty.
    fn log(&self, level: LogLevel, prefix: &str, value: &Value);

    /// Reads content (String or Binary) as this MIME type or format id, with reader properties.
    fn read(&self, content: &Value, mime: &str, properties: &Object) -> Result<Value, Fault>;

    /// Reads what a `classpath:`, `file:` or `http:` URL leads to, like `read`.
    fn read_url(&self, url: &str, mime: &str, properties: &Object) -> Result<Value, Fault>;

    /// Writes a value as this MIME type or format id: a String for text formats, else a Binary.
    fn write(&self, value: &Value, mime: &str, properties: &Object) -> Result<Value, Fault>;

    /// The present moment, in the zone the machine is set to.
    fn now(&self) -> Result<DateTime, Fault>;

    /// A random number from 0 up to but not including 1.
    fn random(&self) -> Result<f64, Fault>;

    /// The environment variable of this name.
    fn environment_variable(&self, name: &str) -> Result<Option<String>, Fault>;

    /// All environment variables.
    fn environment(&self) -> Result<Vec<(String, String)>, Fault>;

    /// The property of this name that the run was started with.
    fn property(&self, name: &str) -> Result<Option<String>, Fault>;

    /// All properties that the run was started with.
    fn properties(&self) -> Result<Vec<(String, String)>, Fault>;

    /// The data formats: an array of `DataFormatDescriptor` as `dw::Runtime` declares it.
    fn formats(&self) -> Value;

    /// Calls a function that the program around the script provides, such as `Mule::lookup`.
    fn call(&self, function: &str, arguments: Vec<Value>) -> Result<Value, Fault>;

    /// Sleeps, letting other work of the program go on.
    fn pause(&self, time: Duration);

    /// Compiles and runs another script. Its faults have their place and trace in it.
    fn evaluate(&self, script: Script) -> Result<Evaluated, Fault>;
}

/// A script that a script runs.
pub struct Script {
    /// The name it is shown under.
    pub name: String,
    /// Its text.
    pub text: String,
    /// The modules it may import, name (`lib::Calc`) and text; `None` for those that the outer script may.
    pub modules: Option<Vec<(String, String)>>,
    /// Its inputs.
    pub inputs: Vec<(String, Value)>,
    /// How to write the result; `None` for the value itself.
    pub output: Option<Output>,
    /// How long it may take.
    pub time_out: Option<Duration>,
    /// How deep its calls may nest.
    pub max_stack: Option<usize>,
    /// Set by the owner of the outer run to end both early.
    pub interrupt: Arc<AtomicBool>,
    /// Its own outer world.
    pub host: Arc<dyn Host>,
}

/// How the result of a [`Script`] is written.
pub struct Output {
    /// The MIME type, where the script has no `output` directive of its own.
    pub mime: String,
    /// Writer properties for that type.
    pub properties: Object,
}

/// What a [`Script`] gave.
pub struct Evaluated {
    /// Its result; a Binary if it was written.
    pub value: Value,
    /// The MIME type it was written as.
    pub mime: Option<String>,
    /// The character set it was written in; `None` for binary formats.
    pub encoding: Option<String>,
}
