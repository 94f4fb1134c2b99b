//! `vm:publish`, `vm:publish-consume`

use super::config::Config;
use super::letter::{Letter, Reply, message};
use super::unit::{Unit, failed};
use super::{CONFIG, CONTENT, QUEUE, SEND, TIMEOUT, UNIT};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec, duration};
use crate::flow::transaction::{JOINS, Joins, current};
use crate::value::Str;
use futures_util::future::BoxFuture;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::oneshot;

const SENDS: Attribute = Attribute::new(
    "sendCorrelationId",
    SEND,
    "Whether the message takes a correlation id with it; as the configuration says unless set.",
);
const ID: Attribute = Attribute::new("correlationId", Kind::Value, "A correlation id of its own for the message.");

const PARTS: &[Part] = &[Part { spec: &CONTENT, occurs: Occurs::Optional }];

/// `vm:publish`
pub static SPEC: Spec = Spec {
    name: "vm:publish",
    doc: "Puts a message into a queue. The event goes on at once and stays as it is. In a transaction nobody sees the \
          message before it commits. A message in a persistent queue is on the disk when the event goes on.",
    attributes: &[CONFIG, QUEUE, TIMEOUT, UNIT, SENDS, ID, JOINS],
    parts: PARTS,
    errors: &["VM:QUEUE_TIMEOUT", "MULE:TRANSACTION"],
    example: r##"<vm:publish config-ref="post" queueName="letters"><vm:content>#[payload.letter]</vm:content></vm:publish>"##,
    make: Make::Void(|node| Box::new(Publish::of(node))),
    ..Spec::NEW
};

/// `vm:publish-consume`
pub static CONSUME: Spec = Spec {
    name: "vm:publish-consume",
    doc: "Puts a message into a queue and waits for the answer of the flow that listens there. It is never part of a \
          transaction.",
    attributes: &[CONFIG, QUEUE, TIMEOUT, UNIT, SENDS, ID],
    parts: PARTS,
    errors: &["VM:QUEUE_TIMEOUT", "VM:PUBLISH_CONSUMER_FLOW_ERROR"],
    example: r#"<vm:publish-consume config-ref="post" queueName="questions" timeout="2" target="answer"/>"#,
    make: Make::Operation(|node| Box::new(PublishConsume(Publish::of(node)))),
    ..Spec::NEW
};

struct Publish {
    config: Option<Arc<Config>>,
    queue: Expression,
    timeout: Expression,
    unit: String,
    content: Expression,
    correlation_id: Option<Expression>,
    sends_id: bool,
    joins: Joins,
}

impl Publish {
    fn of(node: &Node<'_>) -> Self {
        let config = node.global::<Config>("config-ref");
        let own = node.text("sendCorrelationId");
        let sends = own.or_else(|| config.as_ref().map(|config| config.send_correlation_id.clone()));
        Self {
            config,
            queue: node.expression("queueName"),
            timeout: node.expression("timeout"),
            unit: node.required("timeoutUnit"),
            content: node.content_of("vm:content"),
            correlation_id: node.value("correlationId"),
            sends_id: sends.as_deref() != Some("NEVER"),
            joins: if node.spec.attribute(JOINS.name).is_some() { Joins::of(node) } else { Joins::Never },
        }
    }

    fn correlation_id(&self, event: &Event) -> Result<Option<Str>, Error> {
        let own = Expression::text_of(self.correlation_id.as_ref(), event)?;
        Ok(self.sends_id.then(|| own.map_or_else(|| event.correlation_id.clone(), Str::from)))
    }

    /// Puts the message into its queue; gives the queue's name and how long an answer may take.
    async fn send(&self, event: &Event, reply: Option<oneshot::Sender<Reply>>) -> Result<(String, Duration), Error> {
        let name = self.queue.text(event)?.unwrap_or_default();
        let Some(config) = &self.config else { return Ok((name, Duration::ZERO)) };
        let queue = config.declared(&name)?;
        let wait = duration(self.timeout.integer(event)?, &self.unit);
        let mut letter = Letter {
            content: self.content.typed(event)?,
            correlation_id: self.correlation_id(event)?,
            reply,
            context: event.context.clone(),
            kept: None,
            waiting: None,
        };
        let transaction = current(event, self.joins)?;
        if !queue.reserve(wait).await {
            return Err(timed_out(event, format!("Timeout publishing message to VM queue {name}")));
        }
        let sent = match transaction {
            Some(transaction) => Unit::of(transaction, &config.name, "Operation 'publish'")
                .await
                .map(|mut unit| unit.publish(queue.clone(), letter)),
            None => match queue.keep(&mut letter).await {
                Ok(()) => {
                    queue.put(letter);
                    return Ok((name, wait));
                }
                Err(fault) => Err(failed(&name, &fault)),
            },
        };
        if sent.is_err() {
            queue.vacate();
        }
        sent.map(|()| (name, wait))
    }
}

fn timed_out(event: &Event, text: String) -> Error {
    Error::named(event, "VM:QUEUE_TIMEOUT", text)
}

impl Processor for Publish {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move { self.send(event, None).await.map(drop) })
    }
}

struct PublishConsume(Publish);

impl Processor for PublishConsume {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let (reply, answer) = oneshot::channel();
            let (queue, wait) = self.0.send(event, Some(reply)).await?;
            match tokio::time::timeout(wait, answer).await {
                Ok(Ok(Ok((content, id)))) => {
                    event.message = message(content, &queue, id);
                    Ok(())
                }
                Ok(Ok(Err(text))) => Err(Error::named(event, "VM:PUBLISH_CONSUMER_FLOW_ERROR", text)),
                // No answer in time, or the one who had the message is gone.
                _ => {
                    let text = format!(
                        "Published messages to queue '{queue}' but got no response after timeout of {} {}",
                        self.0.timeout.integer(event)?,
                        self.0.unit
                    );
                    Err(timed_out(event, text))
                }
            }
        })
    }
}
