//! `munit-tools:assert`

use super::Failure;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Location, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::munit::session::Session;
use crate::suite::{Line, Mark};
use crate::value::{Object, Value, coerce};
use futures_util::future::BoxFuture;
use std::sync::Arc;

static THAT: Spec = Spec {
    name: "munit-tools:that",
    doc: "The script: true, or a result of `dw::test::Asserts` that matches.",
    body: Body::Value,
    ..Spec::NEW
};

/// `munit-tools:assert`
pub static SPEC: Spec = Spec {
    name: "munit-tools:assert",
    doc: "Fails unless a script is true, or is a result of `dw::test::Asserts` that matches.",
    attributes: &[Attribute::new("message", Kind::Value, "What people read when it fails.")],
    parts: &[Part { spec: &THAT, occurs: Occurs::Optional }],
    example: r##"<munit-tools:assert>
  <munit-tools:that>#[import * from dw::test::Asserts --- payload must equalTo("gold")]</munit-tools:that>
</munit-tools:assert>"##,
    make: Make::Processor(|node| Box::new(Assert::of(node))),
    ..Spec::NEW
};

struct Assert {
    that: Option<Expression>,
    message: Option<Expression>,
    location: Arc<Location>,
}

impl Assert {
    fn of(node: &Node<'_>) -> Self {
        Self {
            that: node.part("munit-tools:that").and_then(|that| that.content()),
            message: node.value("message"),
            location: node.location(),
        }
    }
}

impl Processor for Assert {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let Some(that) = &self.that else {
                let failure = Failure::plain("there is no `munit-tools:that`", &self.location);
                return Err(Session::of(event)?.fail(failure));
            };
            let result = that.value(event)?;
            let failure = match result.bare() {
                Value::Boolean(true) => return Ok(()),
                Value::Object(result) if is_match(result) => return Ok(()),
                Value::Object(result) => described(result, &self.location),
                _ => Failure::plain(format!("`{}` is not true", that.source().trim()), &self.location),
            };
            let message = Expression::text_of(self.message.as_ref(), event)?;
            Err(Session::of(event)?.fail(failure.saying(message)))
        })
    }
}

fn is_match(result: &Object) -> bool {
    matches!(result.get("matches").map(Value::bare), Some(Value::Boolean(true)))
}

/// What `{matches: false, description: {expected, actual}, reasons}` tells.
fn described(result: &Object, location: &Arc<Location>) -> Failure {
    let text = |value: Option<&Value>| value.and_then(|v| coerce::to_text(v).ok()).map(|t| t.trim().to_string());
    let part = |name: &str| match result.get("description").map(Value::bare) {
        Some(Value::Object(description)) => text(description.get(name)).unwrap_or_default(),
        _ => String::new(),
    };
    let mut failure = Failure::plain(format!("expected {}, but it is {}", part("expected"), part("actual")), location);
    let reasons = result.get("reasons").and_then(Value::elements);
    let reasons = reasons.into_iter().flatten().filter_map(|reason| text(reason.ok().as_ref()));
    failure.detail.extend(reasons.map(|reason| Line::new(Mark::Plain, reason)));
    failure
}
