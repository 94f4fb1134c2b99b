//! `foreach`

use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Item, Message, Typed};
use crate::flow::exec::{Chain, Processor};
use crate::flow::expression::{Expression, Parts};
use crate::flow::spec::{Attribute, Body, Kind, Make, Spec};
use crate::value::Value;
use futures_util::future::BoxFuture;

/// `foreach`
pub static SPEC: Spec = Spec {
    name: "foreach",
    doc: "Runs its processors for every item of a list, one after the other; for an object, with every pair as an object of \
          its own. Payload and attributes are afterwards what they were; variables that the processors set stay set, for \
          the next item and behind the loop. The first error ends the loop.",
    attributes: &[
        Attribute::default("collection", Kind::Script, "#[payload]", "What to go over; null has no items."),
        Attribute::default(
            "batchSize",
            Kind::Count,
            "1",
            "How many items the processors get at once: from 2 on, the payload is a list.",
        ),
        Attribute::default(
            "counterVariableName",
            Kind::Text,
            "counter",
            "The variable that counts the rounds, from 1.",
        ),
        Attribute::default(
            "rootMessageVariableName",
            Kind::Text,
            "rootMessage",
            "The variable that holds the message from before the loop.",
        ),
    ],
    body: Body::Processors,
    errors: &["MULE:EXPRESSION"],
    example: r##"<foreach collection="#[payload.orders]">
  <logger message="order #[vars.counter] of #[sizeOf(vars.rootMessage.payload.orders)]: #[payload.id]"/>
</foreach>"##,
    make: Make::Processor(|node| Box::new(Foreach::of(node))),
    ..Spec::NEW
};

struct Foreach {
    chain: Chain,
    collection: Expression,
    batch_size: usize,
    counter: String,
    root_message: String,
    /// Whether the collection is the payload: maps of Java are refused then, as Mule does.
    takes_payload: bool,
}

impl Foreach {
    fn of(node: &Node<'_>) -> Self {
        Self {
            chain: node.chain(),
            collection: node.script("collection").unwrap_or_else(|| Expression::literal("")),
            batch_size: node.limit("batchSize").unwrap_or(1),
            counter: node.required("counterVariableName"),
            root_message: node.required("rootMessageVariableName"),
            takes_payload: node.text("collection").as_deref() == Some("#[payload]"),
        }
    }

    /// The payload of the next round.
    fn next(&self, parts: &mut Parts) -> Result<Option<Value>, Error> {
        if self.batch_size == 1 {
            return parts.next().transpose();
        }
        let batch = parts.take(self.batch_size).collect::<Result<Vec<_>, _>>()?;
        Ok(if batch.is_empty() { None } else { Some(Value::array(batch)) })
    }

    async fn rounds(&self, event: &mut Event, parts: &mut Parts, mut payload: Value) -> Result<(), Error> {
        let mut position = 0;
        loop {
            event.variables.set(&self.counter, Typed::value(Value::count(position + 1)));
            event.message = Message::of_element(payload);
            event.item = Some(Item { position, size: None });
            self.chain.run(event).await?;
            position += 1;
            payload = match self.next(parts)? {
                Some(payload) => payload,
                None => return Ok(()),
            };
        }
    }
}

impl Processor for Foreach {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            if self.takes_payload && event.message.payload.is_java_map() {
                return Err(Error::mule("UNKNOWN", MAP_REFUSED).with_cause("java.lang.IllegalArgumentException"));
            }
            let mut parts = self.collection.parts(event)?;
            let Some(first) = self.next(&mut parts)? else { return Ok(()) };
            let (message, item) = (event.message.clone(), event.item);
            let before = |name: &str| event.variables.get(name).cloned();
            let (counter, root_message) = (before(&self.counter), before(&self.root_message));
            // A payload that is not what its label says is no reason not to go over something else.
            event.variables.set(&self.root_message, Typed::value(message.to_value().unwrap_or_default()));
            let outcome = self.rounds(event, &mut parts, first).await;
            event.item = item;
            outcome?;
            event.message = message;
            event.variables.restore(&self.counter, counter);
            event.variables.restore(&self.root_message, root_message);
            Ok(())
        })
    }
}

/// Mule's text (mule `ForeachRouter`).
const MAP_REFUSED: &str = "Foreach does not support 'java.util.Map' with no collection expression. To iterate over Map \
                           entries use '#[dw::core::Objects::entrySet(payload)]'";
