//! `.k`, `.*k`, `.&k`: fields by name.

use super::fault::no_parts;
use super::{Finder, each, found, namespace_object};
use crate::diag::Fault;
use crate::value::{Array, Namespace, Object, ObjectBuilder, Value, temporal};

/// `.k`: the first field of the name; of an array, the list of those of its objects. Dates, and text or numbers that
/// convert to one, have parts of fixed names.
pub fn field(base: &Value, local: &str, ns: Option<&Namespace>) -> Result<Option<Value>, Fault> {
    match base.bare() {
        Value::Object(object) => Ok(object.find(local, ns).map(|pair| pair.selected())),
        Value::Null | Value::Range(_) => Ok(None),
        Value::Array(array) => fields_of_items(array, local, ns),
        Value::Namespace(namespace) => Ok(namespace_object(namespace).get(local).cloned()),
        bare => match temporal::select(bare, local) {
            Some(part) => Ok(Some(part).filter(|part| !part.is_null())),
            None => Err(no_parts(format_args!(".{local}"), base)),
        },
    }
}

fn fields_of_items(array: &Array, local: &str, ns: Option<&Namespace>) -> Result<Option<Value>, Fault> {
    let (mut finder, mut values) = (Finder::new(local, ns), Vec::new());
    each(array, |item| {
        if let Value::Object(object) = item.bare() {
            values.extend(finder.first(object).map(|pair| pair.selected()));
        }
        Ok(())
    })?;
    Ok(found(values))
}

/// `.*k`: all fields of the name, also of the objects in an array.
pub fn fields(base: &Value, local: &str, ns: Option<&Namespace>) -> Result<Option<Value>, Fault> {
    let mut values = Vec::new();
    each_object(base, ".*", local, |object| {
        values.extend(Finder::new(local, ns).all(object).map(|pair| pair.selected()));
    })?;
    Ok(found(values))
}

/// `.&k`: an object of all pairs of the name; of an array, the list of such objects.
pub fn pairs(base: &Value, local: &str, ns: Option<&Namespace>) -> Result<Option<Value>, Fault> {
    let mut objects = Vec::new();
    each_object(base, ".&", local, |object| objects.extend(matching_pairs(&mut Finder::new(local, ns), object)))?;
    match base.bare() {
        Value::Array(_) => Ok(found(objects)),
        _ => Ok(objects.pop()),
    }
}

/// The pairs of the name as an object, if there are any.
pub(super) fn matching_pairs(finder: &mut Finder<'_>, object: &Object) -> Option<Value> {
    let mut builder = ObjectBuilder::default();
    for pair in finder.all(object) {
        builder.pair(pair.name.clone(), pair.attributes.cloned(), pair.value.clone());
    }
    (!builder.is_empty()).then(|| builder.value())
}

/// Calls `f` with the object itself, or with the objects in an array.
fn each_object(base: &Value, selector: &str, local: &str, mut f: impl FnMut(&Object)) -> Result<(), Fault> {
    match base.bare() {
        Value::Object(object) => f(object),
        Value::Namespace(namespace) => f(&namespace_object(namespace)),
        Value::Null | Value::Range(_) => {}
        Value::Array(array) => each(array, |item| {
            if let Value::Object(object) = item.bare() {
                f(object);
            }
            Ok(())
        })?,
        _ => return Err(no_parts(format_args!("{selector}{local}"), base)),
    }
    Ok(())
}
