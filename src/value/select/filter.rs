//! `[?(condition)]`: items or pairs that meet a condition.

use super::fault::no_parts;
use super::{found, namespace_object};
use crate::diag::Fault;
use crate::value::{Object, ObjectBuilder, Value};
use std::sync::Arc;

/// The items of an array, or the pairs of an object, for which `keep(value, index or key)` holds. Nothing kept is
/// nothing found.
pub fn filter(base: &Value, keep: &mut dyn FnMut(Value, Value) -> Result<bool, Fault>) -> Result<Option<Value>, Fault> {
    match base.bare() {
        Value::Null => Ok(None),
        Value::Object(object) => filter_object(object, keep),
        Value::Namespace(namespace) => filter_object(&namespace_object(namespace), keep),
        _ => {
            let items = base.elements().ok_or_else(|| no_parts("[?(…)]", base))?;
            let mut kept = Vec::new();
            for (index, item) in items.enumerate() {
                let item = item?;
                if keep(item.clone(), Value::count(index))? {
                    kept.push(item);
                }
            }
            Ok(found(kept))
        }
    }
}

fn filter_object(
    object: &Object,
    keep: &mut dyn FnMut(Value, Value) -> Result<bool, Fault>,
) -> Result<Option<Value>, Fault> {
    let mut kept = ObjectBuilder::default();
    for pair in object.iter() {
        if keep(pair.selected(), Value::Key(Arc::new(pair.key())))? {
            kept.pair(pair.name.clone(), pair.attributes.cloned(), pair.value.clone());
        }
    }
    Ok((!kept.is_empty()).then(|| kept.value()))
}
