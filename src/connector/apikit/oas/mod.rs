//! OpenAPI 3 and 2 (Swagger), YAML or JSON, read into an API.

mod action;
mod refs;
mod schema;
#[cfg(test)]
mod tests;

use super::api::{Api, Resource, Template};
use super::document::{Library, Node, read as document};
use crate::diag::{Code, Fault};
use crate::text::{Place, Source, Span};
use action::METHODS;
use refs::Refs;
use std::sync::Arc;

/// What all parts of a reading share.
pub struct Context<'a> {
    root: &'a Node,
    refs: Refs,
    /// Version 2, where bodies are parameters.
    is_old: bool,
    /// Version 3.1, whose schemas are those of JSON schema 2020-12.
    is_new: bool,
}

/// Reads an API from its main file.
///
/// # Errors
/// The first mistake, at its place.
pub fn read(library: Arc<Library>, source: &Arc<Source>) -> Result<Api, Fault> {
    // JSON has no tabs but between its tokens, where YAML does not always take them.
    let is_json = source.text().trim_start().starts_with('{');
    let source = match is_json && source.text().contains('\t') {
        true => &Source::new(source.name(), source.text().replace('\t', " ")),
        false => source,
    };
    let root = document(source)?;
    let version = root.text_of("openapi").or_else(|| root.text_of("swagger")).unwrap_or_default();
    if !(version.starts_with("3.") || version.starts_with("2.")) {
        let place = || Place { source: source.clone(), span: Span::new(0, 0) };
        let fault = Fault::new(Code::Configuration, "this is neither RAML nor OpenAPI").at(place);
        return Err(fault.help("RAML begins with `#%RAML 1.0`; OpenAPI has `openapi: 3.…` or `swagger: \"2.0\"`"));
    }
    let (is_old, is_new) = (version.starts_with("2."), version.starts_with("3.1"));
    let context = Context { root: &root, refs: Refs::new(library, &root), is_old, is_new };
    let mut resources = Vec::new();
    for path in root.get("paths").map(Node::entries).unwrap_or_default() {
        let item = context.refs.follow(&path.value)?;
        let template = Template::parse(&path.name).map_err(|fault| fault.at(|| path.place.clone()))?;
        let methods = item.entries().iter().filter(|entry| METHODS.contains(&&*entry.name));
        let actions = methods.map(|method| action::read(&context, &item, method)).collect::<Result<_, _>>()?;
        resources.push(Resource { path: template, actions });
    }
    Ok(Api { resources })
}
