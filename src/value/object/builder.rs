//! Puts objects together pair by pair.

use super::{Attributes, Data, Object, Pair, Shape};
use crate::value::{Key, QName, Value};
use std::sync::Arc;

/// Collects pairs into an object.
#[derive(Default)]
pub struct ObjectBuilder {
    /// The shape that the names have followed so far, while `names` is not in use.
    expected: Option<Arc<Shape>>,
    names: Vec<QName>,
    values: Vec<Value>,
    attributes: Option<Attributes>,
}

impl ObjectBuilder {
    /// Room for this many pairs.
    pub fn with_capacity(pairs: usize) -> Self {
        Self { names: Vec::with_capacity(pairs), values: Vec::with_capacity(pairs), ..Self::default() }
    }

    /// For an object that probably has the names of this shape; if so, it shares it. Readers pass the shape of the
    /// record before.
    pub fn expecting(shape: Arc<Shape>) -> Self {
        Self { expected: Some(shape), ..Self::default() }
    }

    /// Adds a pair with a plain name.
    pub fn field(&mut self, local: impl AsRef<str>, value: impl Into<Value>) -> &mut Self {
        self.pair(QName::local(local), None, value.into())
    }

    /// Adds a pair.
    pub fn pair(&mut self, name: QName, attributes: Option<Object>, value: Value) -> &mut Self {
        if let Some(attributes) = attributes.filter(|a| !a.is_empty()) {
            let all = self.attributes.get_or_insert_default();
            all.resize(self.values.len(), None);
            all.push(Some(attributes));
        }
        self.name(name);
        self.values.push(value);
        self
    }

    /// Adds the name of the next pair, unless it is the expected one.
    fn name(&mut self, name: QName) {
        if let Some(shape) = &self.expected {
            let at = self.values.len();
            if at == 0 {
                // No further, since one long list must not make every short one after it long.
                self.values.reserve_exact(shape.names().len().min(64));
            }
            if shape.names().get(at).is_some_and(|expected| expected.is_same(&name)) {
                return;
            }
            self.names.extend_from_slice(&shape.names()[..at]);
            self.expected = None;
        }
        self.names.push(name);
    }

    /// Adds a pair under a key value.
    pub fn entry(&mut self, key: Key, value: Value) -> &mut Self {
        self.pair(key.name, key.attributes, value)
    }

    /// Adds a pair of another object.
    pub fn copy(&mut self, pair: Pair<'_>) -> &mut Self {
        self.pair(pair.name.clone(), pair.attributes.cloned(), pair.value.clone())
    }

    /// Adds all pairs of another object.
    pub fn extend(&mut self, object: &Object) -> &mut Self {
        for pair in object.iter() {
            self.copy(pair);
        }
        self
    }

    /// Whether there is none yet.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The object.
    pub fn build(self) -> Object {
        let shape = match self.expected {
            Some(shape) if shape.names().len() == self.values.len() => shape,
            Some(shape) => Shape::new(shape.names()[..self.values.len()].to_vec()),
            None => Shape::new(self.names),
        };
        Object(Arc::new(Data { shape, values: self.values.into(), attributes: self.attributes }))
    }

    /// The object as a value.
    pub fn value(self) -> Value {
        Value::Object(self.build())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(expected: Option<&Object>, names: &[&str]) -> Object {
        let mut builder = expected.map_or_else(ObjectBuilder::default, |o| ObjectBuilder::expecting(o.shape().clone()));
        for name in names {
            builder.field(name, Value::Null);
        }
        builder.build()
    }

    #[test]
    fn expected_names_share_the_shape_and_others_do_not() {
        let first = object(None, &["a", "b"]);
        for names in [&["a", "b"][..], &["a"], &["a", "c"], &["a", "b", "c"], &[]] {
            let next = object(Some(&first), names);
            let got: Vec<_> = next.iter().map(|p| p.name.local.as_str()).collect();
            assert_eq!(got, names);
            assert_eq!(next.shape().id() == first.shape().id(), names == ["a", "b"]);
        }
    }
}
