//! The parts of an event that tests write down: `munit:set-event` and `munit-tools:then-return` take the same.

use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::event::{Error, ErrorType, Event, Typed};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Occurs, Part, Spec};
use crate::format::MediaType;

const MEDIA_TYPE: Attribute = Attribute::new("mediaType", Kind::Value, "Its media type; nothing is converted.");
const ENCODING: Attribute = Attribute::new("encoding", Kind::Value, "Its character set.");

const VALUE: &[Attribute] = &[Attribute::new("value", Kind::Value, "The value."), MEDIA_TYPE, ENCODING];

const KEY_AND_VALUE: &[Attribute] = &[
    Attribute::required("key", Kind::Value, "Its name."),
    Attribute::required("value", Kind::Value, "Its value."),
    MEDIA_TYPE,
    ENCODING,
];

const TYPE: &str = "Its type, as in `HTTP:TIMEOUT`.";
const EXCEPTION: &str = "The exception behind it; `#[java!java::lang::Exception::new('text')]` is understood.";

/// What events and mocks call the two, and both understand.
const ERROR: &[Attribute] = &[
    Attribute::new("typeId", Kind::Value, TYPE),
    Attribute::new("cause", Kind::Text, EXCEPTION),
    Attribute::new("id", Kind::Value, TYPE),
    Attribute::new("exception", Kind::Text, EXCEPTION),
];

/// `payload`
pub const fn payload(name: &'static str) -> Spec {
    Spec { name, doc: "The payload.", attributes: VALUE, ..Spec::NEW }
}

/// `attributes`
pub const fn attributes(name: &'static str) -> Spec {
    Spec { name, doc: "The attributes of the message.", attributes: VALUE, ..Spec::NEW }
}

/// `variable`
pub const fn variable(name: &'static str) -> Spec {
    Spec { name, doc: "A variable.", attributes: KEY_AND_VALUE, ..Spec::NEW }
}

/// `variables`
pub const fn variables(name: &'static str, parts: &'static [Part]) -> Spec {
    Spec { name, doc: "The variables.", parts, ..Spec::NEW }
}

/// `error`
pub const fn error(name: &'static str) -> Spec {
    Spec { name, doc: "An error.", attributes: ERROR, ..Spec::NEW }
}

/// A part that may stand once.
pub const fn optional(spec: &'static Spec) -> Part {
    Part { spec, occurs: Occurs::Optional }
}

/// What a test says about an event.
pub struct EventParts {
    payload: Option<Labelled>,
    attributes: Option<Labelled>,
    variables: Vec<(Expression, Labelled)>,
    error: Option<ErrorParts>,
}

/// The same, computed.
pub struct Computed {
    /// The payload, if it is said.
    pub payload: Option<Typed>,
    /// The attributes, if they are said.
    pub attributes: Option<Typed>,
    /// The variables that are said.
    pub variables: Vec<(String, Typed)>,
    /// The error, if there is one.
    pub error: Option<Error>,
}

impl EventParts {
    /// What the parts of an element say; their names begin with this module.
    pub fn of(node: &Node<'_>, module: &str) -> Self {
        let part = |name: &str| node.part(&format!("{module}:{name}"));
        let variable = format!("{module}:variable");
        let variables = part("variables").map(|all| all.parts(&variable)).unwrap_or_default();
        Self {
            payload: part("payload").map(|node| Labelled::of(&node)),
            attributes: part("attributes").map(|node| Labelled::of(&node)),
            variables: variables.iter().map(|node| (node.expression("key"), Labelled::of(node))).collect(),
            error: part("error").map(|node| ErrorParts::of(&node)),
        }
    }

    /// Computes them for an event.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` where a script fails.
    pub fn compute(&self, event: &Event) -> Result<Computed, Error> {
        let labelled = |part: &Option<Labelled>| part.as_ref().map(|part| part.compute(event)).transpose();
        let variable =
            |(key, value): &(Expression, Labelled)| Ok((key.text(event)?.unwrap_or_default(), value.compute(event)?));
        Ok(Computed {
            payload: labelled(&self.payload)?,
            attributes: labelled(&self.attributes)?,
            variables: self.variables.iter().map(variable).collect::<Result<_, Error>>()?,
            error: self.error.as_ref().map(|error| error.compute(event)).transpose()?,
        })
    }
}

impl Computed {
    /// Puts what is said into the event; the rest of it stays.
    pub fn apply(&self, event: &mut Event) {
        if let Some(payload) = &self.payload {
            event.message.payload = payload.clone();
        }
        if let Some(attributes) = &self.attributes {
            event.message.attributes = attributes.clone();
        }
        for (name, value) in &self.variables {
            event.variables.set(name, value.clone());
        }
    }
}

/// A value with the labels that stand beside it.
struct Labelled {
    value: Expression,
    media: Option<Expression>,
    encoding: Option<Expression>,
}

impl Labelled {
    fn of(node: &Node<'_>) -> Self {
        Self { value: node.expression("value"), media: node.value("mediaType"), encoding: node.value("encoding") }
    }

    fn compute(&self, event: &Event) -> Result<Typed, Error> {
        let value = self.value.typed(event)?;
        let text = |expression: &Option<Expression>| expression.as_ref().map(|e| e.text(event)).transpose();
        let (media, encoding) = (text(&self.media)?.flatten(), text(&self.encoding)?.flatten());
        let media = match media {
            Some(text) => Some(MediaType::parse(&text).map_err(|fault| Error::expression(&text, fault.into()))?),
            None => encoding.is_some().then(|| value.media().clone()),
        };
        Ok(match (media, encoding) {
            (None, _) => value,
            (Some(media), None) => value.with_media(media),
            (Some(media), Some(encoding)) => value.with_media(media.with_parameter("charset", &encoding)),
        })
    }
}

/// What a test says about an error.
struct ErrorParts {
    type_id: Option<Expression>,
    cause: Option<Cause>,
}

/// The exception behind an error.
enum Cause {
    /// A Java exception with its class and its text: written as a call of its constructor.
    Java(String, String),
    /// Its text.
    Text(Expression),
}

impl ErrorParts {
    fn of(node: &Node<'_>) -> Self {
        let name = if node.has("exception") { "exception" } else { "cause" };
        let cause = node.text(name).map(|text| match java_exception(&text) {
            Some((class, message)) => Cause::Java(class, message),
            None => Cause::Text(node.compiled(compiled(node, name))),
        });
        Self { type_id: node.value("typeId").or_else(|| node.value("id")), cause }
    }

    /// A type that the app does not know gives `MULE:UNKNOWN` (docs-munit, Mock When).
    fn compute(&self, event: &Event) -> Result<Error, Error> {
        let named = Expression::text_of(self.type_id.as_ref(), event)?;
        let types = event.context.app.error_types();
        let error_type = named.and_then(|name| types.parse(&name).ok()).unwrap_or_else(|| ErrorType::mule("UNKNOWN"));
        Ok(match &self.cause {
            None => Error::new(error_type, ""),
            Some(Cause::Java(class, message)) => Error::new(error_type, message).with_cause(class),
            Some(Cause::Text(text)) => Error::new(error_type, text.text(event)?.unwrap_or_default()),
        })
    }
}

fn compiled(node: &Node<'_>, attribute: &str) -> Result<Expression, Vec<Fault>> {
    match node.element.attribute(attribute) {
        Some(text) => node.builder.compiler().value(text, &node.element.source),
        None => Err(vec![Fault::new(Code::Configuration, format!("`{attribute}` is missing"))]),
    }
}

/// The class and the text of `#[java!java::lang::Exception::new('text')]`.
fn java_exception(text: &str) -> Option<(String, String)> {
    let script = text.trim().strip_prefix("#[")?.strip_suffix(']')?;
    let body = script.rsplit_once("---").map_or(script, |(_, body)| body);
    let call = body.trim().strip_prefix("java!")?;
    let (class, arguments) = call.split_once("::new(")?;
    let argument = arguments.strip_suffix(')')?.trim().split(',').next()?.trim();
    let message = argument.trim_matches(['\'', '"']);
    Some((class.replace("::", "."), message.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn understands_java_exceptions() {
        let parts = |text| java_exception(text).map(|(class, message)| format!("{class}|{message}"));
        let known = "#[java!java::lang::RuntimeException::new('no tea')]";
        assert_eq!(parts(known).as_deref(), Some("java.lang.RuntimeException|no tea"));
        assert_eq!(parts("#[%dw 2.0 --- java!a::Lost::new(\"it\", 7)]").as_deref(), Some("a.Lost|it"));
        assert_eq!(parts("#[java!java::lang::Exception::new()]").as_deref(), Some("java.lang.Exception|"));
        assert_eq!(parts("#['no tea']"), None);
    }
}
