//! Collections, part by part: what loops go over.

use super::Expression;
use crate::diag::{Code, Fault};
use crate::flow::event::{Error, Event, Typed};
use crate::value::{Elements, Object, ObjectBuilder, Value};

/// The parts of a collection: the items of a list, computed as they are asked for, or the pairs of an object, each as an
/// object of its own.
pub struct Parts {
    source: String,
    kind: Kind,
}

enum Kind {
    Items(Elements<'static>),
    Pairs(Object, usize),
    Nothing,
}

impl Expression {
    /// The parts of the value; null has none.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` where the script fails or gives neither list nor object.
    pub fn parts(&self, event: &Event) -> Result<Parts, Error> {
        let value = match self {
            Self::Literal(_) => self.value(event)?,
            Self::Script(script) => script.unsettled(event)?,
        };
        Parts::new(value, self.source())
    }
}

impl Parts {
    /// The parts of a payload, read from where it is while they are asked for.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` for content that cannot be read, and for what is neither list nor object.
    pub fn of(payload: &Typed) -> Result<Self, Error> {
        let source = "payload".to_string();
        match payload.open() {
            Ok(value) => Self::new(value, source),
            Err(fault) => Err(Error::expression(&source, fault.into())),
        }
    }

    fn new(value: Value, source: String) -> Result<Self, Error> {
        let kind = match value.into_bare() {
            Value::Null => Kind::Nothing,
            Value::Array(items) => Kind::Items(items.into_elements()),
            Value::Range(range) => Kind::Items(Elements::range(&range)),
            Value::Object(object) => Kind::Pairs(object, 0),
            other => {
                let message = format!("Expecting Array or Object but got {}.", other.type_name());
                return Err(Error::expression(&source, Fault::new(Code::Type, message).into()));
            }
        };
        Ok(Self { source, kind })
    }
}

impl Iterator for Parts {
    type Item = Result<Value, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let part = match &mut self.kind {
            Kind::Nothing => return None,
            Kind::Items(items) => items.next()?,
            Kind::Pairs(object, at) => {
                let pair = object.pair(*at)?;
                *at += 1;
                let mut part = ObjectBuilder::with_capacity(1);
                part.copy(pair);
                Ok(part.value())
            }
        };
        let settled = part.and_then(|part| part.settle().map(|()| part));
        Some(settled.map_err(|fault| Error::expression(&self.source, fault.into())))
    }
}
