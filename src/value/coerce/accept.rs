//! `is`: whether a value is of a type. Nothing is converted.

use crate::value::ty::{Field, ObjectType, Simple};
use crate::value::{Object, Pair, QName, Schema, Temporal, Type, Value, depth};

/// Whether the value is of this type. The items of arrays are not looked at; metadata of the type must be on the value.
pub fn accepts(ty: &Type, value: &Value) -> bool {
    accepts_at(ty, value, 0)
}

fn accepts_at(ty: &Type, value: &Value, level: usize) -> bool {
    match ty {
        Type::Any | Type::Param(_) => true,
        Type::Nothing => false,
        Type::Simple(simple) => is_simple(*simple, value),
        Type::Array(_) => matches!(value.bare(), Value::Array(_)),
        Type::Object(object) => match value.bare() {
            Value::Object(found) => has_fields(object, found, level),
            _ => false,
        },
        Type::Function(signature) => match value.bare() {
            Value::Function(function) => {
                signature.as_ref().is_none_or(|wanted| function.takes_count(wanted.params.len()))
            }
            _ => false,
        },
        Type::Union(members) => members.iter().any(|member| accepts_at(member, value, level)),
        Type::Intersection(members) => members.iter().all(|member| accepts_at(member, value, level)),
        Type::Literal(literal) => same_literal(literal, value),
        Type::Named(named) => accepts_at(&named.ty, value, level),
        Type::Recursive(weak) => weak.upgrade().is_none_or(|named| accepts_at(&named.ty, value, level)),
        Type::Type(_) => matches!(value.bare(), Value::Type(_)),
        Type::Meta(inner, schema) => accepts_at(inner, value, level) && has_metadata(schema, value),
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
        (Simple::NaN, Value::Null) => marked("NaN"),
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

/// Named fields take the pairs of their names, in any order; `_` takes all others.
fn has_fields(wanted: &ObjectType, found: &Object, level: usize) -> bool {
    if level > depth::MAX_DEPTH {
        return false;
    }
    let taken =
        |pair: &Pair<'_>| wanted.fields.iter().any(|field| field.name.as_ref().is_some_and(|n| takes(n, pair.name)));
    let fits = |field: &Field| match &field.name {
        Some(name) => {
            let own: Vec<_> = found.iter().filter(|pair| takes(name, pair.name)).collect();
            (own.len() < 2 || field.repeated) && has_pairs(field, &own, level)
        }
        None => has_pairs(field, &found.iter().filter(|pair| !taken(pair)).collect::<Vec<_>>(), level),
    };
    let others = wanted.fields.iter().any(|field| field.name.is_none());
    let complete = || !wanted.closed || others || found.iter().all(|pair| taken(&pair));
    depth::with_stack(|| wanted.fields.iter().all(fits) && complete())
}

/// There is a pair (or need not be), and all are of the field's type.
fn has_pairs(field: &Field, pairs: &[Pair<'_>], level: usize) -> bool {
    let fits = |pair: &Pair<'_>| accepts_at(&field.ty, pair.value, level + 1) && has_attributes(field, pair.attributes);
    (field.optional || !pairs.is_empty()) && pairs.iter().all(fits)
}

fn has_attributes(field: &Field, found: Option<&Object>) -> bool {
    field.attributes.iter().all(|(name, optional, ty)| {
        let attribute = found.and_then(|found| found.find(&name.local, name.ns.as_deref()));
        attribute.map_or(*optional, |pair| accepts(ty, pair.value))
    })
}

/// A name without a namespace takes any.
fn takes(wanted: &QName, found: &QName) -> bool {
    found.matches(&wanted.local, wanted.ns.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::ObjectBuilder;
    use std::sync::Arc;

    fn object(pairs: &[(&str, Value)]) -> Value {
        let mut builder = ObjectBuilder::default();
        for (name, value) in pairs {
            builder.field(name, value.clone());
        }
        builder.value()
    }

    /// `a*?` and the like, of type Number; `_` is any other key.
    fn shape(fields: &[&str], closed: bool) -> Type {
        let field = |text: &&str| {
            let name = text.trim_end_matches(['*', '?']);
            Field {
                name: (name != "_").then(|| QName::local(name)),
                attributes: Vec::new(),
                optional: text.contains('?'),
                repeated: text.contains('*'),
                ty: Type::Simple(Simple::Number),
            }
        };
        Type::Object(Arc::new(ObjectType { fields: fields.iter().map(field).collect(), closed, ordered: false }))
    }

    #[test]
    fn object_types() {
        let (one, text) = (Value::Int(1), Value::from("x"));
        type Case<'a> = (&'a [(&'a str, Value)], &'a [&'a str], bool, bool);
        let cases: &[Case<'_>] = &[
            (&[("a", one.clone()), ("b", text.clone())], &["a"], false, true),
            (&[("a", one.clone()), ("b", text.clone())], &["a"], true, false),
            (&[("a", text.clone())], &["a"], false, false),
            (&[], &["a"], false, false),
            (&[], &["a?"], true, true),
            (&[], &["a*"], false, false),
            (&[("a", one.clone()), ("a", one.clone())], &["a"], false, false),
            (&[("a", one.clone()), ("a", one.clone())], &["a*"], true, true),
            (&[("a", one.clone()), ("a", text.clone())], &["a*"], false, false),
            (&[("y", one.clone()), ("z", one.clone())], &["_"], true, true),
            (&[("y", one.clone()), ("z", text.clone())], &["_"], false, false),
            (&[("a", one.clone())], &["a", "_"], false, false),
            (&[("a", one.clone())], &["_?", "a"], true, true),
            (&[], &[], true, true),
        ];
        for (pairs, fields, closed, expected) in cases {
            assert_eq!(accepts(&shape(fields, *closed), &object(pairs)), *expected, "{pairs:?} {fields:?} {closed}");
        }
    }

    #[test]
    fn metadata_must_be_there() {
        let schema = |format: &str| Schema(vec![("format".into(), format.into()), ("x".into(), Value::Null)]);
        let wanted = Schema(vec![("format".into(), "0".into())]);
        let ty = Type::Meta(Arc::new(Type::Simple(Simple::Number)), wanted);
        assert!(accepts(&ty, &Value::Int(1).with_schema(schema("0"))));
        assert!(!accepts(&ty, &Value::Int(1).with_schema(schema("1"))));
        assert!(!accepts(&ty, &Value::Int(1)));
    }
}
