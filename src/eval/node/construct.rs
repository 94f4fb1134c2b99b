//! Arrays and objects.

use crate::diag::{Code, Fault};
use crate::eval::frame::Frame;
use crate::plan::Node;
use crate::plan::node::{Entry, Item, Name, Pair, Prefix, Record};
use crate::value::{Array, Key, Namespace, Object, ObjectBuilder, QName, Str, Value, coerce};
use std::sync::Arc;

impl Frame<'_> {
    /// An array of plain items.
    pub(super) fn array(&mut self, items: &[Node]) -> Result<Value, Fault> {
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            values.push(self.eval(item)?);
        }
        Ok(Value::array(values))
    }

    /// An array with items that may be left out.
    pub(super) fn items(&mut self, items: &[Item]) -> Result<Value, Fault> {
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            if self.holds(item.condition.as_ref())? {
                values.push(self.eval(&item.value)?);
            }
        }
        Ok(Value::array(values))
    }

    fn holds(&mut self, condition: Option<&Node>) -> Result<bool, Fault> {
        condition.map_or(Ok(true), |condition| self.condition(condition))
    }

    /// An object with known keys.
    pub(super) fn record(&mut self, record: &Record) -> Result<Value, Fault> {
        let mut values = Vec::with_capacity(record.values.len());
        for node in &record.values {
            values.push(self.eval(node)?);
        }
        Ok(Value::Object(Object::of_shape(record.shape.clone(), values)))
    }

    /// Any other object.
    pub(super) fn object(&mut self, entries: &[Entry]) -> Result<Value, Fault> {
        let mut builder = ObjectBuilder::with_capacity(entries.len());
        self.entries(entries, &mut builder)?;
        Ok(builder.value())
    }

    fn entries(&mut self, entries: &[Entry], builder: &mut ObjectBuilder) -> Result<(), Fault> {
        for entry in entries {
            match entry {
                Entry::Pair(pair) => {
                    if self.holds(pair.condition.as_ref())? {
                        self.pair(pair, builder)?;
                    }
                }
                Entry::Spread(node) => {
                    let value = self.eval(node)?;
                    spread(&value, builder).map_err(|fault| self.located(fault, node.span))?;
                }
            }
        }
        Ok(())
    }

    fn pair(&mut self, pair: &Pair, builder: &mut ObjectBuilder) -> Result<(), Fault> {
        let ns = self.namespace(pair.ns.as_ref())?;
        let mut key = self.key(&pair.name)?;
        if ns.is_some() {
            key.name.ns = ns;
        }
        if let Some(attributes) = &pair.attributes {
            let mut all = ObjectBuilder::with_capacity(attributes.len());
            self.entries(attributes, &mut all)?;
            key.attributes = Some(all.build());
        }
        let value = self.eval(&pair.value)?;
        builder.entry(key, value);
        Ok(())
    }

    /// A key: a Key keeps its namespace and attributes, simple values become text.
    fn key(&mut self, name: &Name) -> Result<Key, Fault> {
        match name {
            Name::Static(name) => Ok(Key { name: QName::from(name.clone()), attributes: None }),
            Name::Dynamic(node) => {
                let value = self.eval(node)?;
                key(&value).map_err(|fault| self.located(fault, node.span))
            }
        }
    }

    /// The namespace of a key, a selector or a step of an update path.
    pub(super) fn namespace(&mut self, prefix: Option<&Prefix>) -> Result<Option<Arc<Namespace>>, Fault> {
        match prefix {
            None => Ok(None),
            Some(Prefix::Static(namespace)) => Ok(Some(namespace.clone())),
            Some(Prefix::Dynamic(node)) => {
                let value = self.eval(node)?;
                let namespace = coerce::to_namespace(&value).map_err(|fault| self.located(fault, node.span))?;
                Ok(Some(namespace))
            }
        }
    }

    /// A name for a selector or an update path.
    pub(super) fn name(&mut self, name: &Name) -> Result<Str, Fault> {
        match name {
            Name::Static(name) => Ok(name.clone()),
            Name::Dynamic(node) => {
                let value = self.eval(node)?;
                Ok(key(&value).map_err(|fault| self.located(fault, node.span))?.name.local)
            }
        }
    }
}

/// A computed key; only text, numbers and Booleans can become one.
fn key(value: &Value) -> Result<Key, Fault> {
    match value.bare() {
        Value::Key(key) => Ok((**key).clone()),
        Value::String(text) => Ok(Key { name: text.clone().into(), attributes: None }),
        Value::Int(_) | Value::Decimal(_) | Value::BigNumber(_) | Value::Boolean(_) => coerce::to_key(value),
        other => {
            let fault = Fault::new(Code::Coercion, format!("a {} cannot be a key", other.type_name()));
            Err(fault.help("a key is a String, Number, Boolean or Key; convert it: `(x as String): …`"))
        }
    }
}

/// Adds the pairs of an object, or of each object of an array; null adds none.
fn spread(value: &Value, builder: &mut ObjectBuilder) -> Result<(), Fault> {
    match value.bare() {
        Value::Null => Ok(()),
        Value::Object(object) => {
            builder.extend(object);
            Ok(())
        }
        Value::Array(array) => spread_all(array, builder),
        other => Err(no_pairs(other)),
    }
}

fn spread_all(array: &Array, builder: &mut ObjectBuilder) -> Result<(), Fault> {
    for item in array.iter() {
        match item?.bare() {
            Value::Object(object) => {
                builder.extend(object);
            }
            other => return Err(no_pairs(other)),
        }
    }
    Ok(())
}

fn no_pairs(value: &Value) -> Fault {
    Fault::new(Code::Coercion, format!("a {} has no pairs to put into an object", value.type_name()))
        .help("`(…)` in an object takes an object, an array of objects, or null")
}
