//! What is done with object stores.

use super::access::Access;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event, Message, Typed};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Body, Kind, Make, Occurs, Part, Spec};
use crate::value::{ObjectBuilder, Value};
use futures_util::future::BoxFuture;

const KEY: Attribute = Attribute::required("key", Kind::Value, "The key.");
const STORE_REF: Attribute =
    Attribute::new("objectStore", Kind::Reference, "The store; the app's own one if it is left out.");

/// `os:store`
pub static STORE: Spec = Spec {
    name: "os:store",
    doc: "Stores a value. The event stays as it is.",
    attributes: &[
        KEY,
        Attribute::default("failIfPresent", Kind::Value, "false", "Whether a key that has a value is an error."),
        Attribute::default("failOnNullValue", Kind::Value, "true", "Whether null is an error, or passed over."),
        STORE_REF,
    ],
    parts: &[Part { spec: &VALUE, occurs: Occurs::Optional }],
    errors: &["OS:KEY_ALREADY_EXISTS", "OS:INVALID_KEY", "OS:NULL_VALUE", "OS:STORE_NOT_AVAILABLE"],
    example: r##"<os:store key="#[payload.id]" objectStore="seen"><os:value>#[now()]</os:value></os:store>"##,
    make: Make::Void(|node| Box::new(Put::of(node))),
    ..Spec::NEW
};

static VALUE: Spec =
    Spec { name: "os:value", doc: "The value, `#[payload]` if it is left out.", body: Body::Value, ..Spec::NEW };

/// `os:retrieve`
pub static RETRIEVE: Spec = Spec {
    name: "os:retrieve",
    doc: "Gives the value of a key, with the media type that it was stored with.",
    attributes: &[KEY, STORE_REF],
    parts: &[Part { spec: &DEFAULT, occurs: Occurs::Optional }],
    errors: &["OS:KEY_NOT_FOUND", "OS:INVALID_KEY", "OS:STORE_NOT_AVAILABLE"],
    example: r##"<os:retrieve key="#[payload.id]" objectStore="seen" target="lastSeen">
  <os:default-value>#[null default 'never']</os:default-value>
</os:retrieve>"##,
    make: Make::Operation(|node| Box::new(Get::of(node))),
    ..Spec::NEW
};

static DEFAULT: Spec = Spec {
    name: "os:default-value",
    doc: "What is given where the key has no value; it is not stored.",
    body: Body::Value,
    ..Spec::NEW
};

/// `os:contains`
pub static CONTAINS: Spec = Spec {
    name: "os:contains",
    doc: "Tells whether a key has a value.",
    attributes: &[KEY, STORE_REF],
    errors: &["OS:INVALID_KEY", "OS:STORE_NOT_AVAILABLE"],
    example: r##"<os:contains key="#[payload.id]" objectStore="seen" target="isKnown"/>"##,
    make: Make::Operation(|node| Box::new(Keyed::of(node, Task::Contains))),
    ..Spec::NEW
};

/// `os:remove`
pub static REMOVE: Spec = Spec {
    name: "os:remove",
    doc: "Removes the value of a key. The event stays as it is.",
    attributes: &[KEY, STORE_REF],
    errors: &["OS:KEY_NOT_FOUND", "OS:INVALID_KEY", "OS:STORE_NOT_AVAILABLE"],
    example: r##"<os:remove key="#[payload.id]" objectStore="seen"/>"##,
    make: Make::Void(|node| Box::new(Keyed::of(node, Task::Remove))),
    ..Spec::NEW
};

/// `os:clear`
pub static CLEAR: Spec = Spec {
    name: "os:clear",
    doc: "Removes all values. The event stays as it is.",
    attributes: &[STORE_REF],
    errors: &["OS:STORE_NOT_AVAILABLE"],
    example: r#"<os:clear objectStore="seen"/>"#,
    make: Make::Void(|node| Box::new(Whole { store: Access::of(node), task: WholeTask::Clear })),
    ..Spec::NEW
};

/// `os:retrieve-all`
pub static RETRIEVE_ALL: Spec = Spec {
    name: "os:retrieve-all",
    doc: "Gives all values as an object by their keys.",
    attributes: &[STORE_REF],
    errors: &["OS:STORE_NOT_AVAILABLE"],
    example: r#"<os:retrieve-all objectStore="seen" target="everything"/>"#,
    make: Make::Operation(|node| Box::new(Whole { store: Access::of(node), task: WholeTask::Values })),
    ..Spec::NEW
};

/// `os:retrieve-all-keys`
pub static RETRIEVE_ALL_KEYS: Spec = Spec {
    name: "os:retrieve-all-keys",
    doc: "Gives a list of all keys.",
    attributes: &[STORE_REF],
    errors: &["OS:STORE_NOT_AVAILABLE"],
    example: r#"<os:retrieve-all-keys objectStore="seen" target="keys"/>"#,
    make: Make::Operation(|node| Box::new(Whole { store: Access::of(node), task: WholeTask::Keys })),
    ..Spec::NEW
};

/// The key for an event.
///
/// # Errors
/// `OS:INVALID_KEY` for null and for blank text.
fn key(expression: &Expression, event: &Event) -> Result<String, Error> {
    let key = expression.text(event)?.filter(|key| !key.trim().is_empty());
    key.ok_or_else(|| Error::named(event, "OS:INVALID_KEY", "Key cannot be null nor empty"))
}

struct Put {
    store: Access,
    key: Expression,
    value: Expression,
    fail_if_present: Expression,
    fail_on_null: Expression,
}

impl Put {
    fn of(node: &Node<'_>) -> Self {
        Self {
            store: Access::of(node),
            key: node.expression("key"),
            value: node.content_of("os:value"),
            fail_if_present: node.expression("failIfPresent"),
            fail_on_null: node.expression("failOnNullValue"),
        }
    }
}

impl Processor for Put {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let value = self.value.typed(event)?;
            if value.is_null() {
                let text = "A null value was provided. Please provide a non-null value or set the 'failOnNullValue' \
                        parameter to 'false'";
                return match self.fail_on_null.boolean(event)? {
                    true => Err(Error::named(event, "OS:NULL_VALUE", text)),
                    false => Ok(()),
                };
            }
            let key = key(&self.key, event)?;
            let store = self.store.store(event).await?;
            if !self.fail_if_present.boolean(event)? {
                return self.store.checked(event, store.put(&key, value).await);
            }
            match self.store.checked(event, store.add(&key, value).await)? {
                true => Ok(()),
                false => {
                    let text = format!("ObjectStore already contains an object for key '{key}'");
                    Err(Error::named(event, "OS:KEY_ALREADY_EXISTS", text))
                }
            }
        })
    }
}

struct Get {
    store: Access,
    key: Expression,
    default: Option<Expression>,
}

impl Get {
    fn of(node: &Node<'_>) -> Self {
        let default = node.part("os:default-value").and_then(|part| part.content());
        Self { store: Access::of(node), key: node.expression("key"), default }
    }
}

impl Processor for Get {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let key = key(&self.key, event)?;
            let store = self.store.store(event).await?;
            let found = match self.store.checked(event, store.get(&key).await)? {
                Some(found) => Some(found),
                None => self.default.as_ref().map(|default| default.typed(event)).transpose()?.filter(|d| !d.is_null()),
            };
            let value = found.ok_or_else(|| {
                let text = format!(
                    "ObjectStore '{}' doesn't contain any value for key '{key}' and default value was not provided or \
                 resolved to a null value.",
                    self.store.name()
                );
                Error::named(event, "OS:KEY_NOT_FOUND", text)
            })?;
            event.message = Message::of(value);
            Ok(())
        })
    }
}

#[derive(Clone, Copy)]
enum Task {
    Contains,
    Remove,
}

/// What is done with one key.
struct Keyed {
    store: Access,
    key: Expression,
    task: Task,
}

impl Keyed {
    fn of(node: &Node<'_>, task: Task) -> Self {
        Self { store: Access::of(node), key: node.expression("key"), task }
    }
}

impl Processor for Keyed {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let key = key(&self.key, event)?;
            let store = self.store.store(event).await?;
            match self.task {
                Task::Contains => {
                    let found = self.store.checked(event, store.get(&key).await)?.is_some();
                    event.message = Message::of(Typed::value(found.into()));
                    Ok(())
                }
                Task::Remove => match self.store.checked(event, store.remove(&key).await)? {
                    true => Ok(()),
                    false => {
                        let text = format!("ObjectStore doesn't contain any value for key '{key}'");
                        Err(Error::named(event, "OS:KEY_NOT_FOUND", text))
                    }
                },
            }
        })
    }
}

#[derive(Clone, Copy)]
enum WholeTask {
    Clear,
    Values,
    Keys,
}

/// What is done with all of a store.
struct Whole {
    store: Access,
    task: WholeTask,
}

impl Processor for Whole {
    fn process<'a>(&'a self, event: &'a mut Event) -> BoxFuture<'a, Result<(), Error>> {
        Box::pin(async move {
            let store = self.store.store(event).await?;
            let entries = async || self.store.checked(event, store.entries().await);
            let result = match self.task {
                WholeTask::Clear => return self.store.checked(event, store.clear().await),
                WholeTask::Keys => Value::array(entries().await?.into_iter().map(|(key, _)| key.into()).collect()),
                WholeTask::Values => {
                    let entries = entries().await?;
                    let mut all = ObjectBuilder::with_capacity(entries.len());
                    for (key, value) in entries {
                        all.field(key, value.read().map_err(|fault| Error::expression("payload", fault.into()))?);
                    }
                    all.value()
                }
            };
            event.message = Message::of(Typed::value(result));
            Ok(())
        })
    }
}
