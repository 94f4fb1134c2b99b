//! `munit-tools:assert-equals`

use super::Failure;
use super::failure::text;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Location, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use crate::munit::session::Session;
use crate::value::ops;
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `munit-tools:assert-equals`
pub static SPEC: Spec = Spec {
    name: "munit-tools:assert-equals",
    doc: "Fails unless two values are equal.",
    attributes: &[
        Attribute::required("actual", Kind::Value, "The value to look at."),
        Attribute::required("expected", Kind::Value, "What it should be."),
        Attribute::new("message", Kind::Value, "What people read when it fails."),
    ],
    example: r##"<munit-tools:assert-equals actual="#[payload]" expected="#[2]"/>"##,
    make: Make::Processor(|node| Box::new(AssertEquals::of(node))),
    ..Spec::NEW
};

struct AssertEquals {
    actual: Expression,
    expected: Expression,
    message: Option<Expression>,
    location: Arc<Location>,
}

impl AssertEquals {
    fn of(node: &Node<'_>) -> Self {
        Self {
            actual: node.expression("actual"),
            expected: node.expression("expected"),
            message: node.value("message"),
            location: node.location(),
        }
    }
}

impl Processor for AssertEquals {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (actual, expected) = (self.actual.value(event)?, self.expected.value(event)?);
            if ops::equal(&actual, &expected).map_err(|fault| Error::expression(&self.actual.source(), fault.into()))? {
                return Ok(());
            }
            let message = Expression::text_of(self.message.as_ref(), event)?;
            let failure = Failure::of(&text(&expected), Some(&expected), &actual, &self.location);
            Err(Session::of(event)?.fail(failure.saying(message)))
        })
    }
}
