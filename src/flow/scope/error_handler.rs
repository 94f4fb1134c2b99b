//! `error-handler`, `on-error-continue`, `on-error-propagate`, `on-error`.

use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::config::Element;
use crate::flow::event::{ErrorType, Matcher};
use crate::flow::exec::{ErrorHandler, OnError};
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use std::sync::Arc;

const ATTRIBUTES: &[Attribute] = &[
    Attribute::new("type", Kind::Text, "The error types it takes, with commas between them; all without it."),
    Attribute::new("when", Kind::Script, "A condition that has to hold as well."),
    Attribute::default("logException", Kind::Boolean, "true", "Whether the log tells of the error."),
    Attribute::default("enableNotifications", Kind::Boolean, "true", "Has no effect here."),
    Attribute::new("name", Kind::Text, "The name of a global handler."),
];

/// `on-error-continue`
pub static CONTINUE: Spec = Spec {
    name: "on-error-continue",
    doc: "Takes an error and ends it: the flow or the `try` around it goes on as if it had succeeded, with the event \
          that the handler leaves.",
    attributes: ATTRIBUTES,
    body: Body::Processors,
    make: Make::Handler,
    example: r##"<on-error-continue type="HTTP:TIMEOUT"><set-payload value="#[[]]"/></on-error-continue>"##,
    ..Spec::NEW
};

/// `on-error-propagate`
pub static PROPAGATE: Spec = Spec {
    name: "on-error-propagate",
    doc: "Takes an error, does its work, and lets the error go on to whoever called.",
    attributes: ATTRIBUTES,
    body: Body::Processors,
    make: Make::Handler,
    example: r##"<on-error-propagate type="ANY"><logger level="ERROR" message="#[error.description]"/></on-error-propagate>"##,
    ..Spec::NEW
};

/// `on-error`
static REFERENCE: Spec = Spec {
    name: "on-error",
    doc: "Uses a global handler.",
    attributes: &[Attribute::required("ref", Kind::Reference, "The name of the global handler.")],
    example: r#"<on-error ref="late-answers"/>"#,
    ..Spec::NEW
};

/// `error-handler`
pub static ERROR_HANDLER: Spec = Spec {
    name: "error-handler",
    doc: "Handles the errors of a flow or a `try`: the first of its handlers that fits takes the error.",
    attributes: &[
        Attribute::new("name", Kind::Text, "The name of a global error handler."),
        Attribute::new("ref", Kind::Reference, "The global error handler to use."),
    ],
    parts: &[
        Part { spec: &CONTINUE, occurs: Occurs::Any },
        Part { spec: &PROPAGATE, occurs: Occurs::Any },
        Part { spec: &REFERENCE, occurs: Occurs::Any },
    ],
    example: r#"<error-handler><on-error-propagate type="ANY"/></error-handler>"#,
    make: Make::Handler,
    ..Spec::NEW
};

/// The handler of an `error-handler` element.
pub fn make(node: &Node<'_>) -> ErrorHandler {
    if let Some(name) = node.text("ref") {
        return match node.builder.handler(&name) {
            Some(handler) => ErrorHandler { handlers: handler.handlers.clone() },
            None => {
                node.refuse("ref", Fault::new(Code::Configuration, format!("there is no error handler `{name}`")));
                ErrorHandler::default()
            }
        };
    }
    let mut handlers: Vec<Arc<OnError>> = Vec::new();
    for (index, child) in node.element.children.iter().enumerate() {
        let Some(spec) = node.spec.part(&child.name.to_string()) else { continue };
        if handlers.last().is_some_and(|before| before.takes_all) {
            node.builder.note(never_reached(child));
        }
        let child = Node { element: child, spec, builder: node.builder, path: format!("{}/{index}", node.path) };
        match spec.name {
            "on-error" => handlers.extend(referenced(&child)),
            _ => handlers.push(Arc::new(on_error(&child))),
        }
    }
    ErrorHandler { handlers }
}

fn never_reached(handler: &Element) -> Fault {
    let message = "Only last <on-error> inside <error-handler> can accept any errors. Otherwise the following handlers \
                   will never execute.";
    let help = "put this one before the handler that takes everything, or give that one a `type` or a `when`";
    Fault::new(Code::Configuration, message).help(help).at(|| handler.start())
}

/// The handlers that an `on-error ref` stands for.
fn referenced(node: &Node<'_>) -> Vec<Arc<OnError>> {
    let name = node.required("ref");
    match node.builder.handler(&name) {
        Some(handler) => handler.handlers.clone(),
        None => {
            node.refuse("ref", Fault::new(Code::Configuration, format!("there is no error handler `{name}`")));
            Vec::new()
        }
    }
}

/// One handler. Without a type it takes what `ANY` takes.
fn on_error(node: &Node<'_>) -> OnError {
    let written = node.text("type").unwrap_or_else(|| "ANY".to_string());
    let types = Matcher::parse(&written, node.builder.types()).unwrap_or_else(|fault| {
        node.refuse("type", fault);
        Matcher::default()
    });
    let continues = node.spec.name == CONTINUE.name;
    if let Some(late) = types.below(&ErrorType::mule("SOURCE_RESPONSE")).filter(|_| continues) {
        let message =
            format!("Source errors are not allowed in 'on-error-continue' handlers. Offending type is '{late}'.");
        node.refuse("type", Fault::new(Code::Configuration, message).help("use an `on-error-propagate`"));
    }
    OnError {
        types,
        takes_all: !node.has("type") && !node.has("when"),
        when: node.script("when"),
        chain: node.chain(),
        continues,
        logs: node.boolean("logException"),
    }
}

/// The handler of a global `error-handler`, or of a global `on-error-continue` or `on-error-propagate` alone.
pub fn global(node: &Node<'_>) -> ErrorHandler {
    match node.spec.name {
        "error-handler" => make(node),
        _ => ErrorHandler { handlers: vec![Arc::new(on_error(node))] },
    }
}
