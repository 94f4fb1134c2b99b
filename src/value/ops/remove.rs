//! `-` on arrays and objects: all but the items equal to a value, all but the pairs of a name.

use super::equal;
use super::fault::no_overload;
use crate::diag::Fault;
use crate::value::{Array, Elements, Object, ObjectBuilder, Value, coerce};

/// An array without the items equal to `unwanted`; a sequence stays one.
pub fn item(list: &Array, unwanted: &Value) -> Result<Value, Fault> {
    if let Some(items) = list.known() {
        let mut kept = Vec::with_capacity(items.len());
        for item in items {
            if !equal(item, unwanted)? {
                kept.push(item.clone());
            }
        }
        return Ok(Value::array(kept));
    }
    let unwanted = unwanted.clone();
    let kept = move |items: Elements<'static>| {
        items.filter_map(move |item| match item.and_then(|item| Ok((!equal(&item, &unwanted)?).then_some(item))) {
            Ok(kept) => kept.map(Ok),
            Err(fault) => Some(Err(fault)),
        })
    };
    Ok(Value::Array(list.clone().derive(kept)))
}

/// An object without all pairs of this local name, in any namespace.
pub fn name(object: &Object, left: &Value, name: &Value) -> Result<Value, Fault> {
    let name = coerce::to_text(name).map_err(|_| no_overload("-", &[left, name]))?;
    let mut kept = ObjectBuilder::with_capacity(object.len());
    for pair in object.iter().filter(|pair| pair.name.local != name) {
        kept.copy(pair);
    }
    Ok(kept.value())
}
