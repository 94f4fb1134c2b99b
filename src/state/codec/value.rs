//! Values as bytes: a tag, then the parts.

use super::{Decoder, Encoder, damaged};
use crate::diag::{Code, Fault};
use crate::value::{Array, Key, KeyTag, Number, Range, Regex, Schema, Tagged, Value, depth};
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
            Value::Int(n) => self.under(NUMBER).number(&Number::Int(*n)),
            Value::Decimal(n) => self.under(NUMBER).number(&Number::Packed(*n)),
            Value::BigNumber(n) => self.under(NUMBER).number(&Number::Big(n.clone())),
            Value::String(text) => self.under(TEXT).text(text),
            Value::Array(array) => return self.array(array, level),
            Value::Object(object) => return self.under(OBJECT).object(object, level),
            Value::Range(range) => {
                self.under(RANGE).number(range.start());
                self.number(range.end());
            }
            Value::Binary(bytes) => self.under(BINARY).bytes(bytes),
            Value::Regex(regex) => self.under(REGEX).text(regex.source()),
            Value::Function(_) => return Err(kept_function()),
            Value::Type(ty) => return self.under(TYPE).ty(ty, level),
            Value::Namespace(namespace) => self.under(NAMESPACE).namespace(namespace),
            Value::Key(key) => {
                self.under(KEY).name(&key.name);
                return self.attributes(key.attributes.as_ref(), level);
            }
            Value::Uri(uri) => self.under(URI).text(uri),
            Value::Temporal(temporal) => self.under(TEMPORAL).temporal(temporal),
            Value::Tagged(tagged) => return self.under(TAGGED).tags_of(tagged, level),
        }
        Ok(())
    }

    /// Writes the tag in front of the parts of a value.
    fn under(&mut self, tag: u8) -> &mut Self {
        self.tag(tag);
        self
    }

    fn array(&mut self, array: &Array, level: usize) -> Result<(), Fault> {
        let items = array.force()?;
        self.under(ARRAY).count(items.len() as u64);
        items.iter().try_for_each(|item| self.inner(item, level))
    }

    pub(super) fn inner(&mut self, value: &Value, level: usize) -> Result<(), Fault> {
        depth::with_stack(|| self.value_at(value, level + 1))
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
        self.presence(tagged.key().is_some());
        let Some(key) = tagged.key() else { return Ok(()) };
        self.maybe_namespace(key.ns.as_deref());
        self.attributes(key.attributes.as_ref(), level)
    }
}

fn kept_function() -> Fault {
    Fault::new(Code::Write, "a function cannot be kept: only data outlives the app")
        .help("keep what the function gives")
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

    pub(super) fn inner(&mut self, level: usize) -> Result<Value, Fault> {
        depth::with_stack(|| self.value_at(level + 1))
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
                let ns = self.maybe_namespace()?;
                Some(KeyTag { ns, attributes: self.attributes(level)? })
            }
        };
        Ok(Tagged::key_on(value, key).with_schema(schema))
    }
}
