//! What runs around tests and suites.

use crate::flow::app::Global;
use crate::flow::build::Node;
use crate::flow::exec::Chain;
use crate::flow::spec::{Attribute, Body, Kind, Make, Spec};
use std::sync::Arc;

const ATTRIBUTES: &[Attribute] =
    &[Attribute::new("name", Kind::Text, "Its name."), Attribute::new("description", Kind::Text, "What it does.")];

const fn spec(name: &'static str, doc: &'static str, example: &'static str) -> Spec {
    let make = Make::Global(|node| Arc::new(Around::of(node)));
    Spec { name, doc, attributes: ATTRIBUTES, body: Body::Processors, example, make, ..Spec::NEW }
}

/// `munit:before-suite`
pub static BEFORE_SUITE: Spec = spec(
    "munit:before-suite",
    "Runs once, before the first test.",
    r#"<munit:before-suite name="fill"><flow-ref name="fill-store"/></munit:before-suite>"#,
);

/// `munit:after-suite`
pub static AFTER_SUITE: Spec = spec(
    "munit:after-suite",
    "Runs once, after the last test, whatever became of the tests.",
    r#"<munit:after-suite name="clean"><flow-ref name="empty-store"/></munit:after-suite>"#,
);

/// `munit:before-test`
pub static BEFORE_TEST: Spec = spec(
    "munit:before-test",
    "Runs before each test. The test begins with the event that it leaves.",
    r##"<munit:before-test name="prepare"><set-variable variableName="user" value="#['ada']"/></munit:before-test>"##,
);

/// `munit:after-test`
pub static AFTER_TEST: Spec = spec(
    "munit:after-test",
    "Runs after each test, whatever became of it.",
    r#"<munit:after-test name="clean"><flow-ref name="empty-store"/></munit:after-test>"#,
);

/// Processors that run before or after something.
pub struct Around {
    /// The element's name, which says when.
    pub when: &'static str,
    /// What runs.
    pub chain: Chain,
}

impl Around {
    fn of(node: &Node<'_>) -> Self {
        Self { when: node.spec.name, chain: node.chain() }
    }
}

impl Global for Around {}
