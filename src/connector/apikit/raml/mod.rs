//! RAML 1.0 and 0.8: files, includes, libraries, resource types, traits and types, read into an API.

mod action;
mod apply;
mod body;
mod expression;
mod facets;
mod fill;
mod load;
mod merge;
mod parameters;
mod resource;
mod scope;
mod types;
mod words;

#[cfg(test)]
mod tests;

use super::api::Api;
use super::document::Library;
use crate::diag::Fault;
use crate::text::Source;
use load::Loader;
use scope::Scopes;
use std::sync::Arc;

/// What all parts of a reading share.
pub struct Context {
    library: Arc<Library>,
    scopes: Scopes,
    /// RAML 0.8, where parameters may be left out unless they say otherwise.
    is_old: bool,
    /// What bodies are that do not name their media type.
    media: Vec<String>,
    /// What stands for `{version}` in paths.
    version: String,
}

/// Reads an API from its main file.
///
/// # Errors
/// The first mistake, at its place.
pub fn read(library: Arc<Library>, path: &str, source: &Arc<Source>) -> Result<Api, Fault> {
    let is_old = load::version(source)?;
    let (root, scopes) = Loader::new(library.clone()).load(path, source)?;
    let mut media: Vec<_> = root.get("mediaType").map(|media| media.items()).unwrap_or_default().iter().collect();
    media.retain(|media| media.text().is_some());
    let media = media.into_iter().filter_map(|media| media.text().map(str::to_string)).collect();
    let version = root.text_of("version").unwrap_or_default().to_string();
    let context = Context { library, scopes, is_old, media, version };
    Ok(Api { resources: resource::all(&context, &root)? })
}
