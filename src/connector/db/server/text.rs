//! DataWeave values as the texts that databases read.

use super::super::problem::Problem;
use crate::flow::event::media;
use crate::script;
use crate::value::temporal::Zone;
use crate::value::{Temporal, Value, coerce};

/// A value as text: numbers and times as SQL writes them, lists and objects as JSON.
pub fn of(name: &str, value: &Value) -> Result<String, Problem> {
    match value.bare() {
        Value::Object(_) | Value::Array(_) | Value::Range(_) => json(name, value),
        Value::Temporal(temporal) => Ok(temporal_text(temporal)),
        other => coerce::to_text(other).map(|text| text.to_string()).map_err(|_| refused(name, other)),
    }
}

/// A list or an object as JSON.
fn json(name: &str, value: &Value) -> Result<String, Problem> {
    let mut out = Vec::new();
    let written = script::write(value.clone(), &media("application/json; indent=false"), &mut out);
    written.map_err(|fault| Problem::execution(format!("parameter '{name}': {fault}")))?;
    Ok(String::from_utf8_lossy(&out).into_owned())
}

/// A value that no parameter takes.
pub fn refused(name: &str, value: &Value) -> Problem {
    Problem::execution(format!("parameter '{name}' is a {}, which no column holds", value.type_name()))
}

/// `2024-05-01 10:00:00`, with the offset where there is one.
fn temporal_text(temporal: &Temporal) -> String {
    let text = match temporal {
        // A zone's name means nothing to a database; its offset does.
        Temporal::DateTime(moment) => {
            let fixed = moment.shifted(Zone::Offset(moment.offset()));
            return spaced(&plain(&fixed.unwrap_or_else(|| moment.clone()).into()));
        }
        other => plain(other),
    };
    match temporal {
        Temporal::LocalDateTime(_) => spaced(&text),
        _ => text,
    }
}

fn plain(temporal: &Temporal) -> String {
    coerce::to_text(&temporal.clone().into()).map(|text| text.to_string()).unwrap_or_default()
}

fn spaced(text: &str) -> String {
    text.replacen('T', " ", 1)
}

/// The local date and time of a moment in a zone, as text without an offset.
pub fn local_text(temporal: &Temporal, zone: Option<Zone>) -> String {
    match temporal {
        Temporal::DateTime(moment) => match zone.and_then(|zone| moment.shifted(zone)) {
            Some(moment) => spaced(&plain(&moment.local().into())),
            None => temporal_text(temporal),
        },
        other => temporal_text(other),
    }
}
