//! Types: what `as`, `is`, parameters and the static checks speak of.

use super::{QName, Schema, Str, Value};
use std::fmt;
use std::sync::{Arc, Weak};

/// A type.
#[derive(Clone, Debug)]
pub enum Type {
    /// Everything; also what is not known.
    Any,
    /// No value at all: the type of `[]`'s items and of `fail()`.
    Nothing,
    /// A simple type.
    Simple(Simple),
    /// `Array<T>`; `T` is not looked at when values are tested.
    Array(Arc<Type>),
    /// An object type; plain `Object` has no fields and is open.
    Object(Arc<ObjectType>),
    /// `(A, B) -> C`; plain `Function` has no signature.
    Function(Option<Arc<FunctionType>>),
    /// `A | B`.
    Union(Arc<[Type]>),
    /// `A & B`.
    Intersection(Arc<[Type]>),
    /// The type of one value: `"on"`, `5`, `true`.
    Literal(Value),
    /// A declared name for another type.
    Named(Arc<NamedType>),
    /// A declared name inside of its own declaration; whoever got here from the outer type can upgrade it.
    Recursive(Weak<NamedType>),
    /// A type parameter, by name.
    Param(Str),
    /// `Type<T>`.
    Type(Arc<Type>),
    /// `T {format: "…"}`.
    Meta(Arc<Type>, Schema),
}

impl Type {
    /// The type that `typeOf` gives: without parts, aliases or metadata.
    pub fn of(value: &Value) -> Type {
        match value.bare() {
            Value::Null => Type::Simple(Simple::Null),
            Value::Boolean(_) => Type::Simple(Simple::Boolean),
            Value::Int(_) | Value::Decimal(_) | Value::BigNumber(_) => Type::Simple(Simple::Number),
            Value::String(_) => Type::Simple(Simple::String),
            Value::Array(_) => Type::Array(Arc::new(Type::Any)),
            Value::Object(_) => Type::Object(Arc::default()),
            Value::Range(_) => Type::Simple(Simple::Range),
            Value::Binary(_) => Type::Simple(Simple::Binary),
            Value::Regex(_) => Type::Simple(Simple::Regex),
            Value::Function(_) => Type::Function(None),
            Value::Type(_) => Type::Type(Arc::new(Type::Any)),
            Value::Namespace(_) => Type::Simple(Simple::Namespace),
            Value::Key(_) => Type::Simple(Simple::Key),
            Value::Uri(_) => Type::Simple(Simple::Uri),
            Value::Temporal(temporal) => Type::Simple(temporal.simple_type()),
            Value::Tagged(tagged) => Type::of(tagged.value()),
        }
    }
}

impl fmt::Display for Type {
    /// As a type value is written: its declared name, the kind of a type with parts, the base of a literal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, types: &[Type], between: &str| {
            types.iter().enumerate().try_for_each(|(i, ty)| write!(f, "{}{ty}", if i == 0 { "" } else { between }))
        };
        match self {
            Type::Any => f.write_str("Any"),
            Type::Nothing => f.write_str("Nothing"),
            Type::Simple(simple) => f.write_str(simple.name()),
            Type::Array(_) => f.write_str("Array"),
            Type::Object(_) => f.write_str("Object"),
            Type::Function(_) => f.write_str("Function"),
            Type::Union(types) => list(f, types, " | "),
            Type::Intersection(types) => list(f, types, " & "),
            Type::Literal(value) => f.write_str(value.type_name()),
            Type::Named(named) => f.write_str(&named.name),
            Type::Recursive(named) => f.write_str(named.upgrade().as_ref().map_or("Any", |named| &named.name)),
            Type::Param(name) => f.write_str(name),
            Type::Type(_) => f.write_str("Type"),
            Type::Meta(ty, _) => ty.fmt(f),
        }
    }
}

macro_rules! simple_types {
    ($($name:ident),*) => {
        /// The types without parts.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Simple { $(#[doc = concat!("`", stringify!($name), "`")] $name),* }

        impl Simple {
            /// Every simple type.
            pub const ALL: &'static [Simple] = &[$(Simple::$name),*];

            /// The name as written in scripts.
            pub fn name(self) -> &'static str {
                match self { $(Simple::$name => stringify!($name)),* }
            }
        }
    };
}

simple_types!(
    Null,
    Boolean,
    Number,
    String,
    Binary,
    Regex,
    Range,
    Key,
    Uri,
    Namespace,
    Date,
    Time,
    LocalTime,
    DateTime,
    LocalDateTime,
    TimeZone,
    Period,
    CData,
    Enum,
    Iterator,
    Comparable,
    NaN
);

/// A declared type.
#[derive(Debug)]
pub struct NamedType {
    /// Its name.
    pub name: Str,
    /// What it stands for.
    pub ty: Type,
}

/// The fields of an object type.
#[derive(Clone, Debug, Default)]
pub struct ObjectType {
    /// In the order written.
    pub fields: Vec<Field>,
    /// `{| |}`: no other fields.
    pub closed: bool,
    /// `{- -}`: in this order.
    pub ordered: bool,
}

/// A field of an object type.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name; `None` takes any.
    pub name: Option<QName>,
    /// Attributes: name, optional, type.
    pub attributes: Vec<(QName, bool, Type)>,
    /// May be missing.
    pub optional: bool,
    /// May stand more than once.
    pub repeated: bool,
    /// The value's type.
    pub ty: Type,
}

/// A function type.
#[derive(Clone, Debug)]
pub struct FunctionType {
    /// Name (if written), type, and whether it may be left out.
    pub params: Vec<(Option<Str>, Type, bool)>,
    /// The result.
    pub result: Type,
}
