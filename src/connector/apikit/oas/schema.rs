//! Schemas as those of JSON schema: references become definitions, `nullable` a type more.

use super::Context;
use crate::connector::apikit::document::{Content, Node, to_json};
use crate::connector::apikit::validate::{Check, Schema};
use crate::diag::Fault;
use jsonschema::Draft;
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;

/// How deep schemas may stand in each other.
const MAX_DEPTH: usize = 200;

impl Context<'_> {
    /// The check of a schema.
    ///
    /// # Errors
    /// References that lead to nothing.
    pub fn check(&self, declared: &Node) -> Result<Check, Fault> {
        let mut schemas = Schemas { context: self, definitions: Map::new(), keys: HashMap::new(), depth: 0 };
        let mut json = schemas.schema(declared)?;
        if !schemas.definitions.is_empty() && json.is_object() {
            // Beside a `$ref`, older drafts see nothing.
            if json.get("$ref").is_some() {
                json = json!({"allOf": [json]});
            }
            json["definitions"] = Json::Object(schemas.definitions);
        }
        let draft = if self.is_new { Draft::Draft202012 } else { Draft::Draft4 };
        let (place, library) = (declared.place.clone(), self.refs.library.clone());
        Ok(Check::new(Schema { json, draft, place, library }))
    }
}

struct Schemas<'a, 'b> {
    context: &'a Context<'b>,
    definitions: Map<String, Json>,
    /// The definitions of what references lead to.
    keys: HashMap<String, String>,
    depth: usize,
}

impl Schemas<'_, '_> {
    fn schema(&mut self, node: &Node) -> Result<Json, Fault> {
        if self.depth >= MAX_DEPTH {
            return Err(node.fault(format!("schemas are nested more than {MAX_DEPTH} levels deep")));
        }
        self.depth += 1;
        let schema = match (&node.content, node.get("$ref")) {
            (_, Some(reference)) if reference.text().is_some() => self.referred(reference),
            (Content::Map(_), _) => self.keywords(node),
            _ => Ok(to_json(node)),
        };
        self.depth -= 1;
        schema
    }

    fn referred(&mut self, reference: &Node) -> Result<Json, Fault> {
        let (id, target) = self.context.refs.target(reference)?;
        if let Some(key) = self.keys.get(&id) {
            return Ok(json!({"$ref": format!("#/definitions/{key}")}));
        }
        let key = format!("d{}", self.keys.len());
        self.keys.insert(id, key.clone());
        let schema = self.schema(&target)?;
        self.definitions.insert(key.clone(), schema);
        Ok(json!({"$ref": format!("#/definitions/{key}")}))
    }

    fn keywords(&mut self, node: &Node) -> Result<Json, Fault> {
        let mut schema = Map::new();
        for entry in node.entries() {
            let value = match &*entry.name {
                "properties" | "patternProperties" | "definitions" | "$defs" => {
                    let mut inner = Map::new();
                    for property in entry.value.entries() {
                        inner.insert(property.name.to_string(), self.schema(&property.value)?);
                    }
                    Json::Object(inner)
                }
                "items" | "not" | "additionalProperties" | "if" | "then" | "else" | "contains" | "propertyNames" => {
                    self.schema(&entry.value)?
                }
                "allOf" | "anyOf" | "oneOf" | "prefixItems" => {
                    let all = entry.value.items().iter().map(|item| self.schema(item)).collect::<Result<_, _>>()?;
                    Json::Array(all)
                }
                // What describes, and what is read elsewhere.
                "example" | "examples" | "nullable" | "discriminator" | "xml" | "externalDocs" | "deprecated"
                | "readOnly" | "writeOnly" | "default" | "description" | "title" | "$schema" | "$id" | "id" => continue,
                name if name.starts_with("x-") => continue,
                "pattern" => Json::from(entry.value.text().unwrap_or_default()),
                _ => to_json(&entry.value),
            };
            schema.insert(entry.name.to_string(), value);
        }
        if node.get("nullable").is_some_and(Node::is_true) {
            return Ok(nullable(schema));
        }
        Ok(Json::Object(schema))
    }
}

/// A schema that takes null as well.
fn nullable(mut schema: Map<String, Json>) -> Json {
    if let Some(Json::Array(values)) = schema.get_mut("enum")
        && !values.contains(&Json::Null)
    {
        values.push(Json::Null);
    }
    match schema.get("type").cloned() {
        Some(wanted) => {
            schema.insert("type".to_string(), json!([wanted, "null"]));
            Json::Object(schema)
        }
        None if schema.is_empty() => json!({}),
        None => json!({"anyOf": [schema, {"type": "null"}]}),
    }
}
