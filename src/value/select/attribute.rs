//! `.@k`, `.*@k`, `.@`, `.#`, `.^`: what values carry beside themselves. A list has no attributes of its own; the
//! selectors look at its items instead.

use super::{each, found};
use crate::diag::Fault;
use crate::value::{Namespace, Object, ObjectBuilder, Value};
use std::sync::Arc;

/// `.@k`: the attribute of the name; of an array, the list of those of its items.
pub fn attribute(base: &Value, local: &str, ns: Option<&Namespace>) -> Result<Option<Value>, Fault> {
    collect(base, |attributes| attributes.find(local, ns).map(|pair| pair.selected()))
}

/// `.*@k`: all attributes of the name, as a list.
pub fn all_attributes(base: &Value, local: &str, ns: Option<&Namespace>) -> Result<Option<Value>, Fault> {
    let mut values = Vec::new();
    let mut add = |attributes: &Object| {
        let matching = attributes.iter().filter(|pair| pair.name.matches(local, ns));
        values.extend(matching.map(|pair| pair.selected()));
    };
    match base.bare() {
        Value::Array(array) => each(array, |item| {
            item.attributes().into_iter().for_each(&mut add);
            Ok(())
        })?,
        _ => base.attributes().into_iter().for_each(add),
    }
    Ok(found(values))
}

/// `.@`: all attributes, as an object; of an array, the list of those of its items that have some, perhaps empty.
pub fn attributes(base: &Value) -> Result<Option<Value>, Fault> {
    let found = collect(base, |attributes| Some(Value::Object(attributes.clone())))?;
    let list = matches!(base.bare(), Value::Array(_));
    Ok(found.or_else(|| list.then(|| Value::array(Vec::new()))))
}

fn collect(base: &Value, pick: impl Fn(&Object) -> Option<Value>) -> Result<Option<Value>, Fault> {
    let Value::Array(array) = base.bare() else { return Ok(base.attributes().and_then(pick)) };
    let mut values = Vec::new();
    each(array, |item| {
        values.extend(item.attributes().and_then(&pick));
        Ok(())
    })?;
    Ok(found(values))
}

/// `.#`: the namespace of the key that the value was selected from, or of a key itself.
pub fn namespace(base: &Value) -> Option<Value> {
    let ns = match base {
        Value::Tagged(tagged) => tagged.key().and_then(|key| key.ns.clone()),
        // A key always has one: without a namespace it is the empty one.
        Value::Key(key) => Some(key.name.ns.clone().unwrap_or_else(|| Arc::new(Namespace::default()))),
        _ => None,
    };
    ns.map(Value::Namespace)
}

/// `.^k`: an item of the metadata.
pub fn metadata(base: &Value, name: &str) -> Option<Value> {
    base.schema()?.get(name).cloned()
}

/// `.^`: all metadata, as an object, perhaps empty.
pub fn all_metadata(base: &Value) -> Value {
    let mut object = ObjectBuilder::default();
    for (name, value) in base.schema().into_iter().flat_map(|schema| &schema.0) {
        object.field(name, value.clone());
    }
    object.value()
}
