//! Checks of values: JSON schemas, into which the types of RAML and of OAS are translated as well.

use super::{formats, message};
use crate::connector::apikit::document::{Library, plain, read, to_json};
use crate::diag::{Code, Fault};
use crate::text::Place;
use jsonschema::{Draft, Retrieve, Uri, Validator};
use serde_json::Value as Json;
use std::fmt;
use std::sync::{Arc, OnceLock};

/// A JSON schema with the place that it comes from.
#[derive(Clone)]
pub struct Schema {
    /// The schema, with all that it refers to within its file.
    pub json: Json,
    /// The draft that holds where the schema names none.
    pub draft: Draft,
    /// Where it comes from.
    pub place: Place,
    /// The files that it may refer to.
    pub library: Arc<Library>,
}

/// A check, made ready before the app starts; else when it is first needed.
pub struct Check {
    schema: Schema,
    validator: OnceLock<Result<Validator, Fault>>,
}

impl fmt::Debug for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Check({})", self.schema.json)
    }
}

/// What the names of files begin with where schemas refer to them.
const SCHEME: &str = "api:///";

impl Check {
    /// The check of a schema.
    pub fn new(schema: Schema) -> Self {
        Self { schema, validator: OnceLock::new() }
    }

    /// Whether it is a list that it wants.
    pub fn wants_list(&self) -> bool {
        self.named("type").is_some_and(|wanted| wanted == "array")
    }

    /// A keyword of the schema, or of the one that it refers to.
    fn named(&self, keyword: &str) -> Option<&Json> {
        let mut schema = &self.schema.json;
        for _ in 0..16 {
            match schema.get("$ref").and_then(Json::as_str).and_then(|path| path.strip_prefix('#')) {
                Some(path) => schema = self.schema.json.pointer(path)?,
                None => break,
            }
        }
        schema.get(keyword)
    }

    /// Makes it ready.
    ///
    /// # Errors
    /// What is no schema; references that lead to nothing.
    pub fn prepare(&self) -> Result<(), Fault> {
        self.validator().map(drop).map_err(Fault::clone)
    }

    fn validator(&self) -> Result<&Validator, &Fault> {
        self.validator.get_or_init(|| self.built()).as_ref()
    }

    fn built(&self) -> Result<Validator, Fault> {
        let Schema { json, draft, place, library } = &self.schema;
        let path = library.path_of(&place.source);
        let options = jsonschema::options()
            .with_draft(declared_draft(json).unwrap_or(*draft))
            .with_base_uri(format!("{SCHEME}{path}"))
            .with_retriever(Files(library.clone()))
            .should_validate_formats(true);
        let built = formats::all(options).build(json);
        built.map_err(|error| {
            let fault = Fault::new(Code::Configuration, format!("this is no schema: {error}"));
            fault.help("`disableValidations=\"true\"` runs the app without checks").at(|| place.clone())
        })
    }

    /// What is wrong with a value, in the words of the vendor's validator. Nothing passes a check that cannot be made.
    pub fn mistakes(&self, value: &Json) -> Vec<String> {
        match self.validator() {
            Ok(validator) => validator.iter_errors(value).flat_map(|error| message::all(&error)).collect(),
            Err(fault) => vec![fault.message().to_string()],
        }
    }

    /// What is wrong with a text that stands for a value: it may be a number or a truth value where one is wanted.
    pub fn mistakes_of_text(&self, text: &str) -> Vec<String> {
        let as_text = self.mistakes(&Json::String(text.to_string()));
        if as_text.is_empty() {
            return as_text;
        }
        match plain(text) {
            Json::String(_) => as_text,
            typed => {
                let as_typed = self.mistakes(&typed);
                let is_text = self.named("type").is_some_and(|wanted| wanted == "string");
                if is_text { as_text } else { as_typed }
            }
        }
    }

    /// What is wrong with texts that stand for a list.
    pub fn mistakes_of_list(&self, texts: &[&str]) -> Vec<String> {
        let strings = Json::Array(texts.iter().map(|text| Json::from(*text)).collect());
        let as_texts = self.mistakes(&strings);
        match as_texts.is_empty() {
            true => as_texts,
            false => {
                let typed = self.mistakes(&Json::Array(texts.iter().map(|text| plain(text)).collect()));
                if typed.len() <= as_texts.len() { typed } else { as_texts }
            }
        }
    }
}

/// The draft that a schema names.
fn declared_draft(json: &Json) -> Option<Draft> {
    let declared = json.get("$schema")?.as_str()?;
    let drafts = [
        ("draft-04", Draft::Draft4),
        ("draft-06", Draft::Draft6),
        ("draft-07", Draft::Draft7),
        ("2019-09", Draft::Draft201909),
        ("2020-12", Draft::Draft202012),
    ];
    drafts.iter().find(|(name, _)| declared.contains(name)).map(|(_, draft)| *draft)
}

/// Schemas in files of the API.
struct Files(Arc<Library>);

impl Retrieve for Files {
    fn retrieve(&self, uri: &Uri<String>) -> Result<Json, Box<dyn std::error::Error + Send + Sync>> {
        let Some(path) = uri.as_str().strip_prefix(SCHEME) else {
            return Err(format!("{uri} is not among the files of the API").into());
        };
        let path = path.split('#').next().unwrap_or_default();
        let source = self.0.file(path).map_err(|fault| fault.to_string())?;
        let source = source.ok_or_else(|| format!("there is no file {path}"))?;
        Ok(to_json(&read(&source).map_err(|fault| fault.to_string())?))
    }
}
