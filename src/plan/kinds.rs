//! Kinds of values as bits, so that a parameter's type is tested with one mask in nearly all calls.

use crate::value::ty::{Field, ObjectType, Simple};
use crate::value::{Temporal, Type, Value};

/// A set of kinds of values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Kinds(u32);

/// What a parameter takes: `sure` kinds always fit, `perhaps` kinds must be looked into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Values of these kinds fit.
    pub sure: Kinds,
    /// Values of these kinds may fit: fields, literals, metadata or bounds decide.
    pub perhaps: Kinds,
}

impl Kinds {
    /// Every kind.
    pub const ALL: Kinds = Kinds(u32::MAX);
    /// No kind.
    pub const NONE: Kinds = Kinds(0);
    const NULL: Kinds = Kinds(1);
    const BOOLEAN: Kinds = Kinds(1 << 1);
    const NUMBER: Kinds = Kinds(1 << 2);
    const STRING: Kinds = Kinds(1 << 3);
    const ARRAY: Kinds = Kinds(1 << 4);
    const OBJECT: Kinds = Kinds(1 << 5);
    const RANGE: Kinds = Kinds(1 << 6);
    const BINARY: Kinds = Kinds(1 << 7);
    const REGEX: Kinds = Kinds(1 << 8);
    const FUNCTION: Kinds = Kinds(1 << 9);
    const TYPE: Kinds = Kinds(1 << 10);
    const NAMESPACE: Kinds = Kinds(1 << 11);
    const KEY: Kinds = Kinds(1 << 12);
    const URI: Kinds = Kinds(1 << 13);
    const DATE: Kinds = Kinds(1 << 14);
    const TIME: Kinds = Kinds(1 << 15);
    const LOCAL_TIME: Kinds = Kinds(1 << 16);
    const DATE_TIME: Kinds = Kinds(1 << 17);
    const LOCAL_DATE_TIME: Kinds = Kinds(1 << 18);
    const TIME_ZONE: Kinds = Kinds(1 << 19);
    const PERIOD: Kinds = Kinds(1 << 20);

    /// The kind of a value, looked at without its tag.
    pub fn of(value: &Value) -> Kinds {
        match value {
            Value::Null => Self::NULL,
            Value::Boolean(_) => Self::BOOLEAN,
            Value::Int(_) | Value::Decimal(_) | Value::BigNumber(_) => Self::NUMBER,
            Value::String(_) => Self::STRING,
            Value::Array(_) => Self::ARRAY,
            Value::Object(_) => Self::OBJECT,
            Value::Range(_) => Self::RANGE,
            Value::Binary(_) => Self::BINARY,
            Value::Regex(_) => Self::REGEX,
            Value::Function(_) => Self::FUNCTION,
            Value::Type(_) => Self::TYPE,
            Value::Namespace(_) => Self::NAMESPACE,
            Value::Key(_) => Self::KEY,
            Value::Uri(_) => Self::URI,
            Value::Temporal(temporal) => Self::of_temporal(temporal),
            Value::Tagged(tagged) => Self::of(tagged.value()),
        }
    }

    fn of_temporal(temporal: &Temporal) -> Kinds {
        match temporal {
            Temporal::Date(_) => Self::DATE,
            Temporal::Time(_) => Self::TIME,
            Temporal::LocalTime(_) => Self::LOCAL_TIME,
            Temporal::DateTime(_) => Self::DATE_TIME,
            Temporal::LocalDateTime(_) => Self::LOCAL_DATE_TIME,
            Temporal::TimeZone(_) => Self::TIME_ZONE,
            Temporal::Period(_) => Self::PERIOD,
        }
    }

    /// Whether a kind is among these.
    pub fn contains(self, kind: Kinds) -> bool {
        self.0 & kind.0 != 0
    }

    fn or(self, other: Kinds) -> Kinds {
        Kinds(self.0 | other.0)
    }

    fn and(self, other: Kinds) -> Kinds {
        Kinds(self.0 & other.0)
    }

    fn simple(simple: Simple) -> Filter {
        match simple {
            Simple::Null => Self::NULL.surely(),
            Simple::Boolean => Self::BOOLEAN.surely(),
            Simple::Number => Self::NUMBER.surely(),
            Simple::String => Self::STRING.surely(),
            Simple::Binary => Self::BINARY.surely(),
            Simple::Regex => Self::REGEX.surely(),
            Simple::Range => Self::RANGE.surely(),
            Simple::Key => Self::KEY.surely(),
            Simple::Uri => Self::URI.surely(),
            Simple::Namespace => Self::NAMESPACE.surely(),
            Simple::CData | Simple::Enum => Self::STRING.perhaps(),
            Simple::Iterator => Self::ARRAY.perhaps(),
            Simple::NaN => Self::NULL.perhaps(),
            Simple::Comparable => Self::ALL.perhaps(),
            Simple::Date => Self::DATE.surely(),
            Simple::Time => Self::TIME.surely(),
            Simple::LocalTime => Self::LOCAL_TIME.surely(),
            Simple::DateTime => Self::DATE_TIME.surely(),
            Simple::LocalDateTime => Self::LOCAL_DATE_TIME.surely(),
            Simple::TimeZone => Self::TIME_ZONE.surely(),
            Simple::Period => Self::PERIOD.surely(),
        }
    }

    fn surely(self) -> Filter {
        Filter { sure: self, perhaps: self }
    }

    fn perhaps(self) -> Filter {
        Filter { sure: Kinds::NONE, perhaps: self }
    }
}

impl Filter {
    /// What is of this type. A range is no array here, though it converts to one.
    pub fn of(ty: &Type) -> Filter {
        match ty {
            Type::Any | Type::Param(_) => Kinds::ALL.surely(),
            Type::Nothing => Filter::default(),
            Type::Simple(simple) => Kinds::simple(*simple),
            Type::Array(_) => Kinds::ARRAY.surely(),
            Type::Object(object) if takes_all(object) => Kinds::OBJECT.surely(),
            Type::Object(_) => Kinds::OBJECT.perhaps(),
            Type::Function(None) => Kinds::FUNCTION.surely(),
            Type::Function(Some(_)) => Kinds::FUNCTION.perhaps(),
            Type::Union(members) => members.iter().fold(Filter::default(), |all, member| {
                let one = Self::of(member);
                Filter { sure: all.sure.or(one.sure), perhaps: all.perhaps.or(one.perhaps) }
            }),
            Type::Intersection(members) => members.iter().fold(Kinds::ALL.perhaps(), |all, member| {
                let one = Self::of(member);
                Filter { sure: Kinds::NONE, perhaps: all.perhaps.and(one.perhaps) }
            }),
            Type::Literal(value) => Kinds::of(value).perhaps(),
            Type::Named(named) => Self::of(&named.ty),
            Type::Recursive(_) => Kinds::ALL.perhaps(),
            Type::Type(_) => Kinds::TYPE.surely(),
            Type::Meta(ty, _) => Self::of(ty).perhaps.perhaps(),
        }
    }

    /// Whether it takes a value; `None` if the value must be looked into.
    #[inline]
    pub fn answer(self, value: &Value) -> Option<bool> {
        let kind = Kinds::of(value);
        if self.sure.contains(kind) {
            return Some(true);
        }
        if self.perhaps.contains(kind) { None } else { Some(false) }
    }

    /// Whether it takes some arrays.
    pub fn takes_arrays(self) -> bool {
        self.perhaps.contains(Kinds::ARRAY)
    }

    /// Whether it takes everything.
    pub fn takes_all(self) -> bool {
        self.sure == Kinds::ALL
    }
}

/// Whether an object type takes every object: plain `Object`, or any number of fields of any name and type.
fn takes_all(object: &ObjectType) -> bool {
    let free = |f: &Field| f.name.is_none() && f.optional && f.attributes.is_empty() && Filter::of(&f.ty).takes_all();
    (!object.closed || !object.fields.is_empty()) && object.fields.iter().all(free)
}
