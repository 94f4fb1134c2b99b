//! Values as bytes: a tag, then the parts. Names of pairs are written once for all objects that share them.

use super::{Decoder, Encoder, damaged};
use crate::diag::{Code, Fault};
use crate::value::{
    Key, KeyTag, Namespace, Number, Object, ObjectBuilder, QName, Range, Regex, Schema, Shape, Tagged, Value, depth,
};
use std::sync::Arc;

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const NUMBER: u8 = 3;
const TEXT: u8 = 4;
const ARRAY: u8 = 5;
const OBJECT: u8 = 6;
const RANGE: u8 = 7;
const BINARY: u8 = 8;
const REGEX: u8 = 9;
const TYPE: u8 = 10;
const NAMESPACE: u8 = 11;
const KEY: u8 = 12;
const URI: u8 = 13;
const TEMPORAL: u8 = 14;
const TAGGED: u8 = 15;

const ABSENT: u8 = 0;
const PRESENT: u8 = 1;

const PLAIN: u8 = 0;
const FOLDS_CASE: u8 = 1;

impl Encoder {
    /// Writes a value with all that it carries; sequences are read to their ends.
    ///
    /// # Errors
    /// Functions, which cannot be kept; what a sequence fails with; data nested too deep.
    pub fn value(&mut self, value: &Value) -> Result<(), Fault> {
        self.value_at(value, 0)
    }

    pub(super) fn value_at(&mut self, value: &Value, level: usize) -> Result<(), Fault> {
        depth::check(level)?;
        match value {
            Value::Null => self.tag(NULL),
            Value::Boolean(is) => self.tag(if *is { TRUE } else { FALSE }),
            Value::Int(n) => self.tagged_number(&Number::Int(*n)),
            Value::Decimal(n) => self.tagged_number(&Number::Packed(*n)),
            Value::BigNumber(n) => self.tagged_number(&Number::Big(n.clone())),
            Value::String(text) => self.tagged_text(TEXT, text),
            Value::Array(array) => {
                let items = array.force()?;
                self.tag(ARRAY);
                self.count(items.len() as u64);
                return items.iter().try_for_each(|item| self.inner(item, level));
            }
            Value::Object(object) => {
                self.tag(OBJECT);
                return self.object(object, level);
            }
            Value::Range(range) => {
                self.tag(RANGE);
                self.number(range.start());
                self.number(range.end());
            }
            Value::Binary(bytes) => {
                self.tag(BINARY);
                self.bytes(bytes);
            }
            Value::Regex(regex) => self.tagged_text(REGEX, regex.source()),
            Value::Function(_) => {
                let fault = Fault::new(Code::Write, "a function cannot be kept: only data outlives the app");
                return Err(fault.help("keep what the function gives"));
            }
            Value::Type(ty) => {
                self.tag(TYPE);
                return self.ty(ty, level);
            }
            Value::Namespace(namespace) => {
                self.tag(NAMESPACE);
                self.namespace(namespace);
            }
            Value::Key(key) => {
                self.tag(KEY);
                self.name(&key.name);
                return self.attributes(key.attributes.as_ref(), level);
            }
            Value::Uri(uri) => self.tagged_text(URI, uri),
            Value::Temporal(temporal) => {
                self.tag(TEMPORAL);
                self.temporal(temporal);
            }
            Value::Tagged(tagged) => {
                self.tag(TAGGED);
                return self.tags_of(tagged, level);
            }
        }
        Ok(())
    }

    fn inner(&mut self, value: &Value, level: usize) -> Result<(), Fault> {
        depth::with_stack(|| self.value_at(value, level + 1))
    }

    fn tagged_number(&mut self, number: &Number) {
        self.tag(NUMBER);
        self.number(number);
    }

    fn tagged_text(&mut self, tag: u8, text: &str) {
        self.tag(tag);
        self.text(text);
    }

    fn object(&mut self, object: &Object, level: usize) -> Result<(), Fault> {
        self.shape(object.shape());
        match object.has_attributes() {
            false => self.tag(ABSENT),
            true => {
                self.tag(PRESENT);
                object.iter().try_for_each(|pair| self.attributes(pair.attributes, level))?;
            }
        }
        object.values().iter().try_for_each(|value| self.inner(value, level))
    }

    /// Writes the place of a shape among those written so far; a new one follows.
    fn shape(&mut self, shape: &Arc<Shape>) {
        let next = self.shapes.len() as u64;
        let place = *self.shapes.entry(shape.id()).or_insert(next);
        self.count(place);
        if place == next {
            self.tag(if shape.is_folding_case() { FOLDS_CASE } else { PLAIN });
            self.count(shape.names().len() as u64);
            shape.names().iter().for_each(|name| self.name(name));
        }
    }

    pub(super) fn name(&mut self, name: &QName) {
        self.text(&name.local);
        match &name.ns {
            None => self.tag(ABSENT),
            Some(namespace) => {
                self.tag(PRESENT);
                self.namespace(namespace);
            }
        }
    }

    fn namespace(&mut self, namespace: &Namespace) {
        self.text(&namespace.prefix);
        self.text(&namespace.uri);
    }

    fn attributes(&mut self, attributes: Option<&Object>, level: usize) -> Result<(), Fault> {
        depth::check(level + 1)?;
        match attributes {
            None => {
                self.tag(ABSENT);
                Ok(())
            }
            Some(attributes) => {
                self.tag(PRESENT);
                depth::with_stack(|| self.object(attributes, level + 1))
            }
        }
    }

    pub(super) fn schema(&mut self, schema: &Schema, level: usize) -> Result<(), Fault> {
        self.count(schema.0.len() as u64);
        for (name, value) in &schema.0 {
            self.text(name);
            self.inner(value, level)?;
        }
        Ok(())
    }

    fn tags_of(&mut self, tagged: &Tagged, level: usize) -> Result<(), Fault> {
        self.inner(tagged.value(), level)?;
        self.schema(tagged.schema().unwrap_or(&Schema::default()), level)?;
        let Some(key) = tagged.key() else {
            self.tag(ABSENT);
            return Ok(());
        };
        self.tag(PRESENT);
        match &key.ns {
            None => self.tag(ABSENT),
            Some(namespace) => {
                self.tag(PRESENT);
                self.namespace(namespace);
            }
        }
        self.attributes(key.attributes.as_ref(), level)
    }
}

impl Decoder<'_> {
    /// Reads a value.
    ///
    /// # Errors
    /// Damaged data.
    pub fn value(&mut self) -> Result<Value, Fault> {
        self.value_at(0)
    }

    pub(super) fn value_at(&mut self, level: usize) -> Result<Value, Fault> {
        depth::check(level)?;
        Ok(match self.tag()? {
            NULL => Value::Null,
            FALSE => Value::Boolean(false),
            TRUE => Value::Boolean(true),
            NUMBER => self.number()?.into(),
            TEXT => Value::String(self.text()?),
            ARRAY => {
                let length = self.length()?;
                Value::array((0..length).map(|_| self.inner(level)).collect::<Result<_, _>>()?)
            }
            OBJECT => Value::Object(self.object(level)?),
            RANGE => Value::Range(Arc::new(Range::new(self.number()?, self.number()?)?)),
            BINARY => Value::Binary(Arc::new(self.bytes()?.to_vec())),
            REGEX => Value::Regex(Regex::cached(&self.text()?)?),
            TYPE => Value::Type(Arc::new(self.ty(level)?)),
            NAMESPACE => Value::Namespace(self.namespace()?),
            KEY => Value::Key(Arc::new(Key { name: self.name()?, attributes: self.attributes(level)? })),
            URI => Value::Uri(Arc::new(self.text()?.to_string())),
            TEMPORAL => self.temporal()?.into(),
            TAGGED => self.tagged(level)?,
            _ => return Err(damaged("a value of no known kind")),
        })
    }

    fn inner(&mut self, level: usize) -> Result<Value, Fault> {
        depth::with_stack(|| self.value_at(level + 1))
    }

    /// Whether a part that may be missing is there.
    pub(super) fn is_present(&mut self) -> Result<bool, Fault> {
        match self.tag()? {
            ABSENT => Ok(false),
            PRESENT => Ok(true),
            _ => Err(damaged("a part that is neither there nor missing")),
        }
    }

    fn object(&mut self, level: usize) -> Result<Object, Fault> {
        let shape = self.shape()?;
        if !self.is_present()? {
            let values = shape.names().iter().map(|_| self.inner(level)).collect::<Result<_, _>>()?;
            return Ok(Object::of_shape(shape, values));
        }
        let mut attributes = Vec::new();
        for _ in shape.names() {
            attributes.push(self.attributes(level)?);
        }
        let mut object = ObjectBuilder::expecting(shape.clone());
        for (name, attributes) in shape.names().iter().zip(attributes) {
            let value = self.inner(level)?;
            object.pair(name.clone(), attributes, value);
        }
        Ok(object.build())
    }

    fn shape(&mut self) -> Result<Arc<Shape>, Fault> {
        let place = usize::try_from(self.count()?).unwrap_or(usize::MAX);
        if let Some(known) = self.shapes.get(place) {
            return Ok(known.clone());
        }
        if place != self.shapes.len() {
            return Err(damaged("an object whose names are not there"));
        }
        let folds = self.tag()?;
        let length = self.length()?;
        let names = (0..length).map(|_| self.name()).collect::<Result<_, _>>()?;
        let shape = match folds {
            PLAIN => Shape::new(names),
            FOLDS_CASE => Shape::folding_case(names),
            _ => return Err(damaged("an object of no known kind")),
        };
        self.shapes.push(shape.clone());
        Ok(shape)
    }

    pub(super) fn name(&mut self) -> Result<QName, Fault> {
        let local = self.text()?;
        let ns = if self.is_present()? { Some(self.namespace()?) } else { None };
        Ok(QName { local, ns })
    }

    fn namespace(&mut self) -> Result<Arc<Namespace>, Fault> {
        Ok(Arc::new(Namespace { prefix: self.text()?, uri: self.text()? }))
    }

    fn attributes(&mut self, level: usize) -> Result<Option<Object>, Fault> {
        depth::check(level + 1)?;
        match self.is_present()? {
            true => depth::with_stack(|| self.object(level + 1)).map(Some),
            false => Ok(None),
        }
    }

    pub(super) fn schema(&mut self, level: usize) -> Result<Schema, Fault> {
        let length = self.length()?;
        let entry = |_| Ok((self.text()?, self.inner(level)?));
        Ok(Schema((0..length).map(entry).collect::<Result<_, Fault>>()?))
    }

    fn tagged(&mut self, level: usize) -> Result<Value, Fault> {
        let value = self.inner(level)?;
        let schema = self.schema(level)?;
        let key = match self.is_present()? {
            false => None,
            true => {
                let ns = if self.is_present()? { Some(self.namespace()?) } else { None };
                Some(KeyTag { ns, attributes: self.attributes(level)? })
            }
        };
        Ok(Tagged::key_on(value, key).with_schema(schema))
    }
}
