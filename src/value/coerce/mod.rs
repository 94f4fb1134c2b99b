//! Conversions: `as`, what parameters and conditions convert by themselves, and the text of a value.
//!
//! - [`coerce`]: `value as Type`
//! - [`accepts`]: `value is Type`
//! - [`convert_argument`]: what a call converts when no overload takes the arguments as they are
//! - [`to_text`], [`to_boolean`], [`to_number`], [`to_key`]: what interpolation, conditions, arithmetic and keys do

mod accept;
mod binary;
mod fault;
mod scalar;

pub use accept::{accepts, same_literal};
pub use fault::{cannot_coerce, cannot_coerce_because};

use super::ty::Simple;
use super::{Array, Elements, Key, Number, QName, Schema, Str, Tagged, Type, Value};
use crate::diag::Fault;

/// `value as ty`: the converted value with the type's metadata as its schema. A schema it had is gone, what it knows
/// of the key it was selected from stays.
///
/// # Errors
/// There is no such conversion, or the value does not fit (rescuable).
pub fn coerce(value: &Value, ty: &Type, schema: &Schema) -> Result<Value, Fault> {
    match ty {
        Type::Any => Ok(Tagged::schema_on(value.clone(), schema.clone())),
        Type::Named(named) => coerce(value, &named.ty, schema),
        Type::Recursive(weak) => match weak.upgrade() {
            Some(named) => coerce(value, &named.ty, schema),
            None => Ok(value.clone()),
        },
        Type::Meta(inner, own) => coerce(value, inner, &merged(own, schema)),
        Type::Union(members) => to_union(value, ty, members, schema),
        Type::Simple(simple) => to_simple(value, *simple, schema),
        Type::Array(_) => {
            let items = match value.bare() {
                Value::Array(_) => value.bare().clone(),
                Value::Range(range) => Value::Array(Array::lazy(Elements::range(range))),
                _ => return Err(cannot_coerce(value, ty)),
            };
            Ok(Tagged::schema_on(items, schema.clone()))
        }
        _ if accepts(ty, value) => Ok(Tagged::schema_on(value.clone(), schema.clone())),
        _ => Err(cannot_coerce(value, ty)),
    }
}

/// What is a member already stays as it is; else the first member that takes it.
fn to_union(value: &Value, ty: &Type, members: &[Type], schema: &Schema) -> Result<Value, Fault> {
    if members.iter().any(|member| accepts(member, value)) {
        return Ok(Tagged::schema_on(value.clone(), schema.clone()));
    }
    let converted = members.iter().find_map(|member| coerce(value, member, schema).ok());
    converted.ok_or_else(|| cannot_coerce(value, ty))
}

fn to_simple(value: &Value, to: Simple, schema: &Schema) -> Result<Value, Fault> {
    let bare = match super::temporal::coerce(value, to, schema) {
        Some(converted) => converted?,
        None => scalar::convert(value, to, schema)?,
    };
    let schema = match to {
        Simple::CData => marked(schema, "cdata"),
        Simple::Enum => marked(schema, "enumeration"),
        Simple::Iterator => marked(schema, "iterator"),
        _ => schema.clone(),
    };
    Ok(Tagged::schema_on(Tagged::key_on(bare, key_of(value)), schema))
}

fn key_of(value: &Value) -> Option<super::KeyTag> {
    match value {
        Value::Tagged(tagged) => tagged.key().cloned(),
        _ => None,
    }
}

/// The types that are text or lists with a mark in their metadata.
fn marked(schema: &Schema, mark: &str) -> Schema {
    let mut schema = schema.clone();
    if schema.get(mark).is_none() {
        schema.0.push((Str::from(mark), Value::Boolean(true)));
    }
    schema
}

/// A type's metadata with that of the conversion on top.
fn merged(own: &Schema, given: &Schema) -> Schema {
    let mut all: Vec<_> = own.0.iter().filter(|(name, _)| given.get(name).is_none()).cloned().collect();
    all.extend(given.0.iter().cloned());
    Schema(all)
}

/// What a call does to an argument that no overload takes as it is: scalars become the parameter's scalar type. `None`
/// where nothing is converted: null, lists, objects, functions; Booleans to numbers and back.
pub fn convert_argument(ty: &Type, value: &Value) -> Option<Value> {
    match ty {
        Type::Named(named) => convert_argument(&named.ty, value),
        Type::Union(members) => members.iter().find_map(|member| convert_argument(member, value)),
        Type::Meta(inner, schema) => match &**inner {
            Type::Simple(simple) if converts(value, *simple) => coerce(value, inner, schema).ok(),
            _ => convert_argument(inner, value),
        },
        Type::Simple(simple) if converts(value, *simple) => to_simple(value, *simple, &Schema::default()).ok(),
        Type::Literal(literal) => {
            let base = Simple::ALL.iter().find(|simple| simple.name() == literal.type_name())?;
            let converted = convert_argument(&Type::Simple(*base), value)?;
            same_literal(literal, &converted).then_some(converted)
        }
        _ => None,
    }
}

/// Whether a call converts this value to this type at all.
fn converts(value: &Value, to: Simple) -> bool {
    match (value.bare(), to) {
        (_, Simple::Null | Simple::Range | Simple::Iterator | Simple::Comparable | Simple::NaN) => false,
        (Value::Null | Value::Array(_) | Value::Object(_) | Value::Range(_) | Value::Function(_), _) => false,
        (_, Simple::String) => true,
        (Value::String(_) | Value::Key(_), _) => true,
        (Value::Boolean(_), Simple::Key) => true,
        (Value::Temporal(_), to) => to != Simple::Key && to != Simple::Boolean,
        (value, Simple::DateTime | Simple::Key | Simple::Binary) => value.as_number().is_some(),
        _ => false,
    }
}

/// The text of a simple value, as `++`, interpolation and JSON keys want it; formats are not looked at.
///
/// # Errors
/// Null, lists, objects, ranges and functions have none (rescuable).
pub fn to_text(value: &Value) -> Result<Str, Fault> {
    match value.bare() {
        Value::String(text) => Ok(text.clone()),
        _ => match to_simple(value.bare(), Simple::String, &Schema::default())?.into_bare() {
            Value::String(text) => Ok(text),
            other => Err(Fault::internal(format!("the text of a value is a {}", other.type_name()))),
        },
    }
}

/// The truth of a condition: a Boolean, or the text `true` or `false` in any case.
///
/// # Errors
/// Anything else (rescuable).
pub fn to_boolean(value: &Value) -> Result<bool, Fault> {
    match value.bare() {
        Value::Boolean(b) => Ok(*b),
        _ => match scalar::convert(value, Simple::Boolean, &Schema::default())? {
            Value::Boolean(b) => Ok(b),
            other => Err(cannot_coerce(&other, &Type::Simple(Simple::Boolean))),
        },
    }
}

/// The number that arithmetic sees: a Number, or text that is one.
///
/// # Errors
/// Anything else (rescuable).
pub fn to_number(value: &Value) -> Result<Number, Fault> {
    let wrong = || cannot_coerce(value, &Type::Simple(Simple::Number));
    match value.as_number() {
        Some(number) => Ok(number),
        None => to_simple(value, Simple::Number, &Schema::default())?.as_number().ok_or_else(wrong),
    }
}

/// The key that a computed key makes: of a Key all of it, of text, a Number or a Boolean the name.
///
/// # Errors
/// Anything else.
pub fn to_key(value: &Value) -> Result<Key, Fault> {
    match value.bare() {
        Value::Key(key) => Ok((**key).clone()),
        Value::String(text) => Ok(Key { name: QName::from(text.clone()), attributes: None }),
        Value::Boolean(_) | Value::Int(_) | Value::Decimal(_) | Value::BigNumber(_) => {
            Ok(Key { name: QName::from(to_text(value)?), attributes: None })
        }
        _ => Err(fault::no_key(value)),
    }
}
