//! What can go wrong with an operator.

use crate::diag::{Code, Fault};
use crate::value::Value;

/// No overload of the operator or function takes these operands. `default` replaces it if one of them is null.
pub fn no_overload(operator: &str, operands: &[&Value]) -> Fault {
    let types: Vec<_> = operands.iter().map(|operand| operand.type_name()).collect();
    let fault = Fault::new(Code::NoOverload, format!("`{operator}` does not take {}", types.join(" and ")));
    let fault = operands.iter().filter_map(|operand| shown(operand)).fold(fault, |f, (name, text)| f.value(name, text));
    if operands.iter().any(|operand| operand.is_null()) {
        return fault.help("give the value that may be null a default, as in `(x default 0)`").rescuable();
    }
    match hint(operator, &types) {
        Some(hint) => fault.help(hint),
        None => fault,
    }
}

fn hint(operator: &str, types: &[&str]) -> Option<&'static str> {
    match (operator, types) {
        ("+", ["Object", _] | [_, "Object"]) => Some("use `++` to join objects"),
        ("+", [_, "Array"]) => Some("an item goes in front of an array with `>>`, arrays are joined with `++`"),
        ("+", ["String", _] | [_, "String"]) => Some("`+` adds numbers; use `++` to join texts"),
        ("++", ["Array", _]) => Some("`++` joins two arrays; use `<<` to append an item"),
        ("++", [_, "Array"]) => Some("`++` joins two arrays; use `>>` to put an item in front"),
        ("++", ["Object", _] | [_, "Object"]) => Some("`++` joins an object with another object only"),
        ("--", ["Array" | "Object", _]) => Some("`--` takes a list on the right; use `-` to remove one thing"),
        ("-" | "--", ["String", _]) => Some("text has no `-` and `--`; use `replace … with \"\"`"),
        ("*" | "/" | "-" | "mod", _) if types.contains(&"String") => Some("the text is not a number"),
        _ => None,
    }
}

/// A text operand, since what is wrong with it shows in its characters.
fn shown(operand: &Value) -> Option<(&'static str, String)> {
    operand.as_str().map(|text| ("text", format!("{text:?}")))
}

/// Two values without an order.
pub(super) fn no_order(a: &Value, b: &Value) -> Fault {
    let (a, b) = (a.type_name(), b.type_name());
    let message = match a == b {
        true => format!("values of type {a} have no order"),
        false => format!("{a} and {b} have no common order"),
    };
    Fault::new(Code::Comparison, message)
}
