//! The outer world of a script that a script runs: what it may do is asked for, what it logs is collected.

use crate::builtin::condition::{self, Texts};
use crate::diag::{Code, Fault};
use crate::eval::{Evaluated, Host, LogLevel, Script};
use crate::value::temporal::{DateTime, Temporal};
use crate::value::{Function, Object, ObjectBuilder, Value};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Nothing outside is open to the script unless `grants` says so; the outer script's own limits hold in any case.
pub struct Guard {
    outer: Arc<dyn Host>,
    grants: Option<Function>,
    logger: Option<Logger>,
    logs: Mutex<Vec<Value>>,
}

/// The `log` function of a logger service, with what its `initialize` gave.
pub struct Logger {
    /// Takes level, message and context.
    pub log: Function,
    /// The context.
    pub context: Value,
}

impl Guard {
    /// A world inside of `outer`.
    pub fn new(outer: Arc<dyn Host>, grants: Option<Function>, logger: Option<Logger>) -> Self {
        Self { outer, grants, logger, logs: Mutex::default() }
    }

    /// The lines logged so far, as `LogEntry` objects.
    pub fn logs(&self) -> Value {
        Value::array(self.logs.lock().unwrap_or_else(PoisonError::into_inner).clone())
    }

    fn ask(&self, privilege: &str, args: Vec<Value>) -> Result<(), Fault> {
        if let Some(grants) = &self.grants {
            let answer = grants.call(&mut [Value::from(privilege), Value::array(args)])?;
            if condition::holds(&answer, Texts::AnyCase, "securityManager")? {
                return Ok(());
            }
        }
        let fault = Fault::new(Code::Privilege, format!("this script lacks the privilege `{privilege}`"));
        Err(fault.help("the script that runs it can grant it with a `securityManager`"))
    }

    fn entry(&self, level: &str, message: String) -> Result<Value, Fault> {
        let now = Temporal::LocalDateTime(self.outer.now()?.local());
        let mut entry = ObjectBuilder::with_capacity(3);
        entry.field("level", level).field("timestamp", now.to_string()).field("message", message);
        Ok(entry.value())
    }

    fn write_log(&self, level: LogLevel, prefix: &str, value: &Value) -> Result<(), Fault> {
        let level = match level {
            LogLevel::Debug | LogLevel::Info => "INFO",
            LogLevel::Warn => "WARN",
            LogLevel::Error => "ERROR",
        };
        let text = self.outer.write(value, "application/dw", &Object::default())?;
        let text = text.as_str().unwrap_or_default();
        let message = if prefix.is_empty() { text.to_string() } else { format!("{prefix} - {text}") };
        match &self.logger {
            Some(Logger { log, context }) => log.call(&mut [level.into(), message.into(), context.clone()]).map(drop),
            None => {
                let entry = self.entry(level, message)?;
                self.logs.lock().unwrap_or_else(PoisonError::into_inner).push(entry);
                Ok(())
            }
        }
    }
}

impl Host for Guard {
    fn log(&self, level: LogLevel, prefix: &str, value: &Value) {
        // Logging is an aside: what goes wrong there must not end the script.
        if let Err(fault) = self.write_log(level, prefix, value) {
            self.outer.log(LogLevel::Error, "log", &Value::from(fault.message()));
        }
    }

    fn read(&self, content: &Value, mime: &str, properties: &Object) -> Result<Value, Fault> {
        self.outer.read(content, mime, properties)
    }

    fn read_url(&self, url: &str, mime: &str, properties: &Object) -> Result<Value, Fault> {
        self.ask("Resource", vec![url.into(), mime.into(), Value::Object(properties.clone())])?;
        self.outer.read_url(url, mime, properties)
    }

    fn write(&self, value: &Value, mime: &str, properties: &Object) -> Result<Value, Fault> {
        self.outer.write(value, mime, properties)
    }

    fn now(&self) -> Result<DateTime, Fault> {
        self.outer.now()
    }

    fn random(&self) -> Result<f64, Fault> {
        self.outer.random()
    }

    fn environment_variable(&self, name: &str) -> Result<Option<String>, Fault> {
        self.ask("Environment", vec![name.into()])?;
        self.outer.environment_variable(name)
    }

    fn environment(&self) -> Result<Vec<(String, String)>, Fault> {
        self.ask("Environment", Vec::new())?;
        self.outer.environment()
    }

    fn property(&self, name: &str) -> Result<Option<String>, Fault> {
        self.ask("Properties", vec![name.into()])?;
        self.outer.property(name)
    }

    fn properties(&self) -> Result<Vec<(String, String)>, Fault> {
        self.ask("Properties", Vec::new())?;
        self.outer.properties()
    }

    fn formats(&self) -> Value {
        self.outer.formats()
    }

    fn call(&self, function: &str, arguments: Vec<Value>) -> Result<Value, Fault> {
        self.ask("Program", vec![function.into()])?;
        self.outer.call(function, arguments)
    }

    fn pause(&self, time: Duration) {
        self.outer.pause(time);
    }

    fn evaluate(&self, script: Script) -> Result<Evaluated, Fault> {
        self.outer.evaluate(script)
    }
}
