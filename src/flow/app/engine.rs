//! The engine of an app's expressions: its modules, its properties, its log.

use super::{Project, Properties};
use crate::script::{Coverage, Engine, LogLevel};

/// The engine of the app's expressions. Properties that refer to one that is not there are left out: they are reported
/// where they are used.
pub(super) fn engine(project: &Project, properties: &Properties, coverage: Option<&Coverage>) -> Engine {
    let mut engine = Engine::new().default_output("application/java").implicit("Mule").trusted().on_log(write);
    if let Some(coverage) = coverage {
        engine = engine.coverage(coverage);
    }
    for folder in &project.resources {
        engine = engine.module_path(folder);
    }
    for name in properties.names() {
        if let Ok(Some(value)) = properties.get(name) {
            engine = engine.property(name, &value);
        }
    }
    engine
}

/// Writes a line that a script logs.
fn write(level: LogLevel, line: &str) {
    const CATEGORY: &str = "org.mule.runtime.core.internal.processor.LoggerMessageProcessor";
    match level {
        LogLevel::Debug => tracing::debug!(target: CATEGORY, "{line}"),
        LogLevel::Info => tracing::info!(target: CATEGORY, "{line}"),
        LogLevel::Warn => tracing::warn!(target: CATEGORY, "{line}"),
        LogLevel::Error => tracing::error!(target: CATEGORY, "{line}"),
    }
}
