//! JSON schemas of draft 3, which old APIs have, as those of draft 4.

use serde_json::{Map, Value as Json, json};

/// The schema as one of draft 4; what is none of draft 3 stays as it is.
pub fn upgraded(schema: Json) -> Json {
    let declared = schema.get("$schema").and_then(Json::as_str).unwrap_or_default();
    // Every schema says `required` in draft 3's way, wherever nothing else tells drafts apart.
    if declared.contains("draft-03") || (declared.is_empty() && has_flags(&schema)) {
        return translated(schema);
    }
    schema
}

/// Whether a property says by itself that it is required.
fn has_flags(schema: &Json) -> bool {
    let properties = schema.get("properties").and_then(Json::as_object).into_iter().flat_map(Map::values);
    schema.get("required").is_some_and(Json::is_boolean) || properties.chain(schema.get("items")).any(has_flags)
}

fn translated(schema: Json) -> Json {
    let Json::Object(mut schema) = schema else {
        return match schema {
            Json::Array(all) => Json::Array(all.into_iter().map(translated).collect()),
            other => other,
        };
    };
    schema.remove("$schema");
    if schema.get("required").is_some_and(Json::is_boolean) {
        schema.remove("required");
    }
    if schema.get("type").is_some_and(|wanted| wanted == "any") {
        schema.remove("type");
    }
    for (old, new) in [("divisibleBy", "multipleOf"), ("extends", "allOf")] {
        if let Some(value) = schema.remove(old) {
            let value = if new == "allOf" && value.is_object() { json!([value]) } else { value };
            schema.insert(new.to_string(), value);
        }
    }
    if let Some(Json::Object(properties)) = schema.get("properties") {
        let is_required = |property: &Json| property.get("required") == Some(&Json::Bool(true));
        let names: Vec<Json> =
            properties.iter().filter(|(_, p)| is_required(p)).map(|(n, _)| n.as_str().into()).collect();
        if !names.is_empty() {
            schema.insert("required".to_string(), Json::Array(names));
        }
    }
    for (name, value) in &mut schema {
        *value = match (name.as_str(), value.take()) {
            ("properties" | "patternProperties" | "definitions", Json::Object(inner)) => {
                Json::Object(inner.into_iter().map(|(name, value)| (name, translated(value))).collect())
            }
            ("items" | "additionalProperties" | "additionalItems" | "allOf", inner) => translated(inner),
            (_, other) => other,
        };
    }
    Json::Object(schema)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_become_lists() {
        let old = json!({"type": "object", "properties": {
            "a": {"type": "any", "required": true},
            "b": {"items": {"properties": {"c": {"type": "string", "required": true}}}},
        }});
        let want = json!({"type": "object", "required": ["a"], "properties": {
            "a": {},
            "b": {"items": {"required": ["c"], "properties": {"c": {"type": "string"}}}},
        }});
        assert_eq!(upgraded(old), want);
        let new = json!({"required": ["a"], "properties": {"a": {"type": "string"}}});
        assert_eq!(upgraded(new.clone()), new);
    }
}
