//! Parameters of paths, queries, headers and forms.

use super::Context;
use crate::connector::apikit::api::Parameter;
use crate::connector::apikit::document::{Content, Entry, Node};
use crate::diag::Fault;

/// The parameters that a mapping declares.
///
/// # Errors
/// The first type that is none.
pub fn all(context: &Context, declared: &Node, required: bool) -> Result<Vec<Parameter>, Fault> {
    declared.entries().iter().map(|entry| read(context, entry, required)).collect()
}

/// Reads a parameter; `required` holds where it does not say whether it is.
pub fn read(context: &Context, entry: &Entry, required: bool) -> Result<Parameter, Fault> {
    let declared = &entry.value;
    let says = declared.get("required").map(Node::is_true);
    let (name, is_required) = name_and_need(&entry.name, says, required, context.is_old);
    // RAML 0.8 may list several declarations, of which one has to fit; the reference checks none then.
    let unchecked = Node::scalar("any", true, declared.place.clone());
    let is_choice = context.is_old && matches!(declared.content, Content::List(_));
    let check = context.check(if is_choice { &unchecked } else { declared }, "string")?;
    Ok(Parameter {
        name: name.to_string(),
        is_required,
        default: declared.text_of("default").map(str::to_string),
        repeats: context.is_old && declared.get("repeat").is_some_and(Node::is_true),
        check,
    })
}

/// The name of something that may be left out where a `?` follows it.
pub fn name_and_need(name: &str, says: Option<bool>, required: bool, is_old: bool) -> (&str, bool) {
    match (name.strip_suffix('?'), says) {
        (_, Some(says)) => (name, says),
        (Some(name), None) if !is_old => (name, false),
        (_, None) => (name, required),
    }
}
