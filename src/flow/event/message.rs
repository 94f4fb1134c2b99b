//! Messages: payload and attributes.

use super::Typed;
use crate::diag::Fault;
use crate::value::{Object, QName, Shape, Value};
use std::sync::{Arc, LazyLock};

/// A payload with the attributes that describe where it came from.
#[derive(Clone, Debug)]
pub struct Message {
    /// The content.
    pub payload: Typed,
    /// What its source says about it.
    pub attributes: Typed,
}

/// The keys of a message as a value: payload and attributes among what the vendor's class still has of older messages, as
/// suites recorded with it show. Only messages have this very shape, so that a message is known again when it comes back
/// from a list.
pub(super) static SHAPE: LazyLock<Arc<Shape>> = LazyLock::new(|| {
    let names = [
        "inboundAttachmentNames",
        "exceptionPayload",
        "inboundPropertyNames",
        "outboundAttachmentNames",
        "payload",
        "outboundPropertyNames",
        "attributes",
    ];
    Shape::new(names.map(QName::local).to_vec())
});
const PAYLOAD: usize = 4;
const ATTRIBUTES: usize = 6;

impl Message {
    /// A message without attributes.
    pub fn of(payload: Typed) -> Self {
        Self { payload, attributes: Typed::null() }
    }

    /// The message as expressions see it: `{…, payload, …, attributes}`.
    ///
    /// # Errors
    /// Content that is not what its label says.
    pub fn to_value(&self) -> Result<Value, Fault> {
        let none = Value::array(Vec::new());
        let (payload, attributes) = (self.payload.read()?, self.attributes.read()?);
        let parts = vec![none.clone(), Value::Null, none.clone(), none.clone(), payload, none, attributes];
        Ok(Value::Object(Object::of_shape(SHAPE.clone(), parts)))
    }

    /// An element of a list as a message of its own: a message gives its payload and attributes, anything else is the
    /// payload.
    pub fn of_element(element: Value) -> Self {
        match element.bare() {
            Value::Object(object) if Arc::ptr_eq(object.shape(), &SHAPE) => {
                let part = |index| object.values().get(index).cloned().map_or_else(Typed::null, Typed::value);
                Self { payload: part(PAYLOAD), attributes: part(ATTRIBUTES) }
            }
            _ => Self::of(Typed::value(element)),
        }
    }
}

impl Default for Message {
    fn default() -> Self {
        Self::of(Typed::null())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_known_again() {
        let message = Message { payload: Typed::value(1.into()), attributes: Typed::value(2.into()) };
        let value = message.to_value().unwrap();
        assert!(matches!(value.bare(), Value::Object(object) if object.len() == 7));
        let back = Message::of_element(value);
        assert_eq!(back.attributes.read().unwrap().as_number().map(|n| n.to_string()).as_deref(), Some("2"));
        let other = Message::of_element(Value::empty_object());
        assert!(other.attributes.is_null());
    }
}
