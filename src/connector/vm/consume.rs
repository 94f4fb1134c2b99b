//! `vm:consume`

use super::config::Config;
use super::letter::message;
use super::unit::{Unit, failed};
use super::{CONFIG, QUEUE, TIMEOUT, UNIT, flow_of};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Make, Spec, duration};
use crate::flow::transaction::{JOINS, Joins, current};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// `vm:consume`
pub static SPEC: Spec = Spec {
    name: "vm:consume",
    doc: "Takes the next message of a queue that no flow listens to. In a transaction the message comes back unless it \
          commits; without one, it is gone.",
    attributes: &[CONFIG, QUEUE, TIMEOUT, UNIT, JOINS],
    errors: &["VM:EMPTY_QUEUE", "MULE:TRANSACTION"],
    example: r#"<vm:consume config-ref="post" queueName="letters" timeout="500" timeoutUnit="MILLISECONDS"/>"#,
    make: Make::Operation(|node| Box::new(Consume::of(node))),
    ..Spec::NEW
};

struct Consume {
    config: Option<Arc<Config>>,
    queue: Expression,
    timeout: Expression,
    unit: String,
    flow: String,
    joins: Joins,
}

impl Consume {
    fn of(node: &Node<'_>) -> Self {
        Self {
            config: node.global::<Config>("config-ref"),
            queue: node.expression("queueName"),
            timeout: node.expression("timeout"),
            unit: node.required("timeoutUnit"),
            flow: flow_of(node),
            joins: Joins::of(node),
        }
    }

    fn taken(&self, queue: &str, listener: &str) -> Error {
        let text = format!(
            "Operation '<vm:consume>' in Flow '{}' is trying to consume from queue '{queue}', but Flow '{listener}' \
             defines a <vm:listener> on that queue. It's not allowed to consume from a queue on which a listener \
             already exists",
            self.flow
        );
        Error::mule("UNKNOWN", text)
    }
}

impl Processor for Consume {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let Some(config) = &self.config else { return Ok(()) };
            let name = self.queue.text(event)?.unwrap_or_default();
            let queue = config.declared(&name)?;
            if let Some(listener) = queue.listener() {
                return Err(self.taken(&name, &listener));
            }
            let transaction = current(event, self.joins)?;
            let mut unit = match transaction {
                Some(transaction) => Some(Unit::of(transaction, &config.name, "Operation 'consume'").await?),
                None => None,
            };
            let timeout = self.timeout.integer(event)?;
            let Some(letter) = queue.pop_within(duration(timeout, &self.unit)).await else {
                let text = format!(
                    "Tried to consume messages from VM queue '{name}' but it was empty after timeout of {timeout} {}",
                    self.unit
                );
                return Err(Error::named(event, "VM:EMPTY_QUEUE", text));
            };
            let received = message(letter.content.clone(), &name, letter.correlation_id.clone());
            match &mut unit {
                Some(unit) => unit.take(queue.clone(), letter),
                None => queue.done(letter.kept).await.map_err(|fault| failed(&name, &fault))?,
            }
            drop(unit);
            event.message = received;
            Ok(())
        })
    }
}
