//! What can go wrong with conversions.

use super::shown::shown;
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
    let message = format!("Cannot coerce {}{} to {to}", value.type_name(), shown(value, to));
    let fault = Fault::new(code, message).rescuable();
    match value.bare() {
        Value::Null => fault.help("put a value in its place with `default`"),
        _ => fault,
    }
}

/// The same with the reason.
pub fn cannot_coerce_because(value: &Value, to: Simple, reason: &str) -> Fault {
    let seen = shown(value, &Type::Simple(to));
    let message = format!("Cannot coerce {}{seen} to {}, caused by: {reason}", value.type_name(), to.name());
    Fault::new(Code::Coercion, message).rescuable()
}

/// A value that cannot be the name of a pair.
pub fn no_key(value: &Value) -> Fault {
    Fault::new(Code::Type, format!("a {} cannot be used as a key", value.type_name()))
        .help("convert it: `(value as String)`")
}
