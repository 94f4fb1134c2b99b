//! `batch:step` and `batch:aggregator`

use super::record::Record;
use crate::diag::{Code, Fault};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Chain, Component, Location};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Occurs, Part, Spec};
use std::sync::Arc;

/// `batch:step`
pub(super) static STEP: Spec = Spec {
    name: "batch:step",
    doc: "Works on the records one by one: its processors see each as the payload, with the variables that the record has. \
          A record that fails is as it was before, is marked with the error, and goes on to the steps that take failed \
          ones.",
    attributes: &[
        Attribute::new("name", Kind::Text, "Its name; `Batch_Step`, `Batch_Step1` and so on without it."),
        Attribute::default(
            "acceptPolicy",
            Kind::Choice(&["NO_FAILURES", "ONLY_FAILURES", "ALL"]),
            "NO_FAILURES",
            "Which records it takes: those that have not failed, those that have, or all.",
        ),
        Attribute::new("acceptExpression", Kind::Script, "Whether it takes a record that its policy takes."),
    ],
    parts: &[Part { spec: &AGGREGATOR, occurs: Occurs::Optional }],
    body: Body::Processors,
    ..Spec::NEW
};

/// `batch:aggregator`
static AGGREGATOR: Spec = Spec {
    name: "batch:aggregator",
    doc: "Works on many records at once, those that the processors of the step have dealt with: the payload is a list of \
          their payloads, and `vars.records` a list of `{payload, vars}` where there is a `size`. What it changes is gone \
          afterwards; where it fails, all of its records have failed.",
    attributes: &[
        Attribute::new("size", Kind::Count, "How many records it gets at once; the last time what is left."),
        Attribute::new(
            "streaming",
            Kind::Boolean,
            "With `true`, it gets all records of the step as one list, which is read from the disk while it is gone through.",
        ),
        Attribute::default(
            "preserveMimeTypes",
            Kind::Boolean,
            "false",
            "Whether payloads that are text or bytes of a media type are read as what they are.",
        ),
    ],
    body: Body::Processors,
    ..Spec::NEW
};

/// A step of a job.
pub struct Step {
    /// Its name.
    pub name: String,
    /// What it does to the records it takes.
    pub chain: Chain,
    /// What it does with many of them.
    pub aggregator: Option<Aggregator>,
    /// Where it is and what it is.
    pub place: Place,
    policy: Policy,
    accepts: Option<Expression>,
}

/// What a step does with many records.
pub struct Aggregator {
    /// How many it gets at once; `None` for all of them, as a sequence.
    pub size: Option<usize>,
    /// Whether text and bytes are read as what their media type says.
    pub preserves_types: bool,
    /// What it does.
    pub chain: Chain,
    /// Where it is and what it is.
    pub place: Place,
}

/// Where a part of a job is, and what it is: for those who watch.
pub struct Place {
    /// What it is.
    pub component: Arc<Component>,
    /// Where it is.
    pub location: Arc<Location>,
}

enum Policy {
    NoFailures,
    OnlyFailures,
    All,
}

impl Step {
    /// The step of an element, which is the one at this place among the steps of its job.
    pub(super) fn of(node: &Node<'_>, at: usize) -> Self {
        let counted = || if at == 0 { "Batch_Step".to_string() } else { format!("Batch_Step{at}") };
        Self {
            name: node.text("name").unwrap_or_else(counted),
            chain: node.chain(),
            aggregator: node.part(AGGREGATOR.name).map(|part| Aggregator::of(&part)),
            place: Place::of(node),
            policy: match node.required("acceptPolicy").as_str() {
                "ONLY_FAILURES" => Policy::OnlyFailures,
                "ALL" => Policy::All,
                _ => Policy::NoFailures,
            },
            accepts: node.script("acceptExpression"),
        }
    }

    /// Whether its policy takes a record.
    pub(super) fn admits(&self, record: &Record) -> bool {
        match self.policy {
            Policy::NoFailures => !record.is_failed(),
            Policy::OnlyFailures => record.is_failed(),
            Policy::All => true,
        }
    }

    /// Whether its expression takes the record of an event.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` where the expression fails.
    pub(super) fn accepts(&self, event: &Event) -> Result<bool, Error> {
        self.accepts.as_ref().map_or(Ok(true), |accepts| accepts.boolean(event))
    }
}

impl Aggregator {
    fn of(node: &Node<'_>) -> Self {
        let streaming = node.boolean("streaming");
        let size = node.limit("size");
        if streaming == size.is_some() {
            let message = "`batch:aggregator` takes either `size` or `streaming=\"true\"`";
            node.refuse("size", Fault::new(Code::Configuration, message));
        }
        Self {
            size: if streaming { None } else { Some(size.unwrap_or(1)) },
            preserves_types: node.boolean("preserveMimeTypes"),
            chain: node.chain(),
            place: Place::of(node),
        }
    }
}

impl Place {
    fn of(node: &Node<'_>) -> Self {
        Self { component: Arc::new(node.component()), location: node.location() }
    }
}
