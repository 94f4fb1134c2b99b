//! `ee:transform`

use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::text::Source;
use futures_util::future::BoxFuture;

const RESOURCE: Attribute = Attribute::new("resource", Kind::Text, "A script file among the app's resources.");

static SET_PAYLOAD: Spec = Spec {
    name: "ee:set-payload",
    doc: "The script of the new payload.",
    attributes: &[RESOURCE],
    body: Body::Script,
    ..Spec::NEW
};

static SET_ATTRIBUTES: Spec = Spec {
    name: "ee:set-attributes",
    doc: "The script of the new attributes.",
    attributes: &[RESOURCE],
    body: Body::Script,
    ..Spec::NEW
};

static MESSAGE: Spec = Spec {
    name: "ee:message",
    doc: "What becomes of the message.",
    parts: &[
        Part { spec: &SET_PAYLOAD, occurs: Occurs::Optional },
        Part { spec: &SET_ATTRIBUTES, occurs: Occurs::Optional },
    ],
    ..Spec::NEW
};

static SET_VARIABLE: Spec = Spec {
    name: "ee:set-variable",
    doc: "The script of a variable.",
    attributes: &[Attribute::required("variableName", Kind::Text, "The variable."), RESOURCE],
    body: Body::Script,
    ..Spec::NEW
};

static VARIABLES: Spec = Spec {
    name: "ee:variables",
    doc: "Variables to set.",
    parts: &[Part { spec: &SET_VARIABLE, occurs: Occurs::Any }],
    ..Spec::NEW
};

/// `ee:transform`
pub static SPEC: Spec = Spec {
    name: "ee:transform",
    doc: "Computes payload, attributes and variables with DataWeave. Every script sees the event as it came in; what no \
          script sets stays.",
    parts: &[Part { spec: &MESSAGE, occurs: Occurs::Optional }, Part { spec: &VARIABLES, occurs: Occurs::Optional }],
    errors: &["MULE:EXPRESSION"],
    example: r#"<ee:transform>
  <ee:message>
    <ee:set-payload><![CDATA[%dw 2.0
output application/json
---
payload.orders map {id: $.id}]]></ee:set-payload>
  </ee:message>
</ee:transform>"#,
    make: Make::Processor(|node| Box::new(Transform::of(node))),
    ..Spec::NEW
};

struct Transform {
    payload: Option<Expression>,
    attributes: Option<Expression>,
    variables: Vec<(String, Expression)>,
}

impl Transform {
    fn of(node: &Node<'_>) -> Self {
        let message = node.part("ee:message");
        let part = |name| script(&message.as_ref()?.part(name)?);
        let variables = node.part("ee:variables").map(|all| all.parts("ee:set-variable")).unwrap_or_default();
        let variables = variables.iter().filter_map(|node| Some((node.required("variableName"), script(node)?)));
        Self { payload: part("ee:set-payload"), attributes: part("ee:set-attributes"), variables: variables.collect() }
    }
}

/// The script in an element, or in the file that it names.
fn script(node: &Node<'_>) -> Option<Expression> {
    let Some(name) = node.text("resource") else { return node.content() };
    let found = node.builder.folders().resource(&name);
    let text = found.as_ref().map(std::fs::read_to_string);
    match (found, text) {
        (Some(path), Some(Ok(text))) => {
            let source = Source::new(path.display().to_string(), text);
            Some(node.compiled(node.builder.compiler().source(&source, &[])))
        }
        _ => {
            let fault = Fault::new(Code::Configuration, format!("there is no script `{name}`"));
            node.refuse(
                "resource",
                fault.help("scripts are looked for in src/main/resources, or beside the app's file"),
            );
            None
        }
    }
}

impl Processor for Transform {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let compute = |script: &Option<Expression>| script.as_ref().map(|script| script.typed(event)).transpose();
            let (payload, attributes) = (compute(&self.payload)?, compute(&self.attributes)?);
            let variables: Result<Vec<_>, Error> =
                self.variables.iter().map(|(name, script)| Ok((name, script.typed(event)?))).collect();
            for (name, value) in variables? {
                event.variables.set(name, value);
            }
            event.message.payload = payload.unwrap_or_else(|| event.message.payload.clone());
            event.message.attributes = attributes.unwrap_or_else(|| event.message.attributes.clone());
            Ok(())
        })
    }
}
