//! What can go wrong with conversions.

use crate::diag::{Code, Fault};
use crate::value::ty::Simple;
use crate::value::{Type, Value};

/// A value that cannot be converted; `default` replaces it. The wording is the reference engine's, because scripts
/// show it (`try(…).error.message`).
pub fn cannot_coerce(value: &Value, to: &Type) -> Fault {
    let code = match (value.bare(), to) {
        (Value::String(_) | Value::Key(_), Type::Simple(Simple::Number)) => Code::InvalidNumber,
        (Value::String(_) | Value::Key(_), Type::Simple(Simple::Boolean)) => Code::InvalidBoolean,
        _ => Code::Coercion,
    };
    let message = format!("Cannot coerce {}{} to {to}", value.type_name(), shown(value));
    let fault = Fault::new(code, message).rescuable();
    match value.bare() {
        Value::Null => fault.help("put a value in its place with `default`"),
        _ => fault,
    }
}

/// The same with the reason.
pub fn cannot_coerce_because(value: &Value, to: Simple, reason: &str) -> Fault {
    let message = format!("Cannot coerce {}{} to {}, caused by: {reason}", value.type_name(), shown(value), to.name());
    Fault::new(Code::Coercion, message).rescuable()
}

/// A value that cannot be the name of a pair.
pub fn no_key(value: &Value) -> Fault {
    Fault::new(Code::Type, format!("a {} cannot be used as a key", value.type_name()))
        .help("convert it: `(value as String)`")
}

fn shown(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = match value.bare() {
        Value::Null => "null".to_string(),
        Value::Boolean(b) => b.to_string(),
        Value::String(text) => text.to_string(),
        Value::Key(key) => key.name.local.to_string(),
        Value::Temporal(t) => format!("|{t}|"),
        bare => match bare.as_number() {
            Some(number) => number.to_string(),
            None => return String::new(),
        },
    };
    if text.chars().count() > LONGEST {
        let head: String = text.chars().take(LONGEST).collect();
        return format!(" ({head}…)");
    }
    format!(" ({text})")
}
