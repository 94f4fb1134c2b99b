//! `munit-tools:queue`, `munit-tools:dequeue`: queues that live as long as the test.

use super::store::{VALUE, content};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec, duration, time_unit};
use crate::munit::event_parts::optional;
use crate::munit::session::Session;
use futures_util::future::BoxFuture;
use std::time::Duration;

const NAME: Attribute = Attribute::default("queueName", Kind::Value, "", "The queue; there is one without a name.");

/// `munit-tools:queue`
pub static QUEUE: Spec = Spec {
    name: "munit-tools:queue",
    doc: "Puts a value at the end of a queue.",
    attributes: &[NAME],
    parts: &[optional(&VALUE)],
    example: r##"<munit-tools:queue queueName="seen"><munit-tools:value>#[payload]</munit-tools:value></munit-tools:queue>"##,
    make: Make::Processor(|node| Box::new(Queue::of(node))),
    ..Spec::NEW
};

/// `munit-tools:dequeue`
pub static DEQUEUE: Spec = Spec {
    name: "munit-tools:dequeue",
    doc: "Takes the first value of a queue; where there is none, it waits for one.",
    attributes: &[
        NAME,
        Attribute::new("timeout", Kind::Value, "How long it waits; without it, until the test's time is over."),
        time_unit("timeoutUnit", "MILLISECONDS"),
    ],
    errors: &["MUNIT-TOOLS:EMPTY_QUEUE"],
    example: r#"<munit-tools:dequeue queueName="seen" timeout="2" timeoutUnit="SECONDS"/>"#,
    make: Make::Operation(|node| Box::new(Dequeue::of(node))),
    ..Spec::NEW
};

struct Queue {
    name: Option<Expression>,
    value: Option<Expression>,
}

impl Queue {
    fn of(node: &Node<'_>) -> Self {
        Self { name: node.value("queueName"), value: node.part(VALUE.name).and_then(|value| value.content()) }
    }
}

fn name_of(name: &Option<Expression>, event: &Event) -> Result<String, Error> {
    Ok(Expression::text_of(name.as_ref(), event)?.unwrap_or_default())
}

impl Processor for Queue {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (name, value) = (name_of(&self.name, event)?, content(&self.value, event)?);
            Session::of(event)?.shelf.queue(&name, value);
            Ok(())
        })
    }
}

struct Dequeue {
    name: Option<Expression>,
    timeout: Option<Expression>,
    unit: String,
}

impl Dequeue {
    fn of(node: &Node<'_>) -> Self {
        Self { name: node.value("queueName"), timeout: node.value("timeout"), unit: node.required("timeoutUnit") }
    }

    fn patience(&self, event: &Event) -> Result<Option<Duration>, Error> {
        let time = self.timeout.as_ref().map(|timeout| timeout.integer(event)).transpose()?;
        Ok(time.map(|time| duration(time, &self.unit)))
    }
}

impl Processor for Dequeue {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (session, name) = (Session::of(event)?, name_of(&self.name, event)?);
            let found = session.shelf.dequeue(&name, self.patience(event)?).await;
            event.message.payload = found.ok_or_else(|| {
                Error::named(event, "MUNIT-TOOLS:EMPTY_QUEUE", format!("nothing came into the queue '{name}'"))
            })?;
            Ok(())
        })
    }
}
