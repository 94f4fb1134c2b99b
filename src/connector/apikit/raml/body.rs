//! Bodies by media type.

use super::{Context, parameters};
use crate::connector::apikit::api::{Body, Parameter};
use crate::connector::apikit::document::Node;
use crate::diag::Fault;

/// The bodies that are declared, with their media types.
fn declared<'a>(context: &'a Context, body: &'a Node) -> Vec<(&'a str, &'a Node)> {
    if body.is_null() {
        return Vec::new();
    }
    let typed = body.entries().iter().filter(|entry| entry.name.contains('/'));
    let typed: Vec<_> = typed.map(|entry| (&*entry.name, &entry.value)).collect();
    match typed.is_empty() {
        true if context.media.is_empty() => vec![("application/json", body)],
        true => context.media.iter().map(|media| (media.as_str(), body)).collect(),
        false => typed,
    }
}

/// The media types of a body.
pub fn media_types(context: &Context, body: &Node) -> Vec<String> {
    declared(context, body).into_iter().map(|(media, _)| media.to_string()).collect()
}

/// Reads the bodies of a method.
///
/// # Errors
/// The first type that is none.
pub fn all(context: &Context, body: &Node) -> Result<Vec<Body>, Fault> {
    declared(context, body).into_iter().map(|(media, node)| one(context, media, node)).collect()
}

fn one(context: &Context, media: &str, node: &Node) -> Result<Body, Fault> {
    let is_json = media.contains("json") && !node.is_null();
    let is_form = media.contains("x-www-form-urlencoded") || media.contains("multipart/form-data");
    Ok(Body {
        media: media.to_string(),
        check: is_json.then(|| context.check(node, "any")).transpose()?,
        fields: if is_form { fields(context, node)? } else { Vec::new() },
    })
}

fn fields(context: &Context, node: &Node) -> Result<Vec<Parameter>, Fault> {
    match node.get("formParameters") {
        Some(old) => parameters::all(context, old, !context.is_old),
        None => {
            let properties = context.properties(node, 0)?;
            properties.iter().map(|entry| parameters::read(context, entry, true)).collect()
        }
    }
}
