//! What applies to every operation: `target`, `targetValue`, `error-mapping`.

use super::Node;
use crate::flow::event::{Error, ErrorType, Event, Matcher};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Spec};
use futures_util::future::BoxFuture;

/// `<error-mapping sourceType targetType/>`, the first child of an operation.
pub static ERROR_MAPPING: Spec = Spec {
    name: "error-mapping",
    doc: "Gives errors of an operation another type.",
    attributes: &[
        Attribute::default("sourceType", Kind::Text, "ANY", "The types it applies to."),
        Attribute::required("targetType", Kind::Text, "The type that errors get."),
    ],
    example: r#"<http:request path="/rates"><error-mapping sourceType="HTTP:TIMEOUT" targetType="RATES:LATE"/></http:request>"#,
    ..Spec::NEW
};

/// The operation with what its element says about its result and its errors.
pub(super) fn wrapped(node: &Node<'_>, inner: Box<dyn Processor>) -> Box<dyn Processor> {
    let mappings: Vec<_> = node.parts(ERROR_MAPPING.name).iter().filter_map(mapping).collect();
    let inner = if mappings.is_empty() { inner } else { Box::new(Mapped { inner, mappings }) };
    match node.text("target") {
        Some(target) => {
            let value = node.value("targetValue").unwrap_or_else(|| Expression::literal(""));
            Box::new(Targeted { inner, target, value })
        }
        None => inner,
    }
}

fn mapping(node: &Node<'_>) -> Option<Mapping> {
    let types = node.builder.types();
    let from = Matcher::parse(&node.required("sourceType"), types).map_err(|fault| node.refuse("sourceType", fault));
    let to = types.parse(&node.required("targetType")).map_err(|fault| node.refuse("targetType", fault));
    Some(Mapping { from: from.ok()?, to: to.ok()? })
}

/// An operation whose result goes into a variable: everything else of the event is put back.
struct Targeted {
    inner: Box<dyn Processor>,
    target: String,
    value: Expression,
}

impl Processor for Targeted {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let before = event.clone();
            self.inner.process(event).await?;
            // What an operation did to the variables is dropped with the rest, and `targetValue` sees the result alone.
            let value = self.value.typed(event)?;
            *event = before;
            event.variables.set(&self.target, value);
            Ok(())
        })
    }
}

struct Mapping {
    from: Matcher,
    to: ErrorType,
}

/// An operation whose errors get other types.
struct Mapped {
    inner: Box<dyn Processor>,
    mappings: Vec<Mapping>,
}

impl Processor for Mapped {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let outcome = self.inner.process(event).await;
            outcome.map_err(|error| match self.mappings.iter().find(|m| m.from.takes(error.error_type())) {
                Some(mapping) => error.with_type(mapping.to.clone()),
                None => error,
            })
        })
    }
}
