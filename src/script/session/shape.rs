//! The type of a value as a declaration would write it, from the data itself.

use crate::diag::Fault;
use crate::format::dw;
use crate::value::{Object, Type, Value, depth};

/// How many items of a list are looked at.
const ITEMS: usize = 100;
/// How deep it goes before it says `Any`.
const DEEPEST: usize = 8;

/// A type found in data.
#[derive(Clone, Debug, PartialEq)]
enum Shape {
    Plain(String),
    /// The type of the items; `None` for a list without any.
    Array(Option<Box<Shape>>),
    /// Name, type, and whether it may be missing.
    Object(Vec<(String, Shape, bool)>),
    Union(Vec<Shape>),
}

/// The type of a value, over several lines where it has parts of parts.
///
/// # Errors
/// Items of a list that cannot be computed.
pub fn type_of(value: &Value) -> Result<String, Fault> {
    let mut text = String::new();
    shape(value, 0)?.write(&mut text, 0);
    Ok(text)
}

fn shape(value: &Value, level: usize) -> Result<Shape, Fault> {
    if level == DEEPEST {
        return Ok(Shape::Plain("Any".into()));
    }
    Ok(match value.bare() {
        Value::Object(object) => of_object(object, level)?,
        Value::Range(_) => Shape::Array(Some(Box::new(Shape::Plain("Number".into())))),
        Value::Array(array) => {
            let mut items: Option<Shape> = None;
            for item in array.iter().take(ITEMS) {
                let item = depth::with_stack(|| shape(&item?, level + 1))?;
                items = Some(match items {
                    None => item,
                    Some(known) => join(known, item),
                });
            }
            Shape::Array(items.map(Box::new))
        }
        Value::Function(function) => {
            let signature = function.signature();
            let params: Vec<_> = signature.params.iter().map(|(name, ty, _)| format!("{name}: {ty}")).collect();
            Shape::Plain(format!("({}) -> {}", params.join(", "), signature.result))
        }
        other => Shape::Plain(Type::of(other).to_string()),
    })
}

fn of_object(object: &Object, level: usize) -> Result<Shape, Fault> {
    let mut fields: Vec<(String, Shape, bool)> = Vec::new();
    for pair in object.iter() {
        let found = depth::with_stack(|| shape(pair.value, level + 1))?;
        match fields.iter_mut().find(|(name, ..)| *name == pair.name.local.as_str()) {
            Some((_, known, _)) => *known = join(known.clone(), found),
            None => fields.push((pair.name.local.to_string(), found, false)),
        }
    }
    Ok(Shape::Object(fields))
}

/// The type of values of either type.
fn join(one: Shape, other: Shape) -> Shape {
    match (one, other) {
        (one, other) if one == other => one,
        (Shape::Array(one), Shape::Array(other)) => Shape::Array(match (one, other) {
            (Some(one), Some(other)) => Some(Box::new(join(*one, *other))),
            (one, other) => one.or(other),
        }),
        (Shape::Object(one), Shape::Object(other)) => Shape::Object(join_fields(one, other)),
        (Shape::Union(parts), other) => join_parts(parts, other),
        (one, Shape::Union(parts)) => join_parts(parts, one),
        (one, other) => Shape::Union(vec![one, other]),
    }
}

fn join_parts(mut parts: Vec<Shape>, other: Shape) -> Shape {
    let same_kind = |part: &Shape| std::mem::discriminant(part) == std::mem::discriminant(&other);
    match parts.iter().position(|part| *part == other || same_kind(part) && !matches!(part, Shape::Plain(_))) {
        Some(at) => parts[at] = join(parts[at].clone(), other),
        None => parts.push(other),
    }
    Shape::Union(parts)
}

fn join_fields(mut one: Vec<(String, Shape, bool)>, other: Vec<(String, Shape, bool)>) -> Vec<(String, Shape, bool)> {
    for (name, _, may_miss) in &mut one {
        *may_miss |= !other.iter().any(|(n, ..)| n == name);
    }
    for (name, found, may_miss) in other {
        match one.iter_mut().find(|(n, ..)| *n == name) {
            Some((_, known, known_may_miss)) => {
                *known = join(known.clone(), found);
                *known_may_miss |= may_miss;
            }
            None => one.push((name, found, true)),
        }
    }
    one
}

impl Shape {
    fn write(&self, out: &mut String, indent: usize) {
        match self {
            Shape::Plain(name) => *out += name,
            Shape::Array(None) => *out += "Array",
            Shape::Array(Some(items)) => {
                *out += "Array<";
                items.write(out, indent);
                *out += ">";
            }
            Shape::Object(fields) => write_fields(fields, out, indent),
            Shape::Union(parts) => {
                for (i, part) in parts.iter().enumerate() {
                    *out += if i == 0 { "" } else { " | " };
                    part.write(out, indent);
                }
            }
        }
    }
}

fn write_fields(fields: &[(String, Shape, bool)], out: &mut String, indent: usize) {
    if fields.is_empty() {
        return *out += "{}";
    }
    let has_parts = |shape: &Shape| !matches!(shape, Shape::Plain(_) | Shape::Array(None));
    let on_lines = fields.len() > 3 || fields.iter().any(|(_, shape, _)| has_parts(shape));
    let line = format!("\n{}", "  ".repeat(indent + 1));
    *out += "{";
    for (i, (name, shape, may_miss)) in fields.iter().enumerate() {
        *out += if i == 0 { "" } else { "," };
        *out += if on_lines { &line } else { " " };
        *out += &dw::quoted_name(name);
        *out += if *may_miss { "?: " } else { ": " };
        shape.write(out, indent + 1);
    }
    *out += if on_lines { &line[..line.len() - 2] } else { " " };
    *out += "}";
}
