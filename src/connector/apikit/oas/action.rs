//! Operations.

use super::Context;
use crate::connector::apikit::api::{Action, Body, Parameter, success_status};
use crate::connector::apikit::document::{Entry, Node};
use crate::diag::Fault;

/// The operations of a path.
pub const METHODS: &[&str] = &["get", "post", "put", "delete", "head", "patch", "options", "trace"];

/// Reads an operation of a path.
///
/// # Errors
/// The first mistake in it.
pub fn read(context: &Context<'_>, path: &Node, method: &Entry) -> Result<Action, Fault> {
    let node = &method.value;
    let declared = declared(context, path, node)?;
    let some = |place: &str| -> Result<Vec<Parameter>, Fault> {
        let there = declared.iter().filter(|parameter| parameter.text_of("in") == Some(place));
        there.map(|parameter| parameter_of(context, parameter)).collect()
    };
    let (bodies, body_is_optional) = match context.is_old {
        true => old_bodies(context, node, &declared, some("formData")?)?,
        false => bodies(context, node)?,
    };
    let responses = node.get("responses").map(Node::entries).unwrap_or_default();
    let status = success_status(responses.iter().map(|entry| &*entry.name)).unwrap_or("200").to_string();
    let response = responses.iter().find(|entry| *entry.name == status);
    let response = response.map(|entry| context.refs.follow(&entry.value)).transpose()?;
    Ok(Action {
        method: method.name.to_string(),
        uri_parameters: some("path")?,
        query_parameters: some("query")?,
        query_string: None,
        headers: some("header")?,
        bodies,
        body_is_optional,
        status,
        produces: response.map(|response| produced(context, node, &response)).unwrap_or_default(),
    })
}

/// The parameters of an operation, and those of its path that it does not declare anew.
fn declared(context: &Context<'_>, path: &Node, operation: &Node) -> Result<Vec<Node>, Fault> {
    let of = |node: &Node| node.get("parameters").map(Node::items).unwrap_or_default().to_vec();
    let mut found: Vec<Node> = Vec::new();
    for parameter in of(operation).iter().chain(&of(path)) {
        let parameter = context.refs.follow(parameter)?;
        let key = |node: &Node| (node.text_of("name").map(str::to_string), node.text_of("in").map(str::to_string));
        if !found.iter().any(|known| key(known) == key(&parameter)) {
            found.push(parameter);
        }
    }
    Ok(found)
}

fn parameter_of(context: &Context<'_>, declared: &Node) -> Result<Parameter, Fault> {
    // A schema, a media type with one, or, in version 2, the parameter itself.
    let content = declared.get("content").and_then(|content| content.entries().first());
    let schema = declared.get("schema").or_else(|| content.and_then(|entry| entry.value.get("schema")));
    let schema = schema.unwrap_or(declared);
    let followed = context.refs.follow(schema)?;
    let check = match context.is_old {
        true => context.check(&without_flags(declared))?,
        false => context.check(schema)?,
    };
    Ok(Parameter {
        name: declared.text_of("name").unwrap_or_default().to_string(),
        is_required: declared.get("required").is_some_and(Node::is_true),
        default: followed.text_of("default").map(str::to_string),
        repeats: false,
        check,
    })
}

/// A parameter of version 2 without what is no part of a schema.
fn without_flags(declared: &Node) -> Node {
    const NO_SCHEMA: &[&str] = &["name", "in", "required", "collectionFormat", "allowEmptyValue", "schema"];
    let kept = declared.entries().iter().filter(|entry| !NO_SCHEMA.contains(&&*entry.name)).cloned().collect();
    Node::map(kept, declared.place.clone())
}

fn bodies(context: &Context<'_>, operation: &Node) -> Result<(Vec<Body>, bool), Fault> {
    let Some(body) = operation.get("requestBody") else { return Ok((Vec::new(), true)) };
    let body = context.refs.follow(body)?;
    let content = body.get("content").map(Node::entries).unwrap_or_default();
    let one = |entry: &Entry| body_of(context, &entry.name, entry.value.get("schema"));
    let bodies = content.iter().map(one).collect::<Result<_, _>>()?;
    Ok((bodies, !body.get("required").is_some_and(Node::is_true)))
}

fn body_of(context: &Context<'_>, media: &str, schema: Option<&Node>) -> Result<Body, Fault> {
    let is_json = media.contains("json");
    let is_form = media.contains("x-www-form-urlencoded");
    let fields = match schema {
        Some(schema) if is_form => fields(context, &context.refs.follow(schema)?)?,
        _ => Vec::new(),
    };
    let check = schema.filter(|_| is_json).map(|schema| context.check(schema)).transpose()?;
    Ok(Body { media: media.to_string(), check, fields })
}

fn fields(context: &Context<'_>, schema: &Node) -> Result<Vec<Parameter>, Fault> {
    let required: Vec<_> = schema.get("required").map(Node::items).unwrap_or_default().iter().map(Node::text).collect();
    let field = |entry: &Entry| {
        let declared = context.refs.follow(&entry.value)?;
        Ok(Parameter {
            name: entry.name.to_string(),
            is_required: required.contains(&Some(&*entry.name)),
            default: declared.text_of("default").map(str::to_string),
            repeats: false,
            check: context.check(&entry.value)?,
        })
    };
    schema.get("properties").map(Node::entries).unwrap_or_default().iter().map(field).collect()
}

/// The bodies of version 2: a parameter, or fields of a form.
fn old_bodies(
    context: &Context<'_>,
    operation: &Node,
    declared: &[Node],
    fields: Vec<Parameter>,
) -> Result<(Vec<Body>, bool), Fault> {
    let consumed = media_of(context, operation, "consumes");
    if !fields.is_empty() {
        let media = consumed.into_iter().next().unwrap_or_else(|| "application/x-www-form-urlencoded".to_string());
        return Ok((vec![Body { media, check: None, fields }], false));
    }
    let Some(body) = declared.iter().find(|parameter| parameter.text_of("in") == Some("body")) else {
        return Ok((Vec::new(), true));
    };
    let consumed = if consumed.is_empty() { vec!["application/json".to_string()] } else { consumed };
    let bodies = consumed.iter().map(|media| body_of(context, media, body.get("schema"))).collect::<Result<_, _>>()?;
    Ok((bodies, !body.get("required").is_some_and(Node::is_true)))
}

/// The media types that an operation of version 2 names, or else the API.
fn media_of(context: &Context<'_>, operation: &Node, name: &str) -> Vec<String> {
    let named = operation.get(name).or_else(|| context.root.get(name)).map(Node::items).unwrap_or_default();
    named.iter().filter_map(Node::text).map(str::to_string).collect()
}

fn produced(context: &Context<'_>, operation: &Node, response: &Node) -> Vec<String> {
    match context.is_old {
        true if response.get("schema").is_some() => media_of(context, operation, "produces"),
        true => Vec::new(),
        false => {
            response.get("content").map(Node::entries).unwrap_or_default().iter().map(|e| e.name.to_string()).collect()
        }
    }
}
