//! Natives of `dw::core::Types`.
//!
//! A declared name inside of another type is handed out wrapped in itself once more: that is how `isReferenceType`
//! tells it from the same name given directly.

use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, NativeFn};
use crate::value::ty::{Field, FunctionType, NamedType, Simple};
use crate::value::{Namespace, ObjectBuilder, QName, Type, Value};
use std::sync::Arc;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    native("Types::isAny", |_, args| is(&args, |t| matches!(t, Type::Any))),
    native("Types::isArray", |_, args| is(&args, |t| matches!(t, Type::Array(_)))),
    native("Types::isFunction", |_, args| is(&args, |t| matches!(t, Type::Function(_)))),
    native("Types::isIntersection", |_, args| is(&args, |t| matches!(t, Type::Intersection(_)))),
    native("Types::isLiteral", |_, args| is(&args, |t| matches!(t, Type::Literal(_)))),
    native("Types::isNothing", |_, args| is(&args, |t| matches!(t, Type::Nothing))),
    native("Types::isObject", |_, args| is(&args, |t| matches!(t, Type::Object(_)))),
    native("Types::isType", |_, args| is(&args, |t| matches!(t, Type::Type(_)))),
    native("Types::isUnion", |_, args| is(&args, |t| matches!(t, Type::Union(_)))),
    native("Types::isReference", |_, args| Ok(is_reference(given(&args)?).into())),
    native("Types::arrayItem", |_, args| part(&args, "an Array", |t| array_item(t).map(reference))),
    native("Types::baseTypeOf", |_, args| Ok(type_value(base(given(&args)?).clone()))),
    native("Types::functionParamTypes", |_, args| {
        part(&args, "a Function", |t| Some(Value::array(function(t)?.map_or_else(Vec::new, params))))
    }),
    native("Types::functionReturnType", |_, args| {
        part(&args, "a Function", |t| Some(function(t)?.map_or(Value::Null, |f| reference(&f.result))))
    }),
    native("Types::intersectionItems", |_, args| {
        part(&args, "an intersection", |t| match t {
            Type::Intersection(items) => Some(references(items)),
            _ => None,
        })
    }),
    native("Types::literalValueOf", |_, args| {
        part(&args, "a literal type", |t| match t {
            Type::Literal(value) => Some(value.clone()),
            _ => None,
        })
    }),
    native("Types::metadataOf", |_, args| Ok(metadata(given(&args)?))),
    native("Types::nameOf", |_, args| Ok(given(&args)?.to_string().into())),
    native("Types::objectFields", |_, args| {
        part(&args, "an Object", |t| match t {
            Type::Object(object) => Some(Value::array(object.fields.iter().map(field).collect())),
            _ => None,
        })
    }),
    native("Types::unionItems", |_, args| {
        part(&args, "a union", |t| match t {
            Type::Union(items) => Some(references(items)),
            _ => None,
        })
    }),
];

macro_rules! tests_of_simple_types {
    ($($name:ident),*) => {
        /// A test for each simple type that has one.
        pub const SIMPLE: &[Native] = &[$(native(concat!("Types::is", stringify!($name)), |_, args| {
            is(&args, |t| matches!(t, Type::Simple(Simple::$name)))
        })),*];
    };
}

tests_of_simple_types!(
    Binary,
    Boolean,
    Date,
    DateTime,
    Key,
    LocalDateTime,
    LocalTime,
    Namespace,
    Null,
    Number,
    Period,
    Range,
    Regex,
    String,
    Time,
    TimeZone,
    Uri
);

const fn native(key: &'static str, body: NativeFn) -> Native {
    Native { key, body }
}

fn given<'a>(args: &'a Args<'_>) -> Result<&'a Type, Fault> {
    match args.bare(0) {
        Value::Type(ty) => Ok(ty),
        other => Err(Fault::internal(format!("a Type was declared, but a {} came", other.type_name()))),
    }
}

fn type_value(ty: Type) -> Value {
    Value::Type(Arc::new(ty))
}

/// The type itself, behind names and metadata.
fn base(mut ty: &Type) -> &Type {
    loop {
        ty = match ty {
            Type::Named(named) => &named.ty,
            Type::Meta(inner, _) => inner,
            other => return other,
        };
    }
}

fn is(args: &Args<'_>, test: fn(&Type) -> bool) -> Result<Value, Fault> {
    Ok(test(base(given(args)?)).into())
}

fn is_reference(ty: &Type) -> bool {
    matches!(ty, Type::Named(outer) if matches!(&outer.ty, Type::Named(inner) if inner.name == outer.name))
}

/// A type that stands inside of another.
fn reference(ty: &Type) -> Value {
    let named = match ty {
        Type::Named(named) => Some(named.clone()),
        Type::Recursive(named) => named.upgrade(),
        _ => None,
    };
    type_value(match named {
        Some(named) => Type::Named(Arc::new(NamedType { name: named.name.clone(), ty: Type::Named(named) })),
        None => ty.clone(),
    })
}

fn references(types: &[Type]) -> Value {
    Value::array(types.iter().map(reference).collect())
}

/// A part that only one kind of type has.
fn part(args: &Args<'_>, kind: &str, part: impl Fn(&Type) -> Option<Value>) -> Result<Value, Fault> {
    let ty = given(args)?;
    part(base(ty)).ok_or_else(|| Fault::new(Code::Argument, format!("the type must be {kind}, but it is `{ty}`")))
}

fn array_item(ty: &Type) -> Option<&Type> {
    match ty {
        Type::Array(item) => Some(item),
        _ => None,
    }
}

/// The signature of a function type; the inner `None` is plain `Function`.
fn function(ty: &Type) -> Option<Option<&FunctionType>> {
    match ty {
        Type::Function(signature) => Some(signature.as_deref()),
        _ => None,
    }
}

fn params(function: &FunctionType) -> Vec<Value> {
    let param = |(i, (name, ty, optional)): (usize, &(_, Type, bool))| {
        let name: &Option<crate::value::Str> = name;
        let mut entry = ObjectBuilder::with_capacity(3);
        let name = name.as_ref().map_or_else(|| format!("param_{i}"), |name| name.to_string());
        entry.field("paramType", reference(ty)).field("name", name).field("optional", *optional);
        entry.value()
    };
    function.params.iter().enumerate().map(param).collect()
}

fn metadata(mut ty: &Type) -> Value {
    let mut entries = ObjectBuilder::default();
    loop {
        ty = match ty {
            Type::Named(named) => &named.ty,
            Type::Meta(inner, schema) => {
                for (name, value) in &schema.0 {
                    entries.field(name, value.clone());
                }
                inner
            }
            _ => return entries.value(),
        };
    }
}

fn field(field: &Field) -> Value {
    let attribute = |(name, optional, ty): &(QName, bool, Type)| {
        let mut entry = ObjectBuilder::with_capacity(3);
        entry.field("name", qname(Some(name))).field("value", reference(ty)).field("required", !optional);
        entry.value()
    };
    let mut key = ObjectBuilder::with_capacity(2);
    key.field("name", qname(field.name.as_ref()));
    key.field("attributes", Value::array(field.attributes.iter().map(attribute).collect()));
    let mut entry = ObjectBuilder::with_capacity(4);
    entry.field("key", key.value()).field("required", !field.optional).field("repeated", field.repeated);
    entry.field("value", reference(&field.ty));
    entry.value()
}

/// A field of any name has `_` for its name.
fn qname(name: Option<&QName>) -> Value {
    let namespace = |ns: &Arc<Namespace>| Value::Namespace(ns.clone());
    let mut entry = ObjectBuilder::with_capacity(2);
    entry.field("localName", name.map_or("_", |name| name.local.as_str()));
    entry.field("namespace", name.and_then(|name| name.ns.as_ref()).map_or(Value::Null, namespace));
    entry.value()
}
