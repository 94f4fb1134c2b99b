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
mod shown;

pub use accept::{accepts, same_literal};
pub use fault::{cannot_coerce, cannot_coerce_because};

use super::select::namespace_object;
use super::ty::Simple;
use super::{Array, Elements, Key, Namespace, Number, QName, Schema, Str, Tagged, Type, Value, temporal};
use crate::diag::Fault;
use lean_string::ToLeanString;
use std::sync::Arc;

/// `value as ty`: the converted value. Its metadata is `schema` and what the type has besides; a schema it had is gone,
/// what it knows of the key it was selected from stays.
///
/// # Errors
/// There is no such conversion, or the value does not fit (rescuable); a wrong option.
pub fn coerce(value: &Value, ty: &Type, schema: &Schema) -> Result<Value, Fault> {
    Ok(Tagged::key_on(converted(value, ty, schema)?, key_of(value)))
}

fn key_of(value: &Value) -> Option<super::KeyTag> {
    match value {
        Value::Tagged(tagged) => tagged.key().cloned(),
        _ => None,
    }
}

fn converted(value: &Value, ty: &Type, schema: &Schema) -> Result<Value, Fault> {
    let kept = || Tagged::schema_on(value.bare().clone(), schema.clone());
    match ty {
        Type::Any | Type::Param(_) => Ok(kept()),
        Type::Simple(simple) => to_simple(value, *simple, schema),
        Type::Named(named) => converted(value, &named.ty, schema),
        Type::Recursive(weak) => match weak.upgrade() {
            Some(named) => converted(value, &named.ty, schema),
            None => Ok(kept()),
        },
        Type::Meta(inner, own) => converted(value, inner, &merged(schema, own)),
        Type::Union(members) => to_union(value, ty, members, schema),
        Type::Intersection(members) => {
            members.iter().try_fold(kept(), |value, member| converted(&value, member, schema))
        }
        Type::Literal(literal) => to_literal(value, literal).ok_or_else(|| cannot_coerce(value, ty)),
        Type::Array(_) => match value.bare() {
            Value::Range(range) => Ok(Value::Array(Array::lazy(Elements::range(range))).with_schema(schema.clone())),
            Value::Array(_) => Ok(kept()),
            _ => Err(cannot_coerce(value, ty)),
        },
        Type::Object(shape) => match value.bare() {
            Value::Namespace(namespace) if shape.fields.is_empty() => {
                Ok(Value::Object(namespace_object(namespace)).with_schema(schema.clone()))
            }
            _ if accepts(ty, value) => Ok(kept()),
            _ => Err(cannot_coerce(value, ty)),
        },
        // Callbacks may have fewer parameters than they are offered arguments, so any function will do.
        Type::Function(_) if matches!(value.bare(), Value::Function(_)) => Ok(kept()),
        Type::Nothing | Type::Type(_) if accepts(ty, value) => Ok(kept()),
        Type::Nothing | Type::Function(_) | Type::Type(_) => Err(cannot_coerce(value, ty)),
    }
}

/// The first member that the value is of, else the first that takes it.
fn to_union(value: &Value, ty: &Type, members: &[Type], schema: &Schema) -> Result<Value, Fault> {
    if let Some(member) = members.iter().find(|member| accepts(member, value)) {
        return converted(value, member, schema);
    }
    let converted = members.iter().find_map(|member| converted(value, member, schema).ok());
    converted.ok_or_else(|| cannot_coerce(value, ty))
}

/// A literal's type takes what is equal to it once converted to the literal's own type.
fn to_literal(value: &Value, literal: &Value) -> Option<Value> {
    let own = match literal.bare() {
        Value::String(_) => Simple::String,
        Value::Boolean(_) => Simple::Boolean,
        Value::Null => Simple::Null,
        _ => Simple::Number,
    };
    let converted = to_simple(value, own, &Schema::default()).ok()?;
    same_literal(literal, &converted).then_some(converted)
}

fn to_simple(value: &Value, to: Simple, schema: &Schema) -> Result<Value, Fault> {
    let temporal = match to {
        Simple::CData | Simple::Enum => temporal::coerce(value, Simple::String, schema),
        Simple::Comparable => None,
        _ => temporal::coerce(value, to, schema),
    };
    let bare = temporal.unwrap_or_else(|| scalar::convert(value, to, schema))?;
    let mark = match to {
        Simple::CData => "cdata",
        Simple::Enum => "enumeration",
        Simple::Iterator => "iterator",
        Simple::NaN => "NaN",
        _ => return Ok(bare.with_schema(schema.clone())),
    };
    // Text or a list with a mark in its metadata.
    Ok(bare.with_schema(merged(schema, &Schema(vec![(Str::from(mark), Value::Boolean(true))]))))
}

/// The metadata of a conversion, then what the type has besides.
fn merged(given: &Schema, own: &Schema) -> Schema {
    let rest = own.0.iter().filter(|(name, _)| given.get(name).is_none());
    Schema(given.0.iter().chain(rest).cloned().collect())
}

/// What a call does to an argument that no overload takes as it is: what `as` does, but null and objects are never
/// converted. `None` where there is no such conversion.
pub fn convert_argument(ty: &Type, value: &Value) -> Option<Value> {
    match value.bare() {
        Value::Null | Value::Object(_) => None,
        _ => coerce(value, ty, &Schema::default()).ok(),
    }
}

/// The text of a simple value, as `++`, interpolation and JSON keys want it; formats are not looked at.
///
/// # Errors
/// Null, lists, objects, ranges and functions have none (rescuable).
pub fn to_text(value: &Value) -> Result<Str, Fault> {
    Ok(match value.bare() {
        Value::String(text) => text.clone(),
        Value::Boolean(b) => b.to_lean_string(),
        Value::Int(n) => n.to_lean_string(),
        Value::Key(key) => key.name.local.clone(),
        Value::Binary(bytes) => Str::from(String::from_utf8_lossy(bytes)),
        Value::Regex(regex) => Str::from(regex.source()),
        Value::Type(ty) => ty.to_lean_string(),
        Value::Namespace(namespace) => namespace.uri.clone(),
        Value::Uri(uri) => Str::from(uri.as_str()),
        Value::Temporal(temporal) => temporal.to_lean_string(),
        bare => match bare.as_number() {
            Some(number) => number.to_lean_string(),
            None => return Err(cannot_coerce(value, &Type::Simple(Simple::String))),
        },
    })
}

/// The namespace that a name is put into.
///
/// # Errors
/// The value is no Namespace and does not describe one (rescuable).
pub fn to_namespace(value: &Value) -> Result<Arc<Namespace>, Fault> {
    let ty = Type::Simple(Simple::Namespace);
    match coerce(value, &ty, &Schema::default())?.bare() {
        Value::Namespace(namespace) => Ok(namespace.clone()),
        _ => Err(cannot_coerce(value, &ty)),
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
