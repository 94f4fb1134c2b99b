//! What the operations have in common: bytes of an expression, work on a thread of its own, a result.

use super::problem::validation;
use super::signature::is_same;
use crate::connector::apart::{Problem, apart};
use crate::connector::output::Relabel;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Occurs, Part, Spec};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use futures_util::future::BoxFuture;

/// Work on the bytes of a content.
pub type Work<T> = Box<dyn FnOnce(&[u8]) -> Result<T, Problem> + Send>;

/// The work for an event: what it needs of the event is read before.
pub type Prepare<T> = Box<dyn Fn(&Event) -> Result<Work<T>, Error> + Send + Sync>;

/// The content that operations change.
pub static CONTENT: Spec = Spec {
    name: "crypto:content",
    doc: "What it works on, `#[payload]` if it is left out.",
    body: Body::Value,
    ..Spec::NEW
};

/// [`CONTENT`] in an operation.
pub const TAKES_CONTENT: Part = Part { spec: &CONTENT, occurs: Occurs::Optional };

static VALUE: Spec = Spec { name: "crypto:value", doc: "The same as the attribute.", body: Body::Value, ..Spec::NEW };

/// What is validated.
pub const TAKES_VALUE: Part = Part { spec: &VALUE, occurs: Occurs::Optional };
/// See [`TAKES_VALUE`].
pub const VALUE_ATTRIBUTE: Attribute = Attribute::default("value", Kind::Value, "#[payload]", "What is validated.");

/// The bytes of a content; `failed` makes the error where there are none.
async fn bytes(content: &Expression, event: &Event, failed: fn(String) -> Problem) -> Result<Bytes, Error> {
    let content = content.typed(event)?;
    apart(event, move || {
        if content.is_null() {
            return Err(failed("the content is null".to_string()));
        }
        content.to_bytes().map_err(|fault| failed(fault.to_string()))
    })
    .await
}

/// An operation that makes something else of a content.
pub struct Change {
    content: Expression,
    label: Relabel,
    failed: fn(String) -> Problem,
    prepare: Prepare<Typed>,
}

impl Change {
    /// The operation of an element; `failed` makes the error where there is no content.
    pub fn of(node: &Node<'_>, failed: fn(String) -> Problem, prepare: Prepare<Typed>) -> Box<dyn Processor> {
        Box::new(Self { content: node.content_of(CONTENT.name), label: Relabel::of(node), failed, prepare })
    }
}

impl Processor for Change {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let work = (self.prepare)(event)?;
            let content = bytes(&self.content, event, self.failed).await?;
            let result = apart(event, move || work(&content)).await?;
            event.message = Message::of(self.label.on(result));
            Ok(())
        })
    }
}

/// An operation that fails unless a content is what is expected.
pub struct Validate {
    value: Expression,
    prepare: Prepare<()>,
}

impl Validate {
    /// The operation of an element.
    pub fn of(node: &Node<'_>, prepare: Prepare<()>) -> Box<dyn Processor> {
        let written = node.part(VALUE.name).and_then(|part| part.content());
        Box::new(Self { value: written.unwrap_or_else(|| node.expression(VALUE_ATTRIBUTE.name)), prepare })
    }
}

impl Processor for Validate {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let work = (self.prepare)(event)?;
            let value = bytes(&self.value, event, validation).await?;
            apart(event, move || work(&value)).await
        })
    }
}

/// A signature as flows see it: Base64.
pub fn shown(signature: &[u8]) -> Typed {
    Typed::labelled(STANDARD.encode(signature).as_str().into(), crate::flow::event::media("text/plain"))
}

/// The bytes of a signature that a flow expects.
///
/// # Errors
/// `CRYPTO:VALIDATION` for what is no Base64.
pub fn expected(expression: &Expression, event: &Event) -> Result<Vec<u8>, Error> {
    let text = expression.text(event)?.unwrap_or_default();
    let decoded = STANDARD.decode(text.trim());
    decoded.map_err(|_| validation("the expected signature is no Base64").error(event))
}

/// Refuses a signature that is another one than expected.
///
/// # Errors
/// `CRYPTO:VALIDATION`
pub fn compare(found: &[u8], expected: &[u8]) -> Result<(), Problem> {
    if is_same(found, expected) { Ok(()) } else { Err(validation("the signature is not that of the content")) }
}
