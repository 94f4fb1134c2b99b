//! `set-payload`

use super::label::Label;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use futures_util::future::BoxFuture;

/// `set-payload`
pub static SPEC: Spec = Spec {
    name: "set-payload",
    doc: "Replaces the payload. The attributes stay.",
    attributes: &[
        Attribute::required("value", Kind::Value, "The new payload."),
        Attribute::new("mimeType", Kind::Text, "The media type it is labelled with; nothing is converted."),
        Attribute::new("encoding", Kind::Text, "The character set it is labelled with."),
    ],
    example: r##"<set-payload value='#[{total: sum(payload.lines.amount)}]'/>"##,
    make: Make::Processor(|node| Box::new(SetPayload::of(node))),
    ..Spec::NEW
};

struct SetPayload {
    value: Expression,
    label: Label,
}

impl SetPayload {
    fn of(node: &Node<'_>) -> Self {
        Self { value: node.value("value").unwrap_or_else(|| Expression::literal("")), label: Label::of(node) }
    }
}

impl Processor for SetPayload {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            event.message.payload = self.label.on(self.value.typed(event)?);
            Ok(())
        })
    }
}
