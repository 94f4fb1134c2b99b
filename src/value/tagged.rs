//! Values that carry more than themselves: a schema (`as T {…}`), or the attributes of the key they were selected from.

use super::values::free;
use super::{Namespace, Object, Str, Value};
use std::sync::Arc;

/// Metadata of a value, in the order given: `{format: "0.00", locale: "de"}`.
#[derive(Clone, Debug, Default)]
pub struct Schema(pub Vec<(Str, Value)>);

impl Schema {
    /// The entry of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v)
    }

    /// The text of this entry, if it is a String.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(Value::as_str)
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// What a selected value remembers of its key; `.@` and `.#` read it.
#[derive(Clone, Debug)]
pub struct KeyTag {
    /// The key's namespace.
    pub ns: Option<Arc<Namespace>>,
    /// The key's attributes.
    pub attributes: Option<Object>,
}

/// A value with a schema, a key tag, or both.
#[derive(Clone, Debug)]
pub struct Tagged {
    value: Value,
    schema: Schema,
    key: Option<KeyTag>,
}

impl Tagged {
    /// The bare value; never `Value::Tagged`.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The schema, if there is one.
    pub fn schema(&self) -> Option<&Schema> {
        (!self.schema.is_empty()).then_some(&self.schema)
    }

    /// What is known of the key the value was selected from.
    pub fn key(&self) -> Option<&KeyTag> {
        self.key.as_ref()
    }

    /// `value` with this schema in place of its own; the key tag stays.
    pub fn schema_on(value: Value, schema: Schema) -> Value {
        let key = match &value {
            Value::Tagged(t) => t.key.clone(),
            _ => None,
        };
        Self::wrap(value.into_bare(), schema, key)
    }

    /// `value` with this key tag in place of its own; the schema stays.
    pub fn key_on(value: Value, key: Option<KeyTag>) -> Value {
        let schema = value.schema().cloned().unwrap_or_default();
        Self::wrap(value.into_bare(), schema, key)
    }

    fn wrap(value: Value, schema: Schema, key: Option<KeyTag>) -> Value {
        if schema.is_empty() && key.is_none() {
            return value;
        }
        Value::Tagged(Arc::new(Self { value, schema, key }))
    }
}

/// Metadata may hold values with metadata, however deep: freeing it must not recurse.
impl Drop for Tagged {
    fn drop(&mut self) {
        if !self.schema.is_empty() {
            free(std::mem::take(&mut self.schema));
        }
    }
}
