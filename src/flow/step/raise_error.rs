//! `raise-error`

use crate::flow::build::Node;
use crate::flow::event::{Error, ErrorType, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use futures_util::future::BoxFuture;

/// `raise-error`
pub static SPEC: Spec = Spec {
    name: "raise-error",
    doc: "Fails with an error of a type of the app's own.",
    attributes: &[
        Attribute::required("type", Kind::Text, "`NAMESPACE:IDENTIFIER`, or one of Mule's own types."),
        Attribute::default("description", Kind::Value, "An error occurred.", "What people read."),
    ],
    example: r##"<raise-error type="ORDERS:LATE" description="#['order ' ++ payload.id ++ ' is late']"/>"##,
    make: Make::Processor(|node| Box::new(RaiseError::of(node))),
    ..Spec::NEW
};

struct RaiseError {
    error_type: ErrorType,
    description: Expression,
}

impl RaiseError {
    fn of(node: &Node<'_>) -> Self {
        let written = node.required("type").to_ascii_uppercase();
        let error_type = node.builder.types().parse(&written);
        // Types that may not be raised were noted when the types of the app were collected.
        let error_type = error_type.unwrap_or_else(|_| ErrorType::mule("ANY"));
        Self { error_type, description: node.value("description").unwrap_or_else(|| Expression::literal("")) }
    }
}

impl Processor for RaiseError {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let description = self.description.text(event)?.unwrap_or_default();
            Err(Error::new(self.error_type.clone(), description))
        })
    }
}
