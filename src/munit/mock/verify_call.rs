//! `munit-tools:verify-call`: how often a processor was called.

use super::selector::{PROCESSOR, Selection, WITH_ATTRIBUTES};
use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Component, Location, Processor};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use crate::munit::assert::Failure;
use crate::munit::event_parts::optional;
use crate::munit::session::Session;
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `munit-tools:verify-call`
pub static SPEC: Spec = Spec {
    name: "munit-tools:verify-call",
    doc: "Fails unless a processor was called as often as it says, since the test began. Mocked calls count.",
    attributes: &[
        PROCESSOR,
        Attribute::new("times", Kind::Value, "Exactly so often; 1 where nothing else is said."),
        Attribute::new("atLeast", Kind::Value, "So often or more."),
        Attribute::new("atMost", Kind::Value, "So often or less."),
    ],
    parts: &[optional(&WITH_ATTRIBUTES)],
    example: r#"<munit-tools:verify-call processor="http:request" times="2"/>"#,
    make: Make::Processor(|node| Box::new(VerifyCall::of(node))),
    ..Spec::NEW
};

/// A call of a processor.
#[derive(Clone)]
pub struct Call {
    /// The processor.
    pub component: Arc<Component>,
    /// The event that it got.
    pub event: Event,
}

struct VerifyCall {
    selection: Selection,
    processor: String,
    times: Option<Expression>,
    at_least: Option<Expression>,
    at_most: Option<Expression>,
    location: Arc<Location>,
}

impl VerifyCall {
    fn of(node: &Node<'_>) -> Self {
        if node.has("times") && (node.has("atLeast") || node.has("atMost")) {
            let fault = Fault::new(Code::Configuration, "`times` excludes `atLeast` and `atMost`");
            node.refuse("times", fault.help("say how often exactly, or between which limits"));
        }
        Self {
            selection: Selection::of(node),
            processor: node.required("processor"),
            times: node.value("times"),
            at_least: node.value("atLeast"),
            at_most: node.value("atMost"),
            location: node.location(),
        }
    }

    /// What is wanted, if it is not so many calls.
    fn refusal(&self, calls: i64, event: &Event) -> Result<Option<String>, Error> {
        let number = |limit: &Option<Expression>| limit.as_ref().map(|limit| limit.integer(event)).transpose();
        let (times, least, most) = (number(&self.times)?, number(&self.at_least)?, number(&self.at_most)?);
        if least.is_none() && most.is_none() {
            let times = times.unwrap_or(1);
            return Ok((calls != times).then(|| often(times)));
        }
        let too_few = least.filter(|least| calls < *least).map(|least| format!("at least {}", often(least)));
        Ok(too_few.or_else(|| most.filter(|most| calls > *most).map(|most| format!("at most {}", often(most)))))
    }
}

fn often(times: i64) -> String {
    if times == 1 { "once".to_string() } else { format!("{times} times") }
}

impl Processor for VerifyCall {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let session = Session::of(event)?;
            let selector = self.selection.compute(event)?;
            let calls = session.calls();
            let calls = calls.iter().filter(|call| selector.takes(&call.component, &call.event)).count() as i64;
            let Some(wanted) = self.refusal(calls, event)? else { return Ok(()) };
            let message = format!("`{}` should be called {wanted}, but it was called {}", self.processor, often(calls));
            Err(session.fail(Failure::plain(message, &self.location)))
        })
    }
}
