//! `munit-tools:sleep`

use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec, duration, time_unit};
use futures_util::future::BoxFuture;

/// `munit-tools:sleep`
pub static SPEC: Spec = Spec {
    name: "munit-tools:sleep",
    doc: "Waits. It is seldom needed: the execution of a test waits for all work that it started.",
    attributes: &[Attribute::required("time", Kind::Value, "How long."), time_unit("timeUnit", "MILLISECONDS")],
    example: r#"<munit-tools:sleep time="100" timeUnit="MILLISECONDS"/>"#,
    make: Make::Processor(|node| Box::new(Sleep::of(node))),
    ..Spec::NEW
};

struct Sleep {
    time: Expression,
    unit: String,
}

impl Sleep {
    fn of(node: &Node<'_>) -> Self {
        Self { time: node.expression("time"), unit: node.required("timeUnit") }
    }
}

impl Processor for Sleep {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            tokio::time::sleep(duration(self.time.integer(event)?, &self.unit)).await;
            Ok(())
        })
    }
}
