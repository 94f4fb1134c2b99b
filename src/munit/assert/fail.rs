//! `munit-tools:fail`

use super::Failure;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Location, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use crate::munit::session::Session;
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `munit-tools:fail`
pub static SPEC: Spec = Spec {
    name: "munit-tools:fail",
    doc: "Fails the test.",
    attributes: &[Attribute::new("message", Kind::Value, "What people read.")],
    example: r#"<munit-tools:fail message="nobody should come here"/>"#,
    make: Make::Processor(|node| Box::new(Fail::of(node))),
    ..Spec::NEW
};

struct Fail {
    message: Option<Expression>,
    location: Arc<Location>,
}

impl Fail {
    fn of(node: &Node<'_>) -> Self {
        Self { message: node.value("message"), location: node.location() }
    }
}

impl Processor for Fail {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let message = Expression::text_of(self.message.as_ref(), event)?;
            let message = message.unwrap_or_else(|| "`munit-tools:fail` was reached".to_string());
            Err(Session::of(event)?.fail(Failure::plain(message, &self.location)))
        })
    }
}
