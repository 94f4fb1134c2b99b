//! `redelivery-policy`

use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::exec::{Digest, Identity, Locks, Redelivery};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Spec};
use crate::flow::store::{Limits, MemoryStore};
use std::sync::Arc;
use std::time::Duration;

/// `redelivery-policy`, a part of every source
pub static SPEC: Spec = Spec {
    name: "redelivery-policy",
    doc: "Gives up messages that fail again and again: the flow's steps do not run any more, its error handler gets \
          `MULE:REDELIVERY_EXHAUSTED`. How often each message has failed is kept in an object store: the one that is named, \
          one inside of the element, or else one of its own, in memory, for five minutes.",
    attributes: &[
        Attribute::default(
            "maxRedeliveryCount",
            Kind::Integer,
            "5",
            "How often a message may come again after it has failed.",
        ),
        Attribute::default(
            "useSecureHash",
            Kind::Boolean,
            "true",
            "Whether messages are told apart by a digest of their payload.",
        ),
        Attribute::new("messageDigestAlgorithm", Kind::Text, "The digest, `SHA-256` if it is left out."),
        Attribute::new(
            "idExpression",
            Kind::Value,
            "What messages are told apart by, where `useSecureHash` is `false`.",
        ),
        Attribute::new("objectStore", Kind::Reference, "The object store that keeps how often messages have failed."),
    ],
    body: Body::Global,
    errors: &["MULE:REDELIVERY_EXHAUSTED", "MULE:EXPRESSION"],
    example: r##"<redelivery-policy maxRedeliveryCount="2" useSecureHash="false" idExpression="#[attributes.headers.id]"/>"##,
    ..Spec::NEW
};

/// The policy of an element.
pub fn make(node: &Node<'_>) -> Redelivery {
    Redelivery {
        most: node.integer("maxRedeliveryCount").unwrap_or_default(),
        identity: identity(node),
        store: node.store("objectStore").unwrap_or_else(|| Arc::new(MemoryStore::new(KEPT))),
        locks: Locks::default(),
    }
}

fn identity(node: &Node<'_>) -> Identity {
    let expression = node.has("idExpression").then(|| node.expression("idExpression"));
    let algorithm = node.text("messageDigestAlgorithm");
    match (expression, node.boolean("useSecureHash"), algorithm) {
        (None, true, algorithm) => Identity::Digest(digest(node, algorithm.as_deref().unwrap_or("SHA-256"))),
        (_, _, Some(name)) => {
            refuse(
                node,
                format!("The message digest algorithm '{name}' was specified when a secure hash will not be used"),
            );
            Identity::Digest(Digest::Sha256)
        }
        (Some(expression), _, None) => Identity::Expression(expression),
        (None, false, None) => {
            refuse(node, "No method for identifying messages was specified".to_string());
            Identity::Expression(Expression::literal(""))
        }
    }
}

fn digest(node: &Node<'_>, name: &str) -> Digest {
    Digest::named(name).unwrap_or_else(|| {
        refuse(node, format!("there is no message digest `{name}`"));
        Digest::Sha256
    })
}

fn refuse(node: &Node<'_>, message: String) {
    let fault = Fault::new(Code::Configuration, message);
    let help = "the digests are MD5, SHA-1, SHA-224, SHA-256, SHA-384 and SHA-512; without one, set `idExpression`";
    node.refuse("messageDigestAlgorithm", fault.help(help));
}

/// How long failures are remembered (mule `IdempotentRedeliveryPolicy`).
const KEPT: Limits =
    Limits { time_to_live: Some(Duration::from_secs(5 * 60)), max_entries: None, interval: Duration::from_secs(6) };
