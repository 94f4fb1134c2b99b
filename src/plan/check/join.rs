//! Types of values, and the one type of several.

use super::relate::{fits, resolve};
use super::unknown::{is_unknown, unknown};
use crate::value::ty::{Field, ObjectType, Simple};
use crate::value::{Type, Value};
use std::sync::Arc;

/// Of how many different members a union may be before it counts as unknown.
const WIDEST: usize = 8;
/// How many items or fields of a constant are looked at.
const LOOKED_AT: usize = 64;

/// The type of a constant.
pub fn of_value(value: &Value) -> Type {
    match value.bare() {
        Value::Null => Type::Simple(Simple::Null),
        Value::Boolean(_) | Value::String(_) | Value::Int(_) | Value::Decimal(_) | Value::BigNumber(_) => {
            Type::Literal(value.bare().clone())
        }
        Value::Array(items) => match items.known() {
            Some(items) if items.len() <= LOOKED_AT => {
                Type::Array(Arc::new(join(items.iter().map(of_value).collect())))
            }
            _ => Type::Array(Arc::new(unknown())),
        },
        Value::Object(object) if object.len() <= LOOKED_AT => {
            let fields = object.iter().map(|pair| Field {
                name: Some(pair.name.clone()),
                attributes: Vec::new(),
                optional: false,
                repeated: false,
                ty: of_value(pair.value),
            });
            Type::Object(Arc::new(ObjectType { fields: fields.collect(), closed: true, ordered: false }))
        }
        Value::Object(_) => Type::Object(Arc::default()),
        other => simple_named(other.type_name()),
    }
}

fn simple_named(name: &str) -> Type {
    Simple::ALL.iter().find(|s| s.name() == name).map_or_else(unknown, |s| Type::Simple(*s))
}

/// One type for values of several: their union without repetition, unknown if one is or they are too many, `Any` if one is.
pub fn join(types: Vec<Type>) -> Type {
    let mut members: Vec<Type> = Vec::new();
    if types.iter().any(is_unknown) {
        return unknown();
    }
    for ty in types {
        match ty {
            Type::Any => return Type::Any,
            Type::Nothing => {}
            Type::Union(inner) => inner.iter().for_each(|member| add(&mut members, member.clone())),
            other => add(&mut members, other),
        }
        // Each new type is compared with all before it: of many items that are all different, none is looked at.
        if members.len() > WIDEST {
            return unknown();
        }
    }
    match members.len() {
        0 => Type::Nothing,
        1 => members.remove(0),
        _ => Type::Union(members.into()),
    }
}

fn add(members: &mut Vec<Type>, ty: Type) {
    if !members.iter().any(|known| same(known, &ty)) {
        members.push(ty);
    }
}

fn same(a: &Type, b: &Type) -> bool {
    fits(a, b)
        && fits(b, a)
        && !matches!((a, b), (Type::Literal(_), Type::Simple(_)) | (Type::Simple(_), Type::Literal(_)))
}

/// The type without its null: what `default` leaves of its left side.
pub fn without_null(ty: &Type) -> Type {
    let is_null = |ty: &Type| matches!(ty, Type::Simple(Simple::Null));
    match resolve(ty) {
        Type::Union(members) => join(members.iter().filter(|m| !is_null(m)).cloned().collect()),
        other if is_null(&other) => Type::Nothing,
        _ => ty.clone(),
    }
}
