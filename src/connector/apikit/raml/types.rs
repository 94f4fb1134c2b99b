//! Types as JSON schemas. A type that is named becomes a definition, so that types may contain themselves.

use super::expression::{Expression, parse};
use super::scope::Section;
use super::{Context, facets};
use crate::connector::apikit::document::{Content, Entry, Node};
use crate::connector::apikit::validate::{Check, Schema};
use crate::connector::json::upgraded;
use crate::diag::{Code, Fault};
use jsonschema::Draft;
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;

/// How many types may build upon each other.
const MAX_CHAIN: usize = 50;

impl Context {
    /// The check of a declaration; `default` is its type where it says none.
    ///
    /// # Errors
    /// Types that are not there; schemas that are no JSON.
    pub fn check(&self, declared: &Node, default: &str) -> Result<Check, Fault> {
        if let Some(text) = self.external(declared, 0)? {
            return self.external_check(&text);
        }
        let mut types = Types { context: self, definitions: Map::new(), names: HashMap::new(), chain: 0 };
        let mut json = types.schema(declared, default)?;
        if !types.definitions.is_empty() && json.is_object() {
            json["definitions"] = Json::Object(types.definitions);
        }
        let (place, library) = (declared.place.clone(), self.library.clone());
        Ok(Check::new(Schema { json, draft: Draft::Draft7, place, library }))
    }

    fn external_check(&self, text: &Node) -> Result<Check, Fault> {
        let json: Json = serde_json::from_str(text.text().unwrap_or_default()).map_err(|error| {
            Fault::new(Code::Configuration, format!("this schema is no JSON: {error}")).at(|| text.place.clone())
        })?;
        let (place, library) = (text.place.clone(), self.library.clone());
        Ok(Check::new(Schema { json: upgraded(json), draft: Draft::Draft4, place, library }))
    }

    /// The text of the JSON schema that a declaration comes down to, if that is what it does.
    fn external(&self, declared: &Node, chain: usize) -> Result<Option<Node>, Fault> {
        let named = match &declared.content {
            Content::Map(_) => declared.get("type").or_else(|| declared.get("schema")),
            Content::Scalar { .. } => Some(declared),
            _ => None,
        };
        let Some(node) = named else { return Ok(None) };
        if node.is_map() {
            return if chain < MAX_CHAIN { self.external(node, chain + 1) } else { Ok(None) };
        }
        let Some(text) = node.text().map(str::trim) else { return Ok(None) };
        if text.starts_with('{') {
            return Ok(Some(node.clone()));
        }
        match parse(text) {
            Some(Expression::Name(name)) if !is_builtin(&name) && chain < MAX_CHAIN => {
                self.external(&self.scopes.find(Section::Types, &name, &node.place)?, chain + 1)
            }
            _ => Ok(None),
        }
    }

    /// The properties of a type with those of the types that it builds upon.
    ///
    /// # Errors
    /// Types that are not there.
    pub fn properties(&self, declared: &Node, chain: usize) -> Result<Vec<Entry>, Fault> {
        let base = if declared.is_map() { declared.get("type") } else { Some(declared) };
        let mut found = Vec::new();
        if let Some(Expression::Name(name)) = base.and_then(Node::text).and_then(parse)
            && !is_builtin(&name)
            && chain < MAX_CHAIN
        {
            let named = self.scopes.find(Section::Types, &name, &declared.place)?;
            found = self.properties(&named, chain + 1)?;
        }
        found.extend(declared.get("properties").map(Node::entries).unwrap_or_default().iter().cloned());
        Ok(found)
    }
}

/// Translates declarations.
pub struct Types<'a> {
    context: &'a Context,
    definitions: Map<String, Json>,
    /// The definitions of names, by the file that uses the name.
    names: HashMap<(String, String), String>,
    chain: usize,
}

impl Types<'_> {
    /// Whether parameters and properties may be left out unless they say otherwise.
    pub fn is_old(&self) -> bool {
        self.context.is_old
    }

    /// The schema of a declaration.
    ///
    /// # Errors
    /// Types that are not there, or that build upon themselves.
    pub fn schema(&mut self, declared: &Node, default: &str) -> Result<Json, Fault> {
        if self.chain >= MAX_CHAIN {
            return Err(declared.fault(format!("more than {MAX_CHAIN} types build upon each other")));
        }
        self.chain += 1;
        let schema = match &declared.content {
            Content::Null => Ok(builtin(default).unwrap_or(json!({}))),
            Content::Scalar { text, .. } => self.expression(text, declared),
            Content::List(bases) => self.inherited(bases),
            Content::Map(_) => self.declaration(declared, default),
            Content::Include(_) => Ok(json!({})),
        };
        self.chain -= 1;
        schema
    }

    fn declaration(&mut self, declared: &Node, default: &str) -> Result<Json, Fault> {
        let base = match declared.get("type").or_else(|| declared.get("schema")) {
            Some(base) => self.schema(base, default)?,
            None => builtin(facets::implied(declared).unwrap_or(default)).unwrap_or(json!({})),
        };
        let own = facets::all(self, declared, &base)?;
        if own.is_empty() {
            return Ok(base);
        }
        let base = self.spelled_out(base, declared)?;
        Ok(facets::overlaid(base, own))
    }

    /// A type that takes what all of these take.
    fn inherited(&mut self, bases: &[Node]) -> Result<Json, Fault> {
        let mut whole = json!({});
        for base in bases {
            let schema = self.schema(base, "any")?;
            match self.spelled_out(schema, base)? {
                Json::Object(own) => whole = facets::overlaid(whole, own),
                _ => continue,
            }
        }
        Ok(whole)
    }

    /// A schema itself instead of a reference to it, so that something can be added to it.
    fn spelled_out(&self, schema: Json, at: &Node) -> Result<Json, Fault> {
        let Some(key) = schema.get("$ref").and_then(Json::as_str) else { return Ok(schema) };
        let found = self.definitions.get(key.trim_start_matches("#/definitions/")).filter(|known| !known.is_null());
        found.cloned().ok_or_else(|| at.fault("this type builds upon itself"))
    }

    fn expression(&mut self, text: &str, at: &Node) -> Result<Json, Fault> {
        // Schemas within types are not looked into; XML is checked for being well-formed only.
        if text.trim_start().starts_with(['{', '<']) {
            return Ok(json!({}));
        }
        let parsed = parse(text).ok_or_else(|| at.fault(format!("`{text}` is no type")))?;
        self.of(&parsed, at)
    }

    fn of(&mut self, expression: &Expression, at: &Node) -> Result<Json, Fault> {
        Ok(match expression {
            Expression::Name(name) => match builtin(name) {
                Some(builtin) => builtin,
                None => self.named(name, at)?,
            },
            Expression::List(inner) => json!({"type": "array", "items": self.of(inner, at)?}),
            Expression::Union(all) => {
                let all = all.iter().map(|one| self.of(one, at)).collect::<Result<Vec<_>, _>>()?;
                json!({"anyOf": all})
            }
        })
    }

    fn named(&mut self, name: &str, at: &Node) -> Result<Json, Fault> {
        let file = self.context.library.path_of(&at.place.source).to_string();
        let id = (file, name.to_string());
        if let Some(key) = self.names.get(&id) {
            return Ok(json!({"$ref": format!("#/definitions/{key}")}));
        }
        let declared = self.context.scopes.find(Section::Types, name, &at.place)?;
        let key = format!("{}{}", name.replace(|c: char| !c.is_ascii_alphanumeric(), "_"), self.names.len());
        self.names.insert(id, key.clone());
        self.definitions.insert(key.clone(), Json::Null);
        let schema = self.schema(&declared, "any")?;
        self.definitions.insert(key.clone(), schema);
        Ok(json!({"$ref": format!("#/definitions/{key}")}))
    }
}

fn is_builtin(name: &str) -> bool {
    builtin(name).is_some()
}

/// A type of RAML itself.
fn builtin(name: &str) -> Option<Json> {
    Some(match name {
        "any" => json!({}),
        "object" => json!({"type": "object"}),
        "array" => json!({"type": "array"}),
        "string" | "file" => json!({"type": "string"}),
        "number" => json!({"type": "number"}),
        "integer" => json!({"type": "integer"}),
        "boolean" => json!({"type": "boolean"}),
        "nil" | "null" => json!({"type": "null"}),
        "date-only" | "time-only" | "datetime-only" | "datetime" => json!({"type": "string", "format": name}),
        // RAML 0.8
        "date" => json!({"type": "string", "format": "rfc2616"}),
        _ => return None,
    })
}
