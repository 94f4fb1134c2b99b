//! `is`: whether a value is of a type. Nothing is converted.

use crate::value::ty::{Field, ObjectType, Simple};
use crate::value::{Object, Pair, QName, Schema, Temporal, Type, Value};

/// Whether the value is of this type. The items of arrays are not looked at; metadata of the type must be on the value.
pub fn accepts(ty: &Type, value: &Value) -> bool {
    match ty {
        Type::Any | Type::Param(_) => true,
        Type::Nothing => false,
        Type::Simple(simple) => is_simple(*simple, value),
        Type::Array(_) => matches!(value.bare(), Value::Array(_)),
        Type::Object(object) => match value.bare() {
            Value::Object(found) => has_fields(object, found),
            _ => false,
        },
        Type::Function(_) => matches!(value.bare(), Value::Function(_)),
        Type::Union(members) => members.iter().any(|member| accepts(member, value)),
        Type::Intersection(members) => members.iter().all(|member| accepts(member, value)),
        Type::Literal(literal) => same_literal(literal, value),
        Type::Named(named) => accepts(&named.ty, value),
        Type::Recursive(weak) => weak.upgrade().is_none_or(|named| accepts(&named.ty, value)),
        Type::Type(_) => matches!(value.bare(), Value::Type(_)),
        Type::Meta(inner, schema) => accepts(inner, value) && has_metadata(schema, value),
    }
}

fn is_simple(simple: Simple, value: &Value) -> bool {
    let marked = |name: &str| matches!(value.schema().and_then(|s| s.get(name)), Some(Value::Boolean(true)));
    match (simple, value.bare()) {
        (Simple::CData, Value::String(_)) => marked("cdata"),
        (Simple::Enum, Value::String(_)) => marked("enumeration"),
        (Simple::Iterator, Value::Array(_)) => marked("iterator"),
        (Simple::Comparable, bare) => {
            let ordered = match bare {
                Value::String(_) | Value::Boolean(_) => true,
                Value::Temporal(temporal) => !matches!(**temporal, Temporal::Period(_)),
                _ => false,
            };
            ordered || bare.as_number().is_some()
        }
        (simple, bare) => bare.type_name() == simple.name(),
    }
}

/// Whether two scalars are the same value of the same kind.
pub fn same_literal(literal: &Value, value: &Value) -> bool {
    match (literal.bare(), value.bare()) {
        (Value::Null, Value::Null) => true,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::String(a), Value::String(b)) => a == b,
        (a, b) => a.as_number().zip(b.as_number()).is_some_and(|(a, b)| a == b),
    }
}

fn has_metadata(wanted: &Schema, value: &Value) -> bool {
    let found = value.schema();
    wanted.0.iter().all(|(name, want)| found.and_then(|s| s.get(name)).is_some_and(|have| same_literal(want, have)))
}

fn has_fields(wanted: &ObjectType, found: &Object) -> bool {
    let fits = wanted.fields.iter().all(|field| has_field(field, found));
    let any_name = wanted.fields.iter().any(|field| field.name.is_none());
    let known =
        |pair: Pair<'_>| wanted.fields.iter().any(|field| field.name.as_ref().is_some_and(|n| named(n, pair.name)));
    fits && (!wanted.closed || any_name || found.iter().all(known))
}

/// A field is there (or optional), once (or repeated), and of its type every time.
fn has_field(field: &Field, found: &Object) -> bool {
    let mut count = 0;
    for pair in found.iter().filter(|pair| field.name.as_ref().is_none_or(|n| named(n, pair.name))) {
        count += 1;
        if !accepts(&field.ty, pair.value) || !has_attributes(field, pair.attributes) {
            return false;
        }
    }
    match count {
        0 => field.optional,
        1 => true,
        _ => field.repeated || field.name.is_none(),
    }
}

fn has_attributes(field: &Field, found: Option<&Object>) -> bool {
    field.attributes.iter().all(|(name, optional, ty)| {
        let attribute = found.and_then(|found| found.iter().find(|pair| named(name, pair.name)));
        attribute.map_or(*optional, |pair| accepts(ty, pair.value))
    })
}

fn named(wanted: &QName, found: &QName) -> bool {
    wanted.local == found.local && wanted.ns == found.ns
}
