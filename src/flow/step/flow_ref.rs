//! `flow-ref`

use crate::diag::{Code, Fault, nearest};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use futures_util::future::BoxFuture;

/// `flow-ref`
pub static SPEC: Spec = Spec {
    name: "flow-ref",
    doc: "Runs a flow or sub-flow on the event. What it changes goes on in the caller.",
    attributes: &[Attribute::required("name", Kind::Value, "The flow or sub-flow; a script may compute its name.")],
    errors: &["MULE:ROUTING"],
    example: r##"<flow-ref name="price-of" target="price"/>"##,
    make: Make::Operation(|node| Box::new(FlowRef::of(node))),
    ..Spec::NEW
};

struct FlowRef {
    name: Expression,
}

impl FlowRef {
    fn of(node: &Node<'_>) -> Self {
        let name = node.value("name").unwrap_or_else(|| Expression::literal(""));
        if let Expression::Literal(literal) = &name {
            check(node, &literal.to_text());
        }
        Self { name }
    }
}

/// Notes a name that no flow has.
fn check(node: &Node<'_>, name: &str) {
    let flows = node.builder.flows();
    if flows.iter().any(|known| known == name) {
        return;
    }
    let fault = Fault::new(Code::Configuration, format!("there is no flow or sub-flow `{name}`"));
    node.refuse(
        "name",
        match nearest(name, flows.iter().map(String::as_str)) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault,
        },
    );
}

impl Processor for FlowRef {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let Some(name) = self.name.text(event)? else {
                return Err(Error::mule("ROUTING", "flow-ref name expression returned 'null'"));
            };
            let flow = event.context.app.flow(&name).cloned();
            let flow =
                flow.ok_or_else(|| Error::mule("ROUTING", format!("No flow/sub-flow with name '{name}' found")))?;
            flow.run(event).await
        })
    }
}
