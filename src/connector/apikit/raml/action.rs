//! Methods of resources.

use super::{Context, body, parameters};
use crate::connector::apikit::api::{Action, success_status};
use crate::connector::apikit::document::{Entry, Node};
use crate::diag::Fault;

/// Reads a method; `above` are the parameters of the path, resource by resource.
///
/// # Errors
/// The first mistake in it.
pub fn read(context: &Context, method: &Entry, above: &[Node]) -> Result<Action, Fault> {
    let node = &method.value;
    let mut uri_parameters = Vec::new();
    for declared in above {
        uri_parameters.extend(parameters::all(context, declared, true)?);
    }
    let some = |name: &str| match node.get(name) {
        Some(declared) => parameters::all(context, declared, !context.is_old),
        None => Ok(Vec::new()),
    };
    let query_string = node.get("queryString").map(|declared| context.check(declared, "any")).transpose()?;
    let responses = node.get("responses").map(Node::entries).unwrap_or_default();
    let status = success_status(responses.iter().map(|entry| &*entry.name));
    let response = responses.iter().find(|entry| Some(&*entry.name) == status).map(|entry| &entry.value);
    let produced = response.and_then(|response| response.get("body"));
    Ok(Action {
        method: method.name.to_string(),
        uri_parameters,
        query_parameters: some("queryParameters")?,
        query_string,
        headers: some("headers")?,
        bodies: node.get("body").map_or(Ok(Vec::new()), |body| body::all(context, body))?,
        body_is_optional: false,
        status: status.unwrap_or("200").to_string(),
        produces: produced.map(|body| body::media_types(context, body)).unwrap_or_default(),
    })
}
