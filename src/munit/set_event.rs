//! `munit:set-event`, `munit:set-null-payload`: the event that a test begins with.

use super::event_parts::{self, EventParts, optional};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed, Variables};
use crate::flow::exec::Processor;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec};
use futures_util::future::BoxFuture;

static PAYLOAD: Spec = event_parts::payload("munit:payload");
static ATTRIBUTES: Spec = event_parts::attributes("munit:attributes");
static VARIABLE: Spec = event_parts::variable("munit:variable");
static VARIABLES: Spec = event_parts::variables("munit:variables", &[Part { spec: &VARIABLE, occurs: Occurs::Any }]);
static ERROR: Spec = event_parts::error("munit:error");

/// `munit:set-event`
pub static SET_EVENT: Spec = Spec {
    name: "munit:set-event",
    doc: "Sets the event that the test goes on with. What is not said is empty, unless the event is cloned.",
    attributes: &[Attribute::default(
        "cloneOriginalEvent",
        Kind::Boolean,
        "false",
        "Whether what is not said stays as it was.",
    )],
    parts: &[optional(&PAYLOAD), optional(&ATTRIBUTES), optional(&VARIABLES), optional(&ERROR)],
    example: r##"<munit:set-event>
  <munit:payload value="#[{id: 7}]" mediaType="application/json"/>
</munit:set-event>"##,
    make: Make::Processor(|node| Box::new(SetEvent::of(node))),
    ..Spec::NEW
};

/// `munit:set-null-payload`
pub static SET_NULL_PAYLOAD: Spec = Spec {
    name: "munit:set-null-payload",
    doc: "Makes the payload null.",
    example: r#"<munit:set-null-payload/>"#,
    make: Make::Processor(|_| Box::new(SetNullPayload)),
    ..Spec::NEW
};

struct SetEvent {
    clones: bool,
    parts: EventParts,
}

impl SetEvent {
    fn of(node: &Node<'_>) -> Self {
        Self { clones: node.boolean("cloneOriginalEvent"), parts: EventParts::of(node, "munit") }
    }
}

impl Processor for SetEvent {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let parts = self.parts.compute(event)?;
            if !self.clones {
                event.message = Message::default();
                event.variables = Variables::default();
                event.error = None;
            }
            parts.apply(event);
            if let Some(error) = parts.error {
                event.error = Some(error);
            }
            Ok(())
        })
    }
}

struct SetNullPayload;

impl Processor for SetNullPayload {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            event.message.payload = Typed::null();
            Ok(())
        })
    }
}
