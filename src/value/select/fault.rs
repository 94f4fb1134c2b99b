//! What can go wrong with a selection.

use crate::diag::{Code, Fault, nearest};
use crate::value::Value;
use std::fmt::Display;

/// What a selector with `!` looked for.
#[derive(Clone, Copy, Debug)]
pub enum Sought<'a> {
    /// A key, by its local name.
    Key(&'a str),
    /// An attribute, by its local name.
    Attribute(&'a str),
    /// A position.
    Index(i64),
    /// Items that meet a condition.
    Matches,
    /// The attributes as such.
    Attributes,
    /// The namespace.
    Namespace,
    /// An item of the metadata.
    Metadata(&'a str),
}

/// The fault of `!` where `base` has nothing of what was sought. `default` does not replace it.
pub fn missing(base: &Value, sought: Sought<'_>) -> Fault {
    match sought {
        Sought::Key(_) | Sought::Index(_) if base.is_null() => Fault::new(Code::Selection, "`!` selects from null")
            .help("the value on the left is null itself; test it, or select without `!`"),
        Sought::Key(name) => no_key(base, name),
        Sought::Attribute(name) => Fault::new(Code::KeyNotFound, format!("there is no attribute `{name}`")),
        Sought::Index(index) => out_of_bounds(base, index),
        Sought::Matches => Fault::new(Code::Selection, "no item meets the condition of the filter"),
        Sought::Attributes => Fault::new(Code::Selection, "the value has no attributes"),
        Sought::Namespace => Fault::new(Code::Selection, "the value has no namespace"),
        Sought::Metadata(name) => Fault::new(Code::KeyNotFound, format!("the value has no metadata `{name}`")),
    }
}

/// In the reference's words: scripts read them through `try`.
fn no_key(base: &Value, name: &str) -> Fault {
    let fault = Fault::new(Code::KeyNotFound, format!("There is no key named '{name}'"));
    let Value::Object(object) = base.bare() else { return fault };
    match nearest(name, object.iter().map(|pair| pair.name.local.as_str())) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault,
    }
}

fn out_of_bounds(base: &Value, index: i64) -> Fault {
    let size = match base.bare() {
        Value::Array(array) => array.known().map(<[Value]>::len),
        Value::Object(object) => Some(object.len()),
        _ => None,
    };
    let of = size.map(|n| format!(" of {n} items")).unwrap_or_default();
    Fault::new(Code::IndexOutOfBounds, format!("the index {index} lies outside of the {}{of}", base.type_name()))
}

/// A selector on a value that has no such parts. Where the value is null, `default` replaces the fault.
pub fn no_parts(selector: impl Display, base: &Value) -> Fault {
    let fault =
        Fault::new(Code::NoOverload, format!("`{selector}` selects nothing from a value of type {}", base.type_name()));
    match base.bare() {
        Value::Null => fault.help("put `default` after the value that may be null").rescuable(),
        Value::String(_) => fault.help("text has no fields; if it holds JSON, read it first: `read(text, \"json\")`"),
        Value::Function(_) => fault.help("this is a function; call it before you select from its result"),
        _ => fault,
    }
}

/// An index that is neither number, name nor range.
pub fn no_index(base: &Value, index: &Value) -> Fault {
    let message = format!("`[…]` on {} takes no index of type {}", base.type_name(), index.type_name());
    let fault = Fault::new(Code::NoOverload, message);
    if base.is_null() || index.is_null() { fault.rescuable() } else { fault }
}
