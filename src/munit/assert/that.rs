//! `munit-tools:assert-that`

use super::{Failure, Matcher};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Location, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use crate::munit::session::Session;
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `munit-tools:assert-that`
pub static SPEC: Spec = Spec {
    name: "munit-tools:assert-that",
    doc: "Fails unless the value of an expression satisfies a matcher.",
    attributes: &[
        Attribute::required("expression", Kind::Value, "The value to look at."),
        Attribute::required("is", Kind::Value, "The matcher, as in `MunitTools::equalTo(3)`."),
        Attribute::new("message", Kind::Value, "What people read when it fails."),
    ],
    example: r##"<munit-tools:assert-that expression="#[payload]" is="#[MunitTools::equalTo('gold')]"/>"##,
    make: Make::Processor(|node| Box::new(AssertThat::of(node))),
    ..Spec::NEW
};

struct AssertThat {
    expression: Expression,
    is: Expression,
    message: Option<Expression>,
    location: Arc<Location>,
}

impl AssertThat {
    fn of(node: &Node<'_>) -> Self {
        Self {
            expression: node.expression("expression"),
            is: node.expression("is"),
            message: node.value("message"),
            location: node.location(),
        }
    }
}

impl Processor for AssertThat {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let actual = self.expression.typed(event)?;
            let is = self.is.value(event)?;
            let Some(matcher) = Matcher::of(&is) else {
                let text = format!("`is` takes a matcher, not {}: write `#[MunitTools::equalTo(…)]`", self.is.source());
                return Err(Error::mule("EXPRESSION", text));
            };
            if matcher.accepts(&actual)? {
                return Ok(());
            }
            let message = Expression::text_of(self.message.as_ref(), event)?;
            let actual = actual.read().unwrap_or_default();
            let failure = Failure::of(&matcher.description, matcher.expected.as_ref(), &actual, &self.location);
            Err(Session::of(event)?.fail(failure.saying(message)))
        })
    }
}
