//! What operations with one statement share: its text and its parameters.

use super::problem::Problem;
use super::server::Family;
use super::template::Template;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Occurs, Part, Spec, time_unit};
use crate::value::Value;
use std::sync::{Arc, Mutex, PoisonError};

/// The attributes of every operation.
pub const CONFIG: Attribute = Attribute::required("config-ref", Kind::Reference, "The `db:config` of the database.");
/// See [`CONFIG`].
pub const TIMEOUT: Attribute =
    Attribute::default("queryTimeout", Kind::Value, "0", "How long the statement may take; 0: as long as it takes.");
/// See [`CONFIG`].
pub const TIMEOUT_UNIT: Attribute = time_unit("queryTimeoutUnit", "SECONDS");
/// See [`CONFIG`].
pub const FETCH_SIZE: Attribute =
    Attribute::new("fetchSize", Kind::Value, "How many rows are handed on at once; 256 if it is left out.");
/// See [`CONFIG`].
pub const MAX_ROWS: Attribute =
    Attribute::new("maxRows", Kind::Value, "How many rows there may be; others are left out.");

/// `db:sql`
pub static SQL: Spec = Spec {
    name: "db:sql",
    doc: "The statement. `:name` stands for an input parameter, which is always sent beside the text.",
    body: Body::Value,
    ..Spec::NEW
};

/// `db:sql` in an operation that needs it.
pub const SQL_PART: Part = Part { spec: &SQL, occurs: Occurs::Once };

/// `db:input-parameters`
pub static INPUT: Spec = Spec {
    name: "db:input-parameters",
    doc: "An object with the values of the input parameters.",
    body: Body::Value,
    ..Spec::NEW
};

/// `db:input-parameters`
pub const INPUT_PART: Part = Part { spec: &INPUT, occurs: Occurs::Optional };

static TYPES: Spec = Spec {
    name: "db:parameter-types",
    doc: "Accepted; the server says itself what it expects.",
    parts: &[Part { spec: &TYPE, occurs: Occurs::Any }],
    ..Spec::NEW
};

static TYPE: Spec = Spec {
    name: "db:parameter-type",
    doc: "The type of a parameter.",
    attributes: &[
        Attribute::required("key", Kind::Text, "The parameter."),
        Attribute::new("type", Kind::Text, "Has no effect here."),
        Attribute::new("typeName", Kind::Text, "Has no effect here."),
    ],
    ..Spec::NEW
};

/// `db:parameter-types`
pub const TYPES_PART: Part = Part { spec: &TYPES, occurs: Occurs::Optional };

/// The statement of an element.
pub struct Statement {
    sql: Expression,
    input: Option<Expression>,
    /// The template of the text that came last: most texts never change.
    known: Mutex<Option<(String, Arc<Template>)>>,
}

impl Statement {
    /// What an element says.
    pub fn of(node: &Node<'_>) -> Self {
        let content = |part| node.part(part).and_then(|part| part.content());
        let sql = content(SQL.name).unwrap_or_else(|| Expression::literal(""));
        Self { sql, input: content(INPUT.name), known: Mutex::default() }
    }

    /// The text for an event.
    ///
    /// # Errors
    /// `MULE:EXPRESSION`.
    pub fn text(&self, event: &Event) -> Result<String, Error> {
        Ok(self.sql.text(event)?.unwrap_or_default().trim().to_string())
    }

    /// The statement for an event.
    ///
    /// # Errors
    /// `MULE:EXPRESSION`; `DB:BAD_SQL_SYNTAX` where there is none.
    pub fn template(&self, event: &Event, family: Family) -> Result<Arc<Template>, Error> {
        let text = self.text(event)?;
        if text.is_empty() {
            return Err(Problem::syntax("the statement is empty").error(event));
        }
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, template)) = known.as_ref().filter(|(last, _)| *last == text) {
            return Ok(template.clone());
        }
        let template = Arc::new(Template::parse(&text, family));
        *known = Some((text, template.clone()));
        Ok(template)
    }

    /// The values of the parameters for an event.
    ///
    /// # Errors
    /// `MULE:EXPRESSION`; `DB:QUERY_EXECUTION` where one is missing.
    pub fn values(&self, event: &Event, template: &Template) -> Result<Vec<Value>, Error> {
        let input = self.input.as_ref().map(|input| input.value(event)).transpose()?;
        bound(template, &input.unwrap_or_default()).map_err(|problem| problem.error(event))
    }
}

/// The values of a template's parameters in an object.
///
/// # Errors
/// What is no object; a parameter that it does not have.
pub fn bound(template: &Template, input: &Value) -> Result<Vec<Value>, Problem> {
    let object = match input.bare() {
        Value::Null => None,
        Value::Object(object) => Some(object),
        other if template.names().is_empty() => {
            tracing::debug!("input parameters are a {}, and none is used", other.type_name());
            None
        }
        other => {
            let message = format!("input parameters have to be an object, not a {}", other.type_name());
            return Err(Problem::execution(message));
        }
    };
    let value = |name: &String| {
        let found = object.and_then(|object| object.get(name)).cloned();
        found.ok_or_else(|| {
            let query = template.render(|index| format!(":{}", template.names()[index]));
            Problem::execution(format!("Parameter '{name}' was not bound for query '{query}'"))
        })
    };
    template.names().iter().map(value).collect()
}
