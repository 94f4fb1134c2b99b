//! `json:validate-schema`

use super::content;
use super::schema::{Failure, Origin, Plan, Schema, absolute};
use crate::connector::apart::apart;
use crate::diag::{Code, Fault};
use crate::flow::build::{Folders, Node};
use crate::flow::event::{Error, Event, Message, Typed, media};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// `json:validate-schema`
pub static SPEC: Spec = Spec {
    name: "json:validate-schema",
    doc: "Checks a JSON document against a schema. The error of one that fails has the list of all that is wrong as the \
          payload of its message: JSON for drafts 3 and 4, a text for later ones.",
    attributes: &[
        Attribute::new(
            "schema",
            Kind::Value,
            "The schema, among the app's resources. It may refer to others there; nothing is fetched from elsewhere.",
        ),
        Attribute::default(
            "dereferencing",
            Kind::Choice(&["CANONICAL", "INLINE"]),
            "CANONICAL",
            "Whether references in schemas of draft 4 begin at the schema's place, or at the `id` that it gives itself.",
        ),
        Attribute::default("allowDuplicateKeys", Kind::Value, "true", "Whether a key may come twice in an object."),
        Attribute::default(
            "allowArbitraryPrecision",
            Kind::Boolean,
            "false",
            "Has no effect here: numbers with a fraction have the precision of doubles.",
        ),
    ],
    parts: &[
        Part { spec: &CONTENT, occurs: Occurs::Optional },
        Part { spec: &CONTENTS, occurs: Occurs::Optional },
        Part { spec: &REDIRECTS, occurs: Occurs::Optional },
    ],
    errors: &["JSON:SCHEMA_NOT_HONOURED", "JSON:INVALID_INPUT_JSON", "JSON:SCHEMA_NOT_FOUND", "JSON:INVALID_SCHEMA"],
    example: r##"<json:validate-schema schema="schemas/order.json"><json:content>#[payload.order]</json:content></json:validate-schema>"##,
    make: Make::Void(|node| Box::new(Validate::of(node))),
    ..Spec::NEW
};

static CONTENT: Spec = Spec {
    name: "json:content",
    doc: "The document; `#[payload]` where it is left out.",
    body: Body::Value,
    ..Spec::NEW
};

static CONTENTS: Spec = Spec {
    name: "json:contents",
    doc: "The text of the schema, instead of the attribute `schema`.",
    body: Body::Value,
    ..Spec::NEW
};

static REDIRECTS: Spec = Spec {
    name: "json:schema-redirects",
    doc: "Where addresses that schemas name lead.",
    parts: &[Part { spec: &REDIRECT, occurs: Occurs::Any }],
    ..Spec::NEW
};

static REDIRECT: Spec = Spec {
    name: "json:schema-redirect",
    doc: "Where one address leads.",
    attributes: &[
        Attribute::required("from", Kind::Value, "The address."),
        Attribute::required("to", Kind::Value, "The schema that it stands for, among the app's resources."),
    ],
    ..Spec::NEW
};

/// How many schemas an element keeps ready; one that is computed may name any number.
const KEPT: usize = 32;

struct Validate {
    content: Expression,
    origin: Written,
    redirects: Vec<(Expression, Expression)>,
    inline: bool,
    duplicates: Expression,
    folders: Folders,
    ready: Arc<Mutex<HashMap<Plan, Arc<Schema>>>>,
}

/// Where the element says that the schema is.
enum Written {
    Place(Expression),
    Text(Expression),
}

impl Validate {
    fn of(node: &Node<'_>) -> Self {
        let redirects = node.part("json:schema-redirects").map(|part| part.parts("json:schema-redirect"));
        let both = |part: Node<'_>| (part.expression("from"), part.expression("to"));
        Self {
            content: node.content_of("json:content"),
            origin: Written::of(node),
            redirects: redirects.unwrap_or_default().into_iter().map(both).collect(),
            inline: node.text("dereferencing").is_some_and(|mode| mode == "INLINE"),
            duplicates: node.expression("allowDuplicateKeys"),
            folders: node.builder.folders().clone(),
            ready: Arc::default(),
        }
    }

    fn plan(&self, event: &Event) -> Result<Plan, Error> {
        let mut redirects = std::collections::BTreeMap::new();
        for (from, to) in &self.redirects {
            let text = |written: &Expression| Ok(absolute(&written.text(event)?.unwrap_or_default()));
            redirects.insert(text(from)?.trim_end_matches('#').to_string(), text(to)?);
        }
        let origin = match &self.origin {
            Written::Place(place) => Origin::Place(place.text(event)?.unwrap_or_default()),
            Written::Text(text) => Origin::Text(text.text(event)?.unwrap_or_default()),
        };
        Ok(Plan { origin, redirects, inline: self.inline })
    }
}

impl Written {
    fn of(node: &Node<'_>) -> Self {
        let text = node.part("json:contents").and_then(|part| part.content());
        let wrong = match (&text, node.has("schema")) {
            (None, false) => "needs `schema` or `json:contents`",
            (Some(_), true) => "takes `schema` or `json:contents`, not both",
            _ => "",
        };
        if !wrong.is_empty() {
            node.refuse("schema", Fault::new(Code::Configuration, format!("`{}` {wrong}", node.spec.name)));
        }
        match text {
            Some(text) => Self::Text(text),
            None => Self::Place(node.expression("schema")),
        }
    }
}

/// The schema of a plan, made when it is first needed.
fn ready(kept: &Mutex<HashMap<Plan, Arc<Schema>>>, plan: &Plan, folders: &Folders) -> Result<Arc<Schema>, Failure> {
    if let Some(schema) = kept.lock().unwrap_or_else(PoisonError::into_inner).get(plan) {
        return Ok(schema.clone());
    }
    let schema = Arc::new(Schema::of(plan, folders)?);
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= KEPT {
        kept.clear();
    }
    kept.insert(plan.clone(), schema.clone());
    Ok(schema)
}

impl Processor for Validate {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let document = self.content.typed(event)?;
            let duplicates = self.duplicates.boolean(event)?;
            let (plan, folders, kept) = (self.plan(event)?, self.folders.clone(), self.ready.clone());
            let work = move || {
                let schema = ready(&kept, &plan, &folders)?;
                let invalid = |why: String| Failure::new("INVALID_INPUT_JSON", format!("Invalid Input Content: {why}"));
                let bytes = document.to_bytes().map_err(|fault| invalid(fault.to_string()))?;
                schema.check(&content::read(&bytes, duplicates).map_err(invalid)?)
            };
            apart(event, move || Ok(work())).await?.map_err(|failure| error(event, failure))
        })
    }
}

fn error(event: &Event, failure: Failure) -> Error {
    let error = Error::named(event, &format!("JSON:{}", failure.identifier), &failure.text);
    if failure.identifier != "SCHEMA_NOT_HONOURED" {
        return error;
    }
    let label = media(if failure.is_report { "application/json" } else { "text/plain" });
    error.with_message(Message::of(Typed::bytes(failure.text, label)))
}
