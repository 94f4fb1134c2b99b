//! `tracking`: business events for the vendor's platform. There is none here, so that they go into the log.

use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::{Location, Processor};
use crate::flow::expression::Expression;
use crate::flow::log::{self, Level};
use crate::flow::spec::{Attribute, Kind, Make, Module, Occurs, Part, Spec};
use futures_util::future::BoxFuture;
use std::sync::Arc;

/// The module.
pub static MODULE: Module = Module {
    name: "tracking",
    doc: "Business events. The vendor's platform, which would show them, is not there: they are written to the log.",
    errors: &[],
    functions: &[],
    components: &[&TRANSACTION, &CUSTOM_EVENT],
};

static TRANSACTION: Spec = Spec {
    name: "tracking:transaction",
    doc: "Names the transaction that business events belong to, in the log at level DEBUG.",
    attributes: &[Attribute::required("id", Kind::Value, "The name.")],
    example: r##"<tracking:transaction id="#[payload.orderId]"/>"##,
    make: Make::Processor(|node| Box::new(Note::of(node, "transaction", "id"))),
    ..Spec::NEW
};

static CUSTOM_EVENT: Spec = Spec {
    name: "tracking:custom-event",
    doc: "Writes a business event with its data to the log at level DEBUG.",
    attributes: &[Attribute::required("event-name", Kind::Value, "What has happened.")],
    parts: &[Part { spec: &META_DATA, occurs: Occurs::Any }],
    example: r##"<tracking:custom-event event-name="sold"><tracking:meta-data key="price" value="#[payload.price]"/></tracking:custom-event>"##,
    make: Make::Processor(|node| Box::new(Note::of(node, "event", "event-name"))),
    ..Spec::NEW
};

static META_DATA: Spec = Spec {
    name: "tracking:meta-data",
    doc: "A part of the event's data.",
    attributes: &[
        Attribute::required("key", Kind::Text, "Its name."),
        Attribute::required("value", Kind::Value, "Its value."),
    ],
    ..Spec::NEW
};

const CATEGORY: &str = "com.mulesoft.mule.runtime.tracking";

/// Something for the log.
struct Note {
    what: &'static str,
    name: Expression,
    data: Vec<(String, Expression)>,
    location: Arc<Location>,
}

impl Note {
    fn of(node: &Node<'_>, what: &'static str, name: &str) -> Self {
        let data = node.parts(META_DATA.name);
        let data = data.iter().map(|part| (part.required("key"), part.expression("value"))).collect();
        Self { what, name: node.expression(name), data, location: node.location() }
    }

    fn text(&self, event: &Event) -> Result<String, Error> {
        let mut text = format!("{} {}", self.what, self.name.text(event)?.unwrap_or_default());
        for (key, value) in &self.data {
            text.push_str(&format!(", {key}: {}", value.text(event)?.unwrap_or_default()));
        }
        Ok(text)
    }
}

impl Processor for Note {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            if log::enabled(Level::Debug, CATEGORY) {
                log::write(Level::Debug, CATEGORY, event, &self.location.path, &self.text(event)?);
            }
            Ok(())
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::connector::testing::{outcome, start};

    #[tokio::test]
    async fn events_change_nothing() {
        let app = start(
            "<flow name='f'><tracking:transaction id='t'/><tracking:custom-event event-name='sold'><tracking:meta-data \
             key='price' value='#[payload]'/></tracking:custom-event></flow>",
        )
        .await;
        assert_eq!(outcome(&app, "f", "x").await, "x");
    }
}
