//! `..` and its kin: descendants, depth first, parents before their children, the value itself left out.

use super::fault::no_parts;
use super::field::matching_pairs;
use super::{Finder, each, found, namespace_object};
use crate::diag::Fault;
use crate::value::array::check_room;
use crate::value::{Elements, Namespace, Object, Pair, Value, depth};

/// A stop on the way down.
enum Stop<'a> {
    /// An object, before its fields.
    Object(&'a Object),
    /// A field, before what is in it.
    Field(Pair<'a>),
    /// An item, before what is in it.
    Item(&'a Value),
}

/// `..`: all descendants.
pub fn descendants(base: &Value) -> Result<Value, Fault> {
    let mut values = Vec::new();
    walk(base, "..", &mut |stop| {
        match stop {
            Stop::Object(_) => {}
            Stop::Field(pair) => values.push(pair.selected()),
            Stop::Item(item) => values.push(item.clone()),
        }
        check_room(values.len())
    })?;
    Ok(Value::array(values))
}

/// `..k`: the first field of the name of each object at any depth.
pub fn deep_field(base: &Value, local: &str, ns: Option<&Namespace>) -> Result<Option<Value>, Fault> {
    let (mut finder, mut values) = (Finder::new(local, ns), Vec::new());
    walk(base, "..", &mut |stop| {
        if let Stop::Object(object) = stop {
            values.extend(finder.first(object).map(|pair| pair.selected()));
        }
        check_room(values.len())
    })?;
    Ok(found(values))
}

/// `..*k`: all fields of the name at any depth.
pub fn deep_fields(base: &Value, local: &str, ns: Option<&Namespace>) -> Result<Option<Value>, Fault> {
    let (mut finder, mut values) = (Finder::new(local, ns), Vec::new());
    walk(base, "..*", &mut |stop| {
        if let Stop::Object(object) = stop {
            values.extend(finder.all(object).map(|pair| pair.selected()));
        }
        check_room(values.len())
    })?;
    Ok(found(values))
}

/// `..&k`: for each object at any depth that has fields of the name, an object of them.
pub fn deep_pairs(base: &Value, local: &str, ns: Option<&Namespace>) -> Result<Option<Value>, Fault> {
    let (mut finder, mut values) = (Finder::new(local, ns), Vec::new());
    walk(base, "..&", &mut |stop| {
        if let Stop::Object(object) = stop {
            values.extend(matching_pairs(&mut finder, object));
        }
        check_room(values.len())
    })?;
    Ok(found(values))
}

/// `..@k`: the attribute of the name of each key at any depth.
pub fn deep_attribute(base: &Value, local: &str, ns: Option<&Namespace>) -> Result<Option<Value>, Fault> {
    let mut values = Vec::new();
    each_attributes(base, |attributes| {
        values.extend(attributes.find(local, ns).map(|pair| pair.selected()));
        check_room(values.len())
    })?;
    Ok(found(values))
}

/// `..@`: the attributes of each key at any depth that has some.
pub fn deep_attributes(base: &Value) -> Result<Value, Fault> {
    let mut values = Vec::new();
    each_attributes(base, |attributes| {
        values.push(Value::Object(attributes.clone()));
        check_room(values.len())
    })?;
    Ok(Value::array(values))
}

/// The attributes of the value's own key come first.
fn each_attributes(base: &Value, mut f: impl FnMut(&Object) -> Result<(), Fault>) -> Result<(), Fault> {
    base.attributes().map_or(Ok(()), &mut f)?;
    walk(base, "..@", &mut |stop| match stop {
        Stop::Object(_) => Ok(()),
        Stop::Field(pair) => pair.attributes.map_or(Ok(()), &mut f),
        Stop::Item(item) => item.attributes().map_or(Ok(()), &mut f),
    })
}

/// Visits everything below `base`, which must be an array or an object.
fn walk(base: &Value, selector: &str, visit: &mut dyn FnMut(Stop<'_>) -> Result<(), Fault>) -> Result<(), Fault> {
    match base.bare() {
        Value::Namespace(namespace) => descend(&Value::Object(namespace_object(namespace)), 0, visit),
        Value::Array(_) | Value::Object(_) | Value::Range(_) => descend(base, 0, visit),
        _ => Err(no_parts(selector, base)),
    }
}

fn descend(value: &Value, level: usize, visit: &mut dyn FnMut(Stop<'_>) -> Result<(), Fault>) -> Result<(), Fault> {
    match value.bare() {
        Value::Object(object) => {
            depth::check(level)?;
            visit(Stop::Object(object))?;
            depth::with_stack(|| {
                object.iter().try_for_each(|pair| {
                    visit(Stop::Field(pair))?;
                    descend(pair.value, level + 1, visit)
                })
            })
        }
        Value::Array(array) => {
            depth::check(level)?;
            depth::with_stack(|| {
                each(array, |item| {
                    visit(Stop::Item(item))?;
                    descend(item, level + 1, visit)
                })
            })
        }
        Value::Range(range) => Elements::range(range).try_for_each(|item| visit(Stop::Item(&item?))),
        _ => Ok(()),
    }
}
