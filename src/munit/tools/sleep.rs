//! `munit-tools:sleep`

use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use crate::munit::event_parts::value;
use async_trait::async_trait;
use std::time::Duration;

/// The units of time, as Java names them.
pub const UNITS: &[&str] = &["NANOSECONDS", "MICROSECONDS", "MILLISECONDS", "SECONDS", "MINUTES", "HOURS", "DAYS"];

/// `munit-tools:sleep`
pub static SPEC: Spec = Spec {
    name: "munit-tools:sleep",
    doc: "Waits. It is seldom needed: the execution of a test waits for all work that it started.",
    attributes: &[
        Attribute::required("time", Kind::Value, "How long."),
        Attribute::default("timeUnit", Kind::Choice(UNITS), "MILLISECONDS", "The unit of `time`."),
    ],
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
        Self { time: value(node, "time"), unit: node.required("timeUnit") }
    }
}

/// So many of a unit; less than none is none.
pub fn duration(time: i64, unit: &str) -> Duration {
    let time = u64::try_from(time).unwrap_or_default();
    let seconds = |each: u64| Duration::from_secs(time.saturating_mul(each));
    match unit {
        "NANOSECONDS" => Duration::from_nanos(time),
        "MICROSECONDS" => Duration::from_micros(time),
        "SECONDS" => seconds(1),
        "MINUTES" => seconds(60),
        "HOURS" => seconds(3600),
        "DAYS" => seconds(86400),
        _ => Duration::from_millis(time),
    }
}

#[async_trait]
impl Processor for Sleep {
    async fn process(&self, event: &mut Event) -> Result<(), Error> {
        tokio::time::sleep(duration(self.time.integer(event)?, &self.unit)).await;
        Ok(())
    }
}
