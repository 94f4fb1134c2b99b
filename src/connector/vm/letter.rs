//! A message in a queue, and the answer to it.

use crate::connector::clock::local_now;
use crate::flow::event::{Event, Message, Typed};
use crate::flow::exec::{Busy, Context};
use crate::value::temporal::Temporal;
use crate::value::{ObjectBuilder, Str, Value};
use std::sync::Arc;
use tokio::sync::oneshot;

/// A message in a queue.
pub struct Letter {
    /// The payload with its media type.
    pub content: Typed,
    /// The correlation id that goes with it.
    pub correlation_id: Option<Str>,
    /// Takes the answer, where somebody waits for one.
    pub reply: Option<oneshot::Sender<Reply>>,
    /// What the event that sent it belongs to: the event that it becomes belongs to it as well.
    pub context: Arc<Context>,
    /// Its number in the database, where its queue is persistent.
    pub kept: Option<i64>,
    /// Counts it as work of whoever sent it, for as long as somebody listens who will deal with it.
    pub waiting: Waiting,
}

/// The work that a message is while it waits for somebody.
pub type Waiting = Option<Busy>;

/// The answer of a listener's flow, or the text of its error.
pub type Reply = Result<(Typed, Option<Str>), String>;

/// A message as it leaves a queue, with what it says of itself.
pub fn message(content: Typed, queue: &str, correlation_id: Option<Str>) -> Message {
    let mut attributes = ObjectBuilder::with_capacity(3);
    attributes.field("queueName", queue);
    attributes.field("correlationId", correlation_id.map_or(Value::Null, Value::String));
    attributes.field("timestamp", local_now().map_or(Value::Null, |now| Value::from(Temporal::from(now))));
    Message { payload: content, attributes: Typed::value(attributes.value()) }
}

impl Letter {
    /// The event that a listener's flow starts with.
    pub fn event(&mut self, queue: &str) -> Event {
        let id = self.correlation_id.clone();
        let mut event =
            Event::new(self.context.clone(), id.clone().unwrap_or_else(crate::flow::event::new_correlation_id));
        event.message = message(self.content.clone(), queue, id);
        event
    }
}
