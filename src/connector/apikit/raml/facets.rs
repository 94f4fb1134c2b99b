//! What a declaration adds to its type: properties, limits, enumerations.

use super::parameters::name_and_need;
use super::types::Types;
use crate::connector::apikit::document::{Node, to_json};
use crate::diag::Fault;
use serde_json::{Map, Value as Json, json};

/// Facets that mean in JSON schemas what they mean in RAML.
const SHARED: &[&str] = &[
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "additionalProperties",
];

/// The type of a declaration that names none, as far as its facets tell.
pub fn implied(declared: &Node) -> Option<&'static str> {
    let has = |names: &[&str]| names.iter().any(|name| declared.get(name).is_some());
    match () {
        () if has(&["properties", "minProperties", "maxProperties", "discriminator"]) => Some("object"),
        () if has(&["items", "minItems", "maxItems", "uniqueItems"]) => Some("array"),
        () if has(&["minimum", "maximum", "multipleOf"]) => Some("number"),
        () if has(&["pattern", "minLength", "maxLength"]) => Some("string"),
        () => None,
    }
}

/// The facets of a declaration as keywords.
///
/// # Errors
/// Types that are not there.
pub fn all(types: &mut Types<'_>, declared: &Node, base: &Json) -> Result<Map<String, Json>, Fault> {
    let mut own = Map::new();
    for name in SHARED {
        if let Some(value) = declared.get(name).filter(|value| !value.is_null()) {
            own.insert(name.to_string(), keyword(name, value));
        }
    }
    if let Some(values) = declared.get("enum") {
        let is_text = base.get("type").is_some_and(|wanted| wanted == "string");
        let value = |node: &Node| match node.text() {
            Some(text) if is_text => Json::from(text),
            _ => to_json(node),
        };
        own.insert("enum".to_string(), Json::Array(values.items().iter().map(value).collect()));
    }
    if declared.text_of("format") == Some("rfc2616") {
        own.insert("format".to_string(), "rfc2616".into());
    }
    if let Some(items) = declared.get("items") {
        own.insert("items".to_string(), types.schema(items, "any")?);
    }
    if let Some(declared) = declared.get("properties") {
        properties(types, declared, &mut own)?;
    }
    Ok(own)
}

fn keyword(name: &str, value: &Node) -> Json {
    match name {
        "pattern" => Json::from(value.text().unwrap_or_default()),
        _ => to_json(value),
    }
}

fn properties(types: &mut Types<'_>, declared: &Node, own: &mut Map<String, Json>) -> Result<(), Fault> {
    let (mut named, mut patterns, mut required) = (Map::new(), Map::new(), Vec::new());
    for entry in declared.entries() {
        let schema = types.schema(&entry.value, "string")?;
        if let Some(pattern) = entry.name.strip_prefix('/').and_then(|rest| rest.strip_suffix('/')) {
            patterns.insert(pattern.to_string(), schema);
            continue;
        }
        let says = entry.value.get("required").map(Node::is_true);
        let (name, is_required) = name_and_need(&entry.name, says, true, types.is_old());
        if is_required {
            required.push(Json::from(name));
        }
        named.insert(name.to_string(), schema);
    }
    own.insert("properties".to_string(), Json::Object(named));
    if !patterns.is_empty() {
        own.insert("patternProperties".to_string(), Json::Object(patterns));
    }
    if !required.is_empty() {
        own.insert("required".to_string(), Json::Array(required));
    }
    Ok(())
}

/// A schema with keywords added: properties and what is required are added to those that are there, everything else takes
/// the place of what is there.
pub fn overlaid(base: Json, own: Map<String, Json>) -> Json {
    let Json::Object(mut whole) = base else { return Json::Object(own) };
    if whole.contains_key("anyOf") {
        return json!({"allOf": [whole, own]});
    }
    for (name, value) in own {
        match (whole.get_mut(&name), value) {
            (Some(Json::Object(known)), Json::Object(more)) if name.ends_with("roperties") => known.extend(more),
            (Some(Json::Array(known)), Json::Array(more)) if name == "required" => {
                let new = more.into_iter().filter(|one| !known.contains(one)).collect::<Vec<_>>();
                known.extend(new);
            }
            (_, value) => drop(whole.insert(name, value)),
        }
    }
    Json::Object(whole)
}
