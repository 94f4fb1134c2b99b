//! `munit-tools:mock-when`: something else runs in place of a processor.

use super::selector::{PROCESSOR, Selection, Selector, WITH_ATTRIBUTES};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use crate::munit::event_parts::{self, Computed, EventParts, optional};
use crate::munit::session::Session;
use futures_util::future::BoxFuture;

static PAYLOAD: Spec = event_parts::payload("munit-tools:payload");
static ATTRIBUTES: Spec = event_parts::attributes("munit-tools:attributes");
static VARIABLE: Spec = event_parts::variable("munit-tools:variable");
static VARIABLES: Spec =
    event_parts::variables("munit-tools:variables", &[Part { spec: &VARIABLE, occurs: Occurs::Any }]);
static ERROR: Spec = event_parts::error("munit-tools:error");

static THEN_RETURN: Spec = Spec {
    name: "munit-tools:then-return",
    doc: "What the processor seems to give; without anything in it the event passes unchanged.",
    parts: &[optional(&PAYLOAD), optional(&ATTRIBUTES), optional(&VARIABLES), optional(&ERROR)],
    ..Spec::NEW
};

static THEN_CALL: Spec = Spec {
    name: "munit-tools:then-call",
    doc: "A flow that runs in place of the processor.",
    attributes: &[Attribute::required("flow", Kind::Value, "The flow's name.")],
    ..Spec::NEW
};

/// `munit-tools:mock-when`
pub static SPEC: Spec = Spec {
    name: "munit-tools:mock-when",
    doc: "Puts something else in the place of a processor, until the test ends. Any processor can be mocked, also \
          `ee:transform` and `logger`, and those of connectors that are not there. The last mock that fits is taken.",
    attributes: &[PROCESSOR],
    parts: &[optional(&WITH_ATTRIBUTES), optional(&THEN_RETURN), optional(&THEN_CALL)],
    example: r##"<munit-tools:mock-when processor="http:request">
  <munit-tools:with-attributes>
    <munit-tools:with-attribute attributeName="path" whereValue="/rates"/>
  </munit-tools:with-attributes>
  <munit-tools:then-return>
    <munit-tools:payload value="#[{rate: 2}]"/>
  </munit-tools:then-return>
</munit-tools:mock-when>"##,
    make: Make::Processor(|node| Box::new(MockWhen::of(node))),
    ..Spec::NEW
};

struct MockWhen {
    selection: Selection,
    effect: Then,
}

/// What an element says about what happens.
enum Then {
    Return(EventParts),
    Call(Expression),
    Nothing,
}

impl MockWhen {
    fn of(node: &Node<'_>) -> Self {
        let effect = match (node.part(THEN_CALL.name), node.part(THEN_RETURN.name)) {
            (Some(call), _) => Then::Call(call.expression("flow")),
            (None, Some(parts)) => Then::Return(EventParts::of(&parts, "munit-tools")),
            (None, None) => Then::Nothing,
        };
        Self { selection: Selection::of(node), effect }
    }
}

impl Processor for MockWhen {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let effect = match &self.effect {
                Then::Return(parts) => Effect::Return(parts.compute(event)?),
                Then::Call(flow) => Effect::Call(flow.text(event)?.unwrap_or_default()),
                Then::Nothing => Effect::Nothing,
            };
            Session::of(event)?.mock(Mock { selector: self.selection.compute(event)?, effect });
            Ok(())
        })
    }
}

/// A mock at work.
pub struct Mock {
    /// The processors that it stands for.
    pub selector: Selector,
    effect: Effect,
}

enum Effect {
    Return(Computed),
    Call(String),
    Nothing,
}

impl Mock {
    /// Works on the event in place of a processor.
    ///
    /// # Errors
    /// The error that it is told to fail with, or that of the flow that it calls.
    pub async fn apply(&self, event: &mut Event) -> Result<(), Error> {
        match &self.effect {
            Effect::Nothing => Ok(()),
            Effect::Call(name) => {
                let flow = event.context.app.flow(name).cloned();
                let missing =
                    || Error::mule("ROUTING", format!("the mock calls the flow `{name}`, which is not there"));
                flow.ok_or_else(missing)?.run(event).await
            }
            Effect::Return(parts) => {
                parts.apply(event);
                match &parts.error {
                    None => Ok(()),
                    Some(error) if parts.payload.is_some() => Err(error.clone().with_message(event.message.clone())),
                    Some(error) => Err(error.clone()),
                }
            }
        }
    }
}
