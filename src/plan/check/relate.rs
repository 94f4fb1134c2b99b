//! Whether a value of one type can stand where another is wanted. Where types do not tell, the answer is yes.

use super::unknown::unknown;
use crate::value::ty::{Field, FunctionType, ObjectType, Simple};
use crate::value::{Type, Value};

/// How deep types are compared; beyond, they count as fitting.
const DEEPEST: usize = 24;

/// Whether what is `given` is what is `wanted`; no conversions. What may be anything is not.
pub fn fits(given: &Type, wanted: &Type) -> bool {
    fits_at(given, wanted, 0)
}

/// Whether an argument may be passed as it is: what is declared to be `Any` is looked at when it comes.
pub fn passes(given: &Type, wanted: &Type) -> bool {
    matches!(given, Type::Any) || fits(given, wanted)
}

/// Whether `given` may be passed as an argument: scalars are converted to the parameter's type.
pub fn fits_argument(given: &Type, wanted: &Type) -> bool {
    match given {
        Type::Any => true,
        Type::Union(members) => members.iter().all(|member| fits_argument(member, wanted)),
        _ => fits(given, wanted) || converts(given, wanted),
    }
}

/// The type behind names, metadata and recursion.
pub fn resolve(ty: &Type) -> Type {
    match ty {
        Type::Named(named) => resolve(&named.ty),
        Type::Meta(inner, _) => resolve(inner),
        // The declaration is gone only if nothing can reach it any more; then nothing is known.
        Type::Recursive(weak) => weak.upgrade().map_or_else(unknown, Type::Named),
        other => other.clone(),
    }
}

/// The types of a union, or the type itself.
pub fn members(ty: &Type) -> Vec<Type> {
    match resolve(ty) {
        Type::Union(members) => members.to_vec(),
        other => vec![other],
    }
}

fn fits_at(given: &Type, wanted: &Type, depth: usize) -> bool {
    if depth > DEEPEST {
        return true;
    }
    let (given, wanted) = (resolve(given), resolve(wanted));
    let deeper = |given: &Type, wanted: &Type| fits_at(given, wanted, depth + 1);
    match (&given, &wanted) {
        (Type::Nothing | Type::Param(_) | Type::Recursive(_) | Type::Named(_), _) => true,
        (_, Type::Any | Type::Param(_) | Type::Recursive(_) | Type::Named(_)) => true,
        (Type::Union(members), _) => members.iter().all(|member| deeper(member, &wanted)),
        (_, Type::Union(members)) => members.iter().any(|member| deeper(&given, member)),
        (_, Type::Intersection(members)) => members.iter().all(|member| deeper(&given, member)),
        (Type::Intersection(members), _) => members.iter().any(|member| deeper(member, &wanted)),
        (Type::Literal(a), Type::Literal(b)) => same_literal(a, b),
        (Type::Literal(a), _) => literal_base(a).is_none_or(|base| deeper(&Type::Simple(base), &wanted)),
        (_, Type::Literal(b)) => literal_base(b).is_none_or(|base| deeper(&given, &Type::Simple(base))),
        (Type::Simple(a), Type::Simple(b)) => simple_fits(*a, *b),
        (Type::Simple(Simple::Range | Simple::Iterator), Type::Array(_)) => true,
        (Type::Array(_), Type::Simple(Simple::Iterator)) => true,
        (Type::Array(a), Type::Array(b)) => deeper(a, b),
        (Type::Object(a), Type::Object(b)) => object_fits(a, b, depth),
        (Type::Function(Some(a)), Type::Function(Some(b))) => function_fits(a, b, depth),
        (Type::Function(_), Type::Function(_)) | (Type::Type(_), Type::Type(_)) => true,
        _ => false,
    }
}

fn simple_fits(given: Simple, wanted: Simple) -> bool {
    match (given, wanted) {
        (Simple::CData | Simple::Enum, Simple::String) => true,
        (a, Simple::Comparable) => !matches!(a, Simple::Null),
        (a, b) => a == b,
    }
}

fn object_fits(given: &ObjectType, wanted: &ObjectType, depth: usize) -> bool {
    let present = |field: &Field| given.fields.iter().find(|g| same_name(g, field));
    let fields_fit = wanted.fields.iter().all(|field| match present(field) {
        Some(known) => fits_at(&known.ty, &field.ty, depth + 1),
        None => field.optional || field.name.is_none() || !given.closed,
    });
    let nothing_more = !wanted.closed
        || wanted.fields.iter().any(|f| f.name.is_none())
        || given.fields.iter().all(|g| wanted.fields.iter().any(|field| same_name(g, field)));
    fields_fit && nothing_more
}

fn same_name(a: &Field, b: &Field) -> bool {
    match (&a.name, &b.name) {
        (Some(a), Some(b)) => a.local == b.local,
        _ => false,
    }
}

/// A callback may have fewer parameters than it is offered, and must give what is wanted.
fn function_fits(given: &FunctionType, wanted: &FunctionType, depth: usize) -> bool {
    let required = given.params.iter().filter(|(_, _, optional)| !optional).count();
    required <= wanted.params.len() && result_fits(&given.result, &wanted.result, depth)
}

/// Results are converted like arguments, but only text and Boolean into each other's type.
fn result_fits(given: &Type, wanted: &Type, depth: usize) -> bool {
    matches!(given, Type::Any) || fits_at(given, wanted, depth + 1) || converts(given, wanted)
}

fn same_literal(a: &Value, b: &Value) -> bool {
    match (a.bare(), b.bare()) {
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (a, b) => match (a.as_number(), b.as_number()) {
            (Some(a), Some(b)) => a == b,
            _ => false,
        },
    }
}

/// The simple type of a literal; `None` where it has none.
pub fn literal_base(value: &Value) -> Option<Simple> {
    match value.bare() {
        Value::Null => Some(Simple::Null),
        Value::Boolean(_) => Some(Simple::Boolean),
        Value::String(_) => Some(Simple::String),
        other => other.as_number().map(|_| Simple::Number),
    }
}

/// Whether an argument of a scalar type is converted to the parameter's type. A literal text must convert; any other
/// text may.
fn converts(given: &Type, wanted: &Type) -> bool {
    let wanted = resolve(wanted);
    if let Type::Union(members) = &wanted {
        return members.iter().any(|member| converts(given, member));
    }
    let Type::Simple(wanted) = wanted else { return false };
    let given = resolve(given);
    let base = match &given {
        Type::Literal(value) => literal_base(value),
        Type::Simple(simple) => Some(*simple),
        Type::Type(_) => return wanted == Simple::String,
        _ => None,
    };
    let Some(base) = base else { return false };
    match (base, wanted) {
        (Simple::Null, _) | (_, Simple::Null) => false,
        (Simple::String, Simple::Number) => number_text(&given),
        (Simple::String, Simple::Boolean) => boolean_text(&given),
        (_, Simple::String | Simple::Key | Simple::CData) => base != Simple::Range,
        (Simple::String | Simple::Key, _) => true,
        (Simple::Boolean, Simple::Number) | (Simple::Number, Simple::Boolean) => false,
        (a, b) => is_temporal(a) && (is_temporal(b) || b == Simple::Number) || a == Simple::Number,
    }
}

fn number_text(ty: &Type) -> bool {
    match ty {
        Type::Literal(value) => value.as_str().is_none_or(|text| text.trim().parse::<f64>().is_ok()),
        _ => true,
    }
}

fn boolean_text(ty: &Type) -> bool {
    match ty {
        Type::Literal(value) => {
            value.as_str().is_none_or(|text| text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false"))
        }
        _ => true,
    }
}

/// Whether it is one of the seven types of dates, times, zones and periods.
pub fn is_temporal(simple: Simple) -> bool {
    matches!(
        simple,
        Simple::Date
            | Simple::Time
            | Simple::LocalTime
            | Simple::DateTime
            | Simple::LocalDateTime
            | Simple::TimeZone
            | Simple::Period
    )
}
