//! Operands that an operator cannot take.

use crate::diag::{Code, Fault};
use crate::value::Value;

/// The fault for operands of types that the operator does not take. `default` replaces it where one of them is null.
pub fn no_operator(symbol: &str, left: &Value, right: &Value) -> Fault {
    let message = format!("`{symbol}` cannot take {} and {}", left.type_name(), right.type_name());
    let fault = Fault::new(Code::NoOverload, message);
    if left.is_null() || right.is_null() {
        let help = "put a value in place of null with `default`, in parentheses: `(x default 0)`";
        return fault.help(help).rescuable();
    }
    match (symbol, left.bare(), right.bare()) {
        ("+", Value::String(_), _) | ("+", _, Value::String(_)) => fault.help("`++` joins texts"),
        ("+", Value::Object(_), Value::Object(_)) => fault.help("`++` joins objects"),
        _ => fault,
    }
}

/// Two values that have no order.
pub fn no_order(left: &Value, right: &Value) -> Fault {
    let (a, b) = (left.type_name(), right.type_name());
    let fault = Fault::new(Code::Comparison, format!("{a} and {b} cannot be compared"));
    match left.is_null() || right.is_null() {
        true => fault.help("put a value in place of null with `default`, in parentheses: `(x default 0)`"),
        false => fault,
    }
}
