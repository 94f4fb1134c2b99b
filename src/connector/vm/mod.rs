//! The `vm` connector: queues inside of an app.

mod config;
mod consume;
mod kept;
mod letter;
mod listener;
mod publish;
mod queue;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_of_transactions;
mod unit;

use crate::flow::build::Node;
use crate::flow::spec::{Attribute, Body, Kind, Module, Spec, time_unit};

/// The connector.
pub static MODULE: Module = Module {
    name: "vm",
    doc: "Queues inside of an app: flows hand messages to each other without waiting.",
    errors: &[("QUEUE_TIMEOUT", "MULE:ANY"), ("PUBLISH_CONSUMER_FLOW_ERROR", "MULE:ANY"), ("EMPTY_QUEUE", "MULE:ANY")],
    functions: &[],
    components: &[&config::SPEC, &listener::SPEC, &publish::SPEC, &publish::CONSUME, &consume::SPEC],
};

const CONFIG: Attribute = Attribute::required("config-ref", Kind::Reference, "The `vm:config` that has the queue.");
const QUEUE: Attribute = Attribute::required("queueName", Kind::Value, "The queue.");
const TIMEOUT: Attribute = Attribute::default("timeout", Kind::Value, "5", "How long to wait for the queue.");
const UNIT: Attribute = time_unit("timeoutUnit", "SECONDS");
const SEND: Kind = Kind::Choice(&["AUTO", "ALWAYS", "NEVER"]);

/// `vm:content`
static CONTENT: Spec = Spec {
    name: "vm:content",
    doc: "The message's payload, `#[payload]` if it is left out.",
    body: Body::Value,
    ..Spec::NEW
};

/// The flow that a component stands in, or the sub-flow.
fn flow_of(node: &Node<'_>) -> String {
    node.path.split('/').next().unwrap_or_default().to_string()
}
