//! `set-variable`, `remove-variable`

use super::label::Label;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use futures_util::future::BoxFuture;

/// `set-variable`
pub static SET: Spec = Spec {
    name: "set-variable",
    doc: "Sets a variable of the event.",
    attributes: &[
        Attribute::required("variableName", Kind::Value, "Its name."),
        Attribute::required("value", Kind::Value, "Its value; null removes it."),
        Attribute::new("mimeType", Kind::Text, "The media type it is labelled with; nothing is converted."),
        Attribute::new("encoding", Kind::Text, "The character set it is labelled with."),
    ],
    example: r##"<set-variable variableName="customer" value="#[payload.customer.id]"/>"##,
    make: Make::Processor(|node| Box::new(SetVariable::of(node))),
    ..Spec::NEW
};

/// `remove-variable`
pub static REMOVE: Spec = Spec {
    name: "remove-variable",
    doc: "Removes a variable of the event; one that is not there is passed over with a warning in the log.",
    attributes: &[Attribute::required("variableName", Kind::Value, "Its name.")],
    example: r#"<remove-variable variableName="customer"/>"#,
    make: Make::Processor(|node| Box::new(RemoveVariable { name: name(node) })),
    ..Spec::NEW
};

struct SetVariable {
    name: Expression,
    value: Expression,
    label: Label,
}

fn name(node: &Node<'_>) -> Expression {
    node.value("variableName").unwrap_or_else(|| Expression::literal(""))
}

impl SetVariable {
    fn of(node: &Node<'_>) -> Self {
        let value = node.value("value").unwrap_or_else(|| Expression::literal(""));
        Self { name: name(node), value, label: Label::of(node) }
    }
}

impl Processor for SetVariable {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let name = self.name.text(event)?.unwrap_or_default();
            let value = self.label.on(self.value.typed(event)?);
            match value.is_null() {
                true => event.variables.restore(&name, None),
                false => event.variables.set(&name, value),
            }
            Ok(())
        })
    }
}

struct RemoveVariable {
    name: Expression,
}

impl Processor for RemoveVariable {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let name = self.name.text(event)?.unwrap_or_default();
            if !event.variables.remove(&name) {
                tracing::warn!(correlation_id = %event.correlation_id, "there is no variable '{name}' to remove");
            }
            Ok(())
        })
    }
}
