//! Objects: ordered pairs. Objects with the same keys share their key list, the shape.

mod builder;
mod shape;

pub use builder::ObjectBuilder;
pub use shape::Shape;

use super::{Key, KeyTag, Namespace, QName, Tagged, Value, values::Values};
use std::fmt;
use std::sync::{Arc, OnceLock};

/// Ordered pairs of a name and a value; names may repeat, carry a namespace and attributes.
#[derive(Clone)]
pub struct Object(Arc<Data>);

#[derive(Clone)]
struct Data {
    shape: Arc<Shape>,
    values: Values,
    /// The attributes of each key, by position; absent when no key has any, shorter than `values` when the last have none.
    attributes: Option<Attributes>,
}

/// Boxed, since few objects have any: the field then takes one word.
type Attributes = Box<Vec<Option<Object>>>;

/// One pair of an object.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// The name.
    pub name: &'a QName,
    /// The key's attributes.
    pub attributes: Option<&'a Object>,
    /// The value.
    pub value: &'a Value,
}

impl Pair<'_> {
    /// The key as a value of its own.
    pub fn key(&self) -> Key {
        Key { name: self.name.clone(), attributes: self.attributes.cloned() }
    }

    /// The value as a selector gives it: with its key's attributes and namespace, if it has any.
    pub fn selected(&self) -> Value {
        if self.attributes.is_none() && self.name.ns.is_none() {
            return self.value.clone();
        }
        let tag = KeyTag { ns: self.name.ns.clone(), attributes: self.attributes.cloned() };
        Tagged::key_on(self.value.clone(), Some(tag))
    }
}

impl Object {
    /// An object of this shape; there must be as many values as names.
    pub fn of_shape(shape: Arc<Shape>, values: Vec<Value>) -> Self {
        debug_assert_eq!(shape.names().len(), values.len());
        Self(Arc::new(Data { shape, values: values.into(), attributes: None }))
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.0.values.len()
    }

    /// Whether there is no pair.
    pub fn is_empty(&self) -> bool {
        self.0.values.is_empty()
    }

    /// The shape.
    pub fn shape(&self) -> &Arc<Shape> {
        &self.0.shape
    }

    /// The values in order.
    pub fn values(&self) -> &[Value] {
        &self.0.values
    }

    /// The pair at this position.
    pub fn pair(&self, index: usize) -> Option<Pair<'_>> {
        let value = self.0.values.get(index)?;
        let attributes = self.0.attributes.as_ref().and_then(|a| a.get(index)).and_then(Option::as_ref);
        Some(Pair { name: &self.0.shape.names()[index], attributes, value })
    }

    /// The pairs in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Pair<'_>> + DoubleEndedIterator {
        (0..self.len()).map(|i| Pair {
            name: &self.0.shape.names()[i],
            attributes: self.0.attributes.as_ref().and_then(|a| a.get(i)).and_then(Option::as_ref),
            value: &self.0.values[i],
        })
    }

    /// The position of the first pair of this local name, in any namespace.
    pub fn position(&self, local: &str) -> Option<usize> {
        self.0.shape.position(local)
    }

    /// The first pair of this name; without a namespace, in any.
    pub fn find(&self, local: &str, ns: Option<&Namespace>) -> Option<Pair<'_>> {
        match ns {
            None => self.pair(self.position(local)?),
            Some(_) => self.iter().find(|p| p.name.matches(local, ns)),
        }
    }

    /// The value of the first pair of this local name.
    pub fn get(&self, local: &str) -> Option<&Value> {
        self.position(local).map(|i| &self.0.values[i])
    }

    /// Whether somebody else holds the pairs too.
    pub fn is_shared(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    /// The shape, the attributes of each key by position (shorter than the shape where the last have none) and the
    /// values; moved out where nobody else holds them.
    pub fn into_parts(self) -> (Arc<Shape>, Vec<Option<Object>>, Vec<Value>) {
        let data = Arc::try_unwrap(self.0).unwrap_or_else(|shared| (*shared).clone());
        (data.shape, data.attributes.map(|a| *a).unwrap_or_default(), data.values.into_vec())
    }

    /// Whether any key has attributes.
    pub fn has_attributes(&self) -> bool {
        self.0.attributes.is_some()
    }

    /// The object with one more pair; in place where nobody else holds it.
    pub fn push(self, key: Key, value: Value) -> Self {
        let mut pair = ObjectBuilder::with_capacity(1);
        pair.entry(key, value);
        self.concat(&pair.build())
    }

    /// The object with the pairs of another behind its own; in place where nobody else holds it.
    pub fn concat(mut self, other: &Object) -> Self {
        if other.is_empty() {
            return self;
        }
        let data = Arc::make_mut(&mut self.0);
        if let Some(more) = &other.0.attributes {
            let all = data.attributes.get_or_insert_default();
            all.resize(data.values.len(), None);
            all.extend_from_slice(more);
        }
        data.values.extend_from_slice(other.values());
        Shape::grow(&mut data.shape, &other.0.shape);
        self
    }

    /// The same keys with the value at `index` replaced.
    pub fn with_value(mut self, index: usize, value: Value) -> Self {
        if let Some(slot) = Arc::make_mut(&mut self.0).values.get_mut(index) {
            *slot = value;
        }
        self
    }
}

impl Default for Object {
    fn default() -> Self {
        static EMPTY: OnceLock<Arc<Shape>> = OnceLock::new();
        let shape = EMPTY.get_or_init(|| Shape::new(Vec::new())).clone();
        Self::of_shape(shape, Vec::new())
    }
}

impl fmt::Debug for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter().map(|p| (p.name.local.as_str(), p.value))).finish()
    }
}
