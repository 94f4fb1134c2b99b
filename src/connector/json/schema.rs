//! Schemas: where they come from, what they refer to, and the check that they become.

use super::{content, lines, report, upgraded};
use crate::flow::build::Folders;
use jsonschema::{Draft, Retrieve, Uri, ValidationError, Validator};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use std::error::Error;

/// Where a schema comes from.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// A file among the app's resources, or the address of one that a redirect leads to such a file.
    Place(String),
    /// Its text.
    Text(String),
}

/// All that a check is made of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Plan {
    /// The schema.
    pub origin: Origin,
    /// Other places of schemas, by the address that stands for them.
    pub redirects: BTreeMap<String, String>,
    /// Whether `id` names the schema, so that references to that name lead to it.
    pub inline: bool,
}

/// Why there is no check, or why a document fails it: the identifier of an error's type and its text.
#[derive(Debug)]
pub struct Failure {
    /// The identifier of the error's type.
    pub identifier: &'static str,
    /// What went wrong.
    pub text: String,
    /// Whether the text is a report in JSON.
    pub is_report: bool,
}

impl Failure {
    /// A failure in plain words.
    pub fn new(identifier: &'static str, text: impl Into<String>) -> Self {
        Self { identifier, text: text.into(), is_report: false }
    }
}

/// A schema that is ready to check documents.
pub struct Schema {
    validator: Validator,
    /// Where it comes from, for reports.
    address: String,
    /// Whether its draft is 3 or 4, for which the vendor has another library.
    is_old: bool,
}

impl Schema {
    /// The schema of a plan.
    ///
    /// # Errors
    /// `SCHEMA_NOT_FOUND`, `INVALID_SCHEMA`, and `INVALID_INPUT_JSON` where it is no JSON.
    pub fn of(plan: &Plan, folders: &Folders) -> Result<Self, Failure> {
        let files = Files { folders: folders.clone(), redirects: plan.redirects.clone() };
        let (address, json) = match &plan.origin {
            Origin::Text(text) => (None, malformed(content::read(text.as_bytes(), true))?),
            Origin::Place(place) => {
                let address = files.led(&absolute(place));
                (Some(address.clone()), files.schema(place, &address)?)
            }
        };
        let mut json = upgraded(json);
        let draft = draft_of(&json);
        let is_old = draft == Draft::Draft4;
        if let (true, false, Some(fields)) = (is_old, plan.inline, json.as_object_mut()) {
            // Where references are canonical, they begin at the place that the schema was loaded from.
            fields.remove("id");
        }
        let options = jsonschema::options().with_draft(draft).with_retriever(files).should_validate_formats(is_old);
        let options = match &address {
            Some(address) => options.with_base_uri(address.clone()),
            None => options,
        };
        let validator = options.build(&json).map_err(|error| invalid(&error))?;
        Ok(Self { validator, address: format!("{}#", address.unwrap_or_default()), is_old })
    }

    /// Checks a document.
    ///
    /// # Errors
    /// `SCHEMA_NOT_HONOURED`, with all that is wrong.
    pub fn check(&self, document: &Json) -> Result<(), Failure> {
        if self.validator.is_valid(document) {
            return Ok(());
        }
        let errors: Vec<_> = self.validator.iter_errors(document).collect();
        let text = match self.is_old {
            true => report::of(&errors, &self.address),
            false => lines::of(&errors),
        };
        Err(Failure { identifier: "SCHEMA_NOT_HONOURED", text, is_report: self.is_old })
    }
}

fn malformed(read: Result<Json, String>) -> Result<Json, Failure> {
    read.map_err(|why| Failure::new("INVALID_INPUT_JSON", format!("Malformed Json Schema: {why}")))
}

fn invalid(error: &ValidationError<'_>) -> Failure {
    match error.kind() {
        jsonschema::error::ValidationErrorKind::Referencing(why) => {
            Failure::new("INVALID_SCHEMA", format!("Invalid Schema References: {why}"))
        }
        _ => Failure::new("INVALID_SCHEMA", format!("Invalid Schema: {error} at '{}'", error.instance_path())),
    }
}

/// The draft that a schema names; 4 where it names none.
fn draft_of(schema: &Json) -> Draft {
    let named = schema.get("$schema").and_then(Json::as_str).unwrap_or_default();
    let drafts = [
        ("draft-06", Draft::Draft6),
        ("draft-07", Draft::Draft7),
        ("2019-09", Draft::Draft201909),
        ("2020-12", Draft::Draft202012),
    ];
    drafts.iter().find(|(name, _)| named.contains(name)).map_or(Draft::Draft4, |(_, draft)| *draft)
}

/// What the addresses of the app's resources begin with.
const SCHEME: &str = "resource:/";

/// A place as an address: those without a scheme are resources of the app.
pub fn absolute(place: &str) -> String {
    let place = place.trim();
    let scheme = place.split_once(':').map(|(scheme, _)| scheme).unwrap_or_default();
    match scheme {
        "classpath" | "resource" => {
            format!("{SCHEME}{}", place[scheme.len() + 1..].trim_start_matches('/'))
        }
        "" => format!("{SCHEME}{}", place.trim_start_matches('/')),
        _ => place.to_string(),
    }
}

/// The schemas that schemas may refer to: resources of the app, perhaps under other addresses. Nothing is fetched.
struct Files {
    folders: Folders,
    redirects: BTreeMap<String, String>,
}

impl Files {
    /// Where an address leads.
    fn led(&self, address: &str) -> String {
        let bare = address.trim_end_matches('#');
        self.redirects.get(bare).cloned().unwrap_or_else(|| bare.to_string())
    }

    fn schema(&self, written: &str, address: &str) -> Result<Json, Failure> {
        let missing =
            |why: String| Failure::new("SCHEMA_NOT_FOUND", format!("Could not load JSON schema [{written}]. {why}"));
        let Some(name) = address.strip_prefix(SCHEME) else {
            return Err(missing(format!("{address} is not fetched: redirect it to one of the app's resources")));
        };
        let path = self.folders.resource(name).ok_or_else(|| missing(format!("Cannot find schema [{name}]")))?;
        let bytes = std::fs::read(path).map_err(|why| missing(why.to_string()))?;
        malformed(content::read(&bytes, true))
    }
}

impl Retrieve for Files {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Json, Box<dyn Error + Send + Sync>> {
        self.schema(uri.as_str(), &self.led(uri.as_str())).map(upgraded).map_err(|failure| failure.text.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_addresses_of_resources() {
        for place in ["a/b.json", "/a/b.json", "resource:/a/b.json", "classpath://a/b.json"] {
            assert_eq!(absolute(place), "resource:/a/b.json");
        }
        assert_eq!(absolute("http://example.org/b.json"), "http://example.org/b.json");
    }
}
