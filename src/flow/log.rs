//! The log of flows: lines with a level, a category, the event and the component they come from.

use super::event::Event;

/// How grave a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Every step.
    Trace,
    /// For whoever looks for a mistake.
    Debug,
    /// For the record.
    Info,
    /// Something is odd.
    Warn,
    /// Something failed.
    Error,
}

impl Level {
    /// The level of this name; `INFO` for any other.
    pub fn named(name: &str) -> Self {
        match name {
            "TRACE" => Self::Trace,
            "DEBUG" => Self::Debug,
            "WARN" => Self::Warn,
            "ERROR" => Self::Error,
            _ => Self::Info,
        }
    }
}

/// Calls the macro of tracing that belongs to a level; each is a place of its own in the program, as tracing wants it.
macro_rules! at_level {
    ($level:expr, $macro:ident, $($arguments:tt)*) => {
        match $level {
            Level::Trace => tracing::$macro!(tracing::Level::TRACE, $($arguments)*),
            Level::Debug => tracing::$macro!(tracing::Level::DEBUG, $($arguments)*),
            Level::Info => tracing::$macro!(tracing::Level::INFO, $($arguments)*),
            Level::Warn => tracing::$macro!(tracing::Level::WARN, $($arguments)*),
            Level::Error => tracing::$macro!(tracing::Level::ERROR, $($arguments)*),
        }
    };
}

/// Whether lines of this level are written.
pub fn enabled(level: Level, _category: &str) -> bool {
    at_level!(level, event_enabled, category, correlation_id, processor, message)
}

/// Writes a line that comes from a component.
pub fn write(level: Level, category: &str, event: &Event, processor: &str, text: &str) {
    at_level!(level, event, category, correlation_id = %event.correlation_id, processor, "{text}");
}
