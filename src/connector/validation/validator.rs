//! What all checks share: the check runs, and where it fails its message becomes an error.

use super::messages::{Messages, Text};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::value::ObjectBuilder;
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// Why a check failed.
#[derive(Debug, PartialEq)]
pub struct Failure {
    /// The identifier of the error's type.
    pub identifier: &'static str,
    /// What is said.
    pub text: Text,
    /// What its placeholders stand for.
    pub arguments: Vec<String>,
}

/// What became of a check.
pub type Verdict = Result<(), Failure>;

impl Failure {
    /// A failure with these words.
    pub fn new<const N: usize>(identifier: &'static str, text: Text, arguments: [&str; N]) -> Self {
        Self { identifier, text, arguments: arguments.map(str::to_string).to_vec() }
    }
}

/// `Ok` where the condition holds.
pub fn verdict(holds: bool, failure: impl FnOnce() -> Failure) -> Verdict {
    if holds { Ok(()) } else { Err(failure()) }
}

/// A check on an event.
pub type Check = Box<dyn Fn(&Event) -> Result<Verdict, Error> + Send + Sync>;

struct Validator {
    check: Check,
    message: Option<Expression>,
    messages: Arc<Messages>,
}

/// The processor of an element that checks something.
pub fn validator(
    node: &Node<'_>,
    check: impl Fn(&Event) -> Result<Verdict, Error> + Send + Sync + 'static,
) -> Box<dyn Processor> {
    let messages = node.global::<Messages>("config-ref").unwrap_or_default();
    Box::new(Validator { check: Box::new(check), message: node.value("message"), messages })
}

impl Processor for Validator {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let Err(failure) = (self.check)(event)? else { return Ok(()) };
            let own = Expression::text_of(self.message.as_ref(), event)?;
            let text = own.filter(|text| !text.trim().is_empty());
            let text = text.unwrap_or_else(|| self.messages.text(failure.text, &failure.arguments));
            let mut result = ObjectBuilder::with_capacity(3);
            result.field("message", text.as_str()).field("errorType", failure.identifier).field("error", true);
            let error = Error::named(event, &format!("VALIDATION:{}", failure.identifier), text);
            Err(error.with_message(Message::of(Typed::value(result.value()))))
        })
    }
}

/// The text of an expression, `null` for null: what checks of text show in their messages.
pub fn text_or_null(expression: &Expression, event: &Event) -> Result<String, Error> {
    Ok(expression.text(event)?.unwrap_or_else(|| "null".to_string()))
}
