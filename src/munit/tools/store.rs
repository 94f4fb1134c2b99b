//! `munit-tools:store`, `retrieve`, `remove`, `clear-stored-data`: values by key, until the test ends.

use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Spec};
use crate::munit::event_parts::optional;
use crate::munit::session::Session;
use futures_util::future::BoxFuture;

/// The value in the element; the payload without it.
pub static VALUE: Spec =
    Spec { name: "munit-tools:value", doc: "The value; the payload without it.", body: Body::Value, ..Spec::NEW };

const KEY: Attribute = Attribute::required("key", Kind::Value, "The key.");

/// `munit-tools:store`
pub static STORE: Spec = Spec {
    name: "munit-tools:store",
    doc: "Stores a value under a key.",
    attributes: &[
        KEY,
        Attribute::default("failIfPresent", Kind::Boolean, "false", "Whether a key that is there is an error."),
    ],
    parts: &[optional(&VALUE)],
    errors: &["MUNIT-TOOLS:KEY_ALREADY_EXISTS"],
    example: r##"<munit-tools:store key="seen"><munit-tools:value>#[payload]</munit-tools:value></munit-tools:store>"##,
    make: Make::Processor(|node| Box::new(Store::of(node))),
    ..Spec::NEW
};

/// `munit-tools:retrieve`
pub static RETRIEVE: Spec = Spec {
    name: "munit-tools:retrieve",
    doc: "Gives the value that is stored under a key.",
    attributes: &[KEY],
    errors: &["MUNIT-TOOLS:MISSING_KEY"],
    example: r#"<munit-tools:retrieve key="seen" target="seen"/>"#,
    make: Make::Operation(|node| Box::new(Retrieve { key: node.expression("key"), keeps: true })),
    ..Spec::NEW
};

/// `munit-tools:remove`
pub static REMOVE: Spec = Spec {
    name: "munit-tools:remove",
    doc: "Gives the value that is stored under a key, and forgets it.",
    attributes: &[KEY],
    errors: &["MUNIT-TOOLS:MISSING_KEY"],
    example: r#"<munit-tools:remove key="seen"/>"#,
    make: Make::Operation(|node| Box::new(Retrieve { key: node.expression("key"), keeps: false })),
    ..Spec::NEW
};

/// `munit-tools:clear-stored-data`
pub static CLEAR: Spec = Spec {
    name: "munit-tools:clear-stored-data",
    doc: "Forgets everything that is stored.",
    example: r#"<munit-tools:clear-stored-data/>"#,
    make: Make::Processor(|_| Box::new(Clear)),
    ..Spec::NEW
};

struct Store {
    key: Expression,
    value: Option<Expression>,
    fails_if_present: bool,
}

impl Store {
    fn of(node: &Node<'_>) -> Self {
        Self {
            key: node.expression("key"),
            value: node.part(VALUE.name).and_then(|value| value.content()),
            fails_if_present: node.boolean("failIfPresent"),
        }
    }
}

/// The value that an element holds, or else the payload.
pub fn content(value: &Option<Expression>, event: &Event) -> Result<Typed, Error> {
    value.as_ref().map_or_else(|| Ok(event.message.payload.clone()), |value| value.typed(event))
}

impl Processor for Store {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let session = Session::of(event)?;
            let (key, value) = (self.key.text(event)?.unwrap_or_default(), content(&self.value, event)?);
            if self.fails_if_present && session.shelf.stored(&key).is_some() {
                return Err(Error::named(
                    event,
                    "MUNIT-TOOLS:KEY_ALREADY_EXISTS",
                    format!("there is a value under the key '{key}' already"),
                ));
            }
            session.shelf.store(&key, value);
            Ok(())
        })
    }
}

struct Retrieve {
    key: Expression,
    keeps: bool,
}

impl Processor for Retrieve {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let session = Session::of(event)?;
            let key = self.key.text(event)?.unwrap_or_default();
            let found = if self.keeps { session.shelf.stored(&key) } else { session.shelf.remove(&key) };
            event.message.payload = found.ok_or_else(|| {
                Error::named(event, "MUNIT-TOOLS:MISSING_KEY", format!("nothing is stored under the key '{key}'"))
            })?;
            Ok(())
        })
    }
}

struct Clear;

impl Processor for Clear {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            Session::of(event)?.shelf.clear_stored();
            Ok(())
        })
    }
}
