//! Objects: ordered pairs. Objects with the same keys share their key list, the shape.

use super::{Key, KeyTag, Namespace, QName, Str, Tagged, Value, values::Values};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// The names of an object's pairs, in order, shared by all records of one kind.
#[derive(Debug)]
pub struct Shape {
    id: u64,
    names: Vec<QName>,
    /// First position of each local name; only made for long shapes.
    index: OnceLock<FxHashMap<Str, u32>>,
    /// Whether names are found whatever the case they are asked in.
    folds_case: bool,
}

impl Shape {
    /// A shape of these names.
    pub fn new(names: Vec<QName>) -> Arc<Self> {
        Arc::new(Self { id: Self::next_id(), names, index: OnceLock::new(), folds_case: false })
    }

    /// A shape of names that are found in any case: those of HTTP headers and of columns.
    pub fn folding_case(names: Vec<QName>) -> Arc<Self> {
        Arc::new(Self { id: Self::next_id(), names, index: OnceLock::new(), folds_case: true })
    }

    /// Whether names are found whatever the case they are asked in.
    pub fn is_folding_case(&self) -> bool {
        self.folds_case
    }

    /// Whether a name of this shape is meant by this local name.
    #[inline]
    pub fn means(&self, name: &QName, local: &str) -> bool {
        name.local == local || (self.folds_case && name.local.eq_ignore_ascii_case(local))
    }

    /// A name as the index has it.
    fn folded(&self, local: &str) -> Str {
        match self.folds_case {
            true => Str::from(local.to_ascii_lowercase()),
            false => Str::from(local),
        }
    }

    fn next_id() -> u64 {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        NEXT.fetch_add(1, Ordering::Relaxed)
    }

    /// Differs between any two shapes of a process; equal ids mean equal names in equal order.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The names in order.
    pub fn names(&self) -> &[QName] {
        &self.names
    }

    /// The first position whose name has this local part, in any namespace.
    pub fn position(&self, local: &str) -> Option<usize> {
        const SHORT: usize = 8;
        if self.names.len() <= SHORT {
            return self.names.iter().position(|name| self.means(name, local));
        }
        let index = self.index.get_or_init(|| {
            let mut index = FxHashMap::default();
            for (i, name) in self.names.iter().enumerate() {
                index.entry(self.folded(&name.local)).or_insert(i as u32);
            }
            index
        });
        index.get(&self.folded(local)).map(|i| *i as usize)
    }

    /// The same names and more of them. In place where nobody else holds the shape, else a shape that is shared by all
    /// who grow this one by that one.
    fn grow(this: &mut Arc<Self>, more: &Arc<Self>) {
        match Arc::get_mut(this) {
            Some(own) => {
                own.id = Self::next_id();
                if std::mem::take(&mut own.folds_case) {
                    own.index.take();
                }
                if let Some(index) = own.index.get_mut() {
                    for (at, name) in (own.names.len()..).zip(&more.names) {
                        index.entry(name.local.clone()).or_insert(at as u32);
                    }
                }
                own.names.extend_from_slice(&more.names);
            }
            None => *this = Self::joined(this, more),
        }
    }

    /// The names of both. Short shapes are remembered, since records that are put together usually come by the thousand.
    fn joined(one: &Arc<Self>, two: &Arc<Self>) -> Arc<Self> {
        const SHORT: usize = 64;
        const PLACES: u64 = 16;
        /// The ids of two shapes, and the shape of both.
        type Joined = Option<(u64, u64, Arc<Shape>)>;
        thread_local! {
            static KNOWN: RefCell<[Joined; PLACES as usize]> = const { RefCell::new([const { None }; PLACES as usize]) };
        }
        let join = || Shape::new([&one.names[..], &two.names[..]].concat());
        if one.names.len() + two.names.len() > SHORT {
            return join();
        }
        let known = KNOWN.try_with(|known| {
            let mut known = known.borrow_mut();
            let place = &mut known[(one.id.wrapping_mul(31).wrapping_add(two.id) % PLACES) as usize];
            match place {
                Some((a, b, shape)) if (*a, *b) == (one.id, two.id) => shape.clone(),
                _ => place.insert((one.id, two.id, join())).2.clone(),
            }
        });
        known.unwrap_or_else(|_| join())
    }
}

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
        debug_assert_eq!(shape.names.len(), values.len());
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
        Some(Pair { name: &self.0.shape.names[index], attributes, value })
    }

    /// The pairs in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = Pair<'_>> + DoubleEndedIterator {
        (0..self.len()).map(|i| Pair {
            name: &self.0.shape.names[i],
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
                self.values.reserve_exact(shape.names.len().min(64));
            }
            if shape.names.get(at).is_some_and(|expected| expected.is_same(&name)) {
                return;
            }
            self.names.extend_from_slice(&shape.names[..at]);
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

    /// How many pairs there are so far.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there is none yet.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// The object.
    pub fn build(self) -> Object {
        let shape = match self.expected {
            Some(shape) if shape.names.len() == self.values.len() => shape,
            Some(shape) => Shape::new(shape.names[..self.values.len()].to_vec()),
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
    fn folding_shapes_find_names_in_any_case() {
        let headers = Object::of_shape(Shape::folding_case(vec![QName::local("x-id")]), vec![Value::Null]);
        assert_eq!(["x-id", "X-Id", "id"].map(|name| headers.position(name)), [Some(0), Some(0), None]);
        assert_eq!(headers.concat(&object(None, &["b"])).position("X-Id"), None);
    }

    #[test]
    fn joins_share_their_shape_until_they_grow_long() {
        let (one, two) = (object(None, &["a"]), object(None, &["b", "c"]));
        let (first, again) = (one.clone().concat(&two), one.clone().concat(&two));
        assert_eq!(first.shape().id(), again.shape().id());
        assert_eq!(first.iter().map(|p| p.name.local.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        let mut long = Object::default();
        for i in 0..1000 {
            long = long.concat(&object(None, &[&format!("k{i}")]));
        }
        assert_eq!((long.len(), long.position("k999")), (1000, Some(999)));
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
