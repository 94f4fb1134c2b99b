//! `xml-module:validate-schema`

use super::bundle::{Origin, validator};
use super::check::check;
use crate::connector::xml::config::{CONFIG_REF, Config, EXPAND};
use crate::connector::xml::document::Failure;
use crate::connector::xml::work;
use crate::connector::xml::xpath::CONTENT;
use crate::diag::{Code, Fault};
use crate::flow::build::{Folders, Node};
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::value::{Value, coerce};
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use uppsala::XsdValidator;

/// `xml-module:validate-schema`
pub static SPEC: Spec = Spec {
    name: "xml-module:validate-schema",
    doc: "Checks a document against XML schemas. The error of one that fails has the list of all that is wrong as the \
          payload of its message: objects with `lineNumber`, `columnNumber` and `description`.",
    attributes: &[
        CONFIG_REF,
        Attribute::new(
            "schemas",
            Kind::Value,
            "The schemas, with commas between them, among the app's resources. What they include and import is there as \
             well: nothing is fetched from elsewhere.",
        ),
        Attribute::new("schemaContents", Kind::Value, "Schemas as objects with a `schemaName` and a `schemaText`."),
        Attribute::default("schemaLanguage", Kind::Choice(&["W3C", "RELAXNG"]), "W3C", "Only `W3C` is there."),
        EXPAND,
    ],
    parts: &[Part { spec: &CONTENT, occurs: Occurs::Optional }, Part { spec: &CONTENTS, occurs: Occurs::Optional }],
    errors: &[
        "XML-MODULE:SCHEMA_NOT_HONOURED",
        "XML-MODULE:INVALID_INPUT_XML",
        "XML-MODULE:INVALID_SCHEMA",
        "XML-MODULE:SCHEMA_INPUT_ERROR",
    ],
    example: r#"<xml-module:validate-schema schemas="schemas/order.xsd, schemas/customer.xsd"/>"#,
    make: Make::Void(|node| Box::new(Validate::of(node))),
    ..Spec::NEW
};

static CONTENTS: Spec = Spec {
    name: "xml-module:schema-contents",
    doc: "Schemas as texts.",
    parts: &[Part { spec: &TEXT_OF_SCHEMA, occurs: Occurs::Any }],
    ..Spec::NEW
};

static TEXT_OF_SCHEMA: Spec = Spec {
    name: "xml-module:schema-content",
    doc: "A schema.",
    attributes: &[Attribute::required("schemaName", Kind::Text, "The name that others include it by.")],
    parts: &[Part { spec: &TEXT, occurs: Occurs::Once }],
    ..Spec::NEW
};

static TEXT: Spec =
    Spec { name: "xml-module:schema-text", doc: "The text of the schema.", body: Body::Value, ..Spec::NEW };

/// How many checks an element keeps ready; schemas that are computed may be any number.
const KEPT: usize = 32;

type Kept = Mutex<HashMap<Vec<Origin>, Arc<XsdValidator>>>;

struct Validate {
    content: Expression,
    schemas: Option<Expression>,
    contents: Option<Expression>,
    texts: Vec<(String, Expression)>,
    entities: bool,
    folders: Folders,
    ready: Arc<Kept>,
}

impl Validate {
    fn of(node: &Node<'_>) -> Self {
        if node.text("schemaLanguage").is_some_and(|language| language == "RELAXNG") {
            let fault = Fault::new(Code::Configuration, "RELAX NG schemas are not there");
            node.refuse("schemaLanguage", fault.help("use an XML schema"));
        }
        let texts = node.part(CONTENTS.name).map(|part| part.parts(TEXT_OF_SCHEMA.name)).unwrap_or_default();
        let text = |part: &Node<'_>| Some((part.required("schemaName"), part.part(TEXT.name)?.content()?));
        Self {
            content: node.content_of("xml-module:content"),
            schemas: node.value("schemas"),
            contents: node.value("schemaContents"),
            texts: texts.iter().filter_map(text).collect(),
            entities: Config::for_operation(node).entities,
            folders: node.builder.folders().clone(),
            ready: Arc::default(),
        }
    }

    /// The schemas that the element names.
    fn origins(&self, event: &Event) -> Result<Vec<Origin>, Error> {
        let names = self.schemas.as_ref().map(|names| names.text(event)).transpose()?.flatten().unwrap_or_default();
        let names = names.split(',').map(str::trim).filter(|name| !name.is_empty());
        let places: Vec<_> = names.map(|name| Origin::Place(name.to_string())).collect();
        let mut texts = Vec::new();
        for (name, text) in &self.texts {
            texts.push(Origin::Text(name.clone(), text.text(event)?.unwrap_or_default()));
        }
        if let Some(contents) = &self.contents {
            let value = contents.value(event)?;
            let read = given(&value).map_err(|fault| Error::expression(&contents.source(), fault.into()))?;
            texts.extend(read);
        }
        if places.is_empty() == texts.is_empty() {
            let text = "Either Schema or Schema Content must be provided, and you cannot provide both. ";
            return Err(Failure::new("SCHEMA_INPUT_ERROR", text).error(event));
        }
        Ok(if places.is_empty() { texts } else { places })
    }
}

/// The schemas in a list of objects.
fn given(value: &Value) -> Result<Vec<Origin>, Fault> {
    let mut all = Vec::new();
    for item in value.elements().into_iter().flatten() {
        let item = item?;
        let Value::Object(schema) = item.bare() else { continue };
        let field =
            |name: &str| schema.get(name).map_or(Ok(String::new()), |v| coerce::to_text(v).map(|t| t.to_string()));
        all.push(Origin::Text(field("schemaName")?, field("schemaText")?));
    }
    Ok(all)
}

/// The check of schemas, made when it is first needed.
fn ready(kept: &Kept, origins: Vec<Origin>, folders: &Folders) -> Result<Arc<XsdValidator>, Failure> {
    if let Some(check) = kept.lock().unwrap_or_else(PoisonError::into_inner).get(&origins) {
        return Ok(check.clone());
    }
    let check = Arc::new(validator(&origins, folders)?);
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= KEPT {
        kept.clear();
    }
    kept.insert(origins, check.clone());
    Ok(check)
}

impl Processor for Validate {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (origins, content) = (self.origins(event)?, self.content.typed(event)?);
            let (kept, folders, entities) = (self.ready.clone(), self.folders.clone(), self.entities);
            work::run(event, move || {
                let schema = ready(&kept, origins, &folders)?;
                let bytes = content.to_bytes().map_err(|fault| Failure::new("INVALID_INPUT_XML", fault.to_string()))?;
                check(&schema, &bytes, entities)
            })
            .await
        })
    }
}
