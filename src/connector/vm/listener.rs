//! `vm:listener`: a flow that takes the messages of a queue.

use super::config::Config;
use super::letter::{Letter, Reply};
use super::queue::Queue;
use super::unit::Unit;
use super::{CONFIG, CONTENT, flow_of};
use crate::diag::{Code, Fault};
use crate::flow::app::{Entry, Running, Source};
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Occurs, Part, Spec, time_unit};
use crate::flow::transaction::{BEGINS, Begins, TYPE, begins};
use futures_util::future::BoxFuture;
use std::sync::Arc;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinHandle;

/// `vm:listener`
pub static SPEC: Spec = Spec {
    name: "vm:listener",
    doc: "Starts its flow with every message of a queue. What the flow ends with is the answer to `vm:publish-consume`. In a \
          transaction the message comes back unless it commits. A message of a persistent queue that the flow was not done \
          with comes back when the app starts again.",
    attributes: &[
        CONFIG,
        Attribute::required("queueName", Kind::Text, "The queue."),
        Attribute::default("timeout", Kind::Integer, "5", "Has no effect here: messages are taken as they come."),
        time_unit("timeoutUnit", "SECONDS"),
        Attribute::new(
            "numberOfConsumers",
            Kind::Integer,
            "How many messages may be in the flow at once, as far as its `maxConcurrency` lets them; 1 keeps them in \
             order. Without it, many may be.",
        ),
        BEGINS,
        TYPE,
    ],
    parts: &[Part { spec: &RESPONSE, occurs: Occurs::Optional }],
    example: r##"<vm:listener config-ref="post" queueName="questions">
  <vm:response><vm:content>#[payload.answer]</vm:content></vm:response>
</vm:listener>"##,
    make: Make::Source(|node| Box::new(Listener::of(node))),
    ..Spec::NEW
};

static RESPONSE: Spec = Spec {
    name: "vm:response",
    doc: "The answer.",
    parts: &[Part { spec: &CONTENT, occurs: Occurs::Optional }],
    ..Spec::NEW
};

/// How many messages of a queue are in its flow at once, where nothing says so.
const MOST_AT_ONCE: usize = 256;

struct Listener {
    queue: Option<Arc<Queue>>,
    name: String,
    most_at_once: usize,
    response: Expression,
    config: String,
    begins: Option<Begins>,
}

impl Listener {
    fn of(node: &Node<'_>) -> Self {
        let name = node.required("queueName");
        let config = node.global::<Config>("config-ref");
        let queue = config.as_ref().and_then(|config| config.queue(&name)).cloned();
        if config.is_some() && queue.is_none() {
            let flow = flow_of(node);
            let message = format!(
                "Flow '{flow}' declares a <vm:listener> listening to queue '{name}', but such queue is not defined"
            );
            node.refuse("queueName", Fault::new(Code::Configuration, message));
        }
        let response = node.part("vm:response");
        Self {
            queue,
            name,
            most_at_once: node.limit("numberOfConsumers").unwrap_or(MOST_AT_ONCE),
            response: response.as_ref().unwrap_or(node).content_of("vm:content"),
            config: node.required("config-ref"),
            begins: begins(node),
        }
    }
}

impl Source for Listener {
    fn start<'a>(&'a self, entry: Entry) -> BoxFuture<'a, Result<Box<dyn Running>, Fault>> {
        Box::pin(async move {
            let Some(queue) = self.queue.clone() else {
                return Err(Fault::internal(format!("the listener of `{}` has no queue", self.name)));
            };
            queue.listen(&entry.flow.name).map_err(|other| {
            let flow = &entry.flow.name;
            let message = format!(
                "Flow '{other}' has a <vm:listener> listening to queue '{}', but flow '{flow}' is trying to declare \
                 another listener to the same queue. Only one listener is allowed per queue.",
                self.name
            );
            Fault::new(Code::Configuration, message)
        })?;
            let consumer = Consumer {
                queue: queue.clone(),
                entry,
                response: self.response.clone(),
                config: self.config.clone(),
                begins: self.begins,
            };
            let places = Arc::new(Semaphore::new(self.most_at_once));
            Ok(Box::new(Listening { queue, task: tokio::spawn(listen(Arc::new(consumer), places)) })
                as Box<dyn Running>)
        })
    }

    fn describe(&self) -> String {
        format!("vm queue {}", self.name)
    }
}

/// Takes messages for as long as there is a place for them in the flow.
async fn listen(consumer: Arc<Consumer>, places: Arc<Semaphore>) {
    loop {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        let admitted = consumer.entry.admit().await;
        let Some(letter) = consumer.queue.pop().await else { continue };
        let consumer = consumer.clone();
        tokio::spawn(async move {
            consumer.deal_with(letter, admitted).await;
            drop(place);
        });
    }
}

struct Consumer {
    queue: Arc<Queue>,
    entry: Entry,
    response: Expression,
    config: String,
    begins: Option<Begins>,
}

impl Consumer {
    /// Runs the flow on a message and answers it.
    async fn deal_with(&self, mut letter: Letter, admitted: Option<OwnedSemaphorePermit>) {
        // The flow counts as work of whoever sent the message before the message ceases to.
        let _waited = letter.waiting.take();
        let mut event = letter.event(&self.queue.name);
        let reply = letter.reply.take();
        let kept = match self.begun(&mut event, letter).await {
            Ok(kept) => kept,
            Err(error) => return tracing::error!("the message cannot be taken from '{}': {error}", self.queue.name),
        };
        let outcome = self.entry.run_admitted(&mut event, admitted).await;
        if let Err(fault) = self.queue.done(kept).await {
            tracing::error!("a message of '{}' that is done will come back: {fault}", self.queue.name);
        }
        if let Some(reply) = reply {
            // Whoever waited may have given up.
            let _ = reply.send(self.answer(&event, outcome));
        }
    }

    /// Hands the letter to the transaction, where the flow runs in one; else gives its number in the database, to be
    /// forgotten after the flow.
    async fn begun(&self, event: &mut Event, letter: Letter) -> Result<Option<i64>, Error> {
        let begun = self.begins.map_or(Ok(None), |begins| begins.begin(event))?;
        let Some(transaction) = begun else { return Ok(letter.kept) };
        let mut unit = Unit::of(&transaction, &self.config, "Source 'listener'").await?;
        unit.take(self.queue.clone(), letter);
        Ok(None)
    }

    fn answer(&self, event: &Event, outcome: Result<(), Error>) -> Reply {
        let ended = outcome.and_then(|()| {
            let response = self.response.typed(event);
            response.map_err(|error| {
                Error::mule("SOURCE_RESPONSE_GENERATE", error.description()).suppressing(error.clone())
            })
        });
        match ended {
            Ok(content) => Ok((content, Some(event.correlation_id.clone()))),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// A listener at work.
struct Listening {
    queue: Arc<Queue>,
    task: JoinHandle<()>,
}

impl Running for Listening {
    fn stop(self: Box<Self>) -> BoxFuture<'static, ()> {
        Box::pin(async move {
            self.task.abort();
            let _ = self.task.await;
            self.queue.unlisten();
        })
    }
}
