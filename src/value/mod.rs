//! Values: sixteen bytes each, cheap to clone, shared and copied on write, `Send + Sync`.

mod array;
pub mod charset;
pub mod coerce;
pub mod depth;
mod function;
mod key;
pub mod limit;
pub mod locale;
pub mod number;
mod object;
pub mod ops;
mod range;
mod recent;
mod regex;
pub mod select;
mod settle;
mod tagged;
pub mod temporal;
pub mod ty;
pub mod units;
mod values;
pub mod watch;

pub use array::{Array, Elements, MOST_ITEMS, Producer, Replay};
pub use charset::Charset;
pub use function::{Callable, Function, Signature};
pub use key::{Key, Namespace, QName};
pub use number::Number;
pub use object::{Object, ObjectBuilder, Pair, Shape};
pub use range::Range;
pub use regex::{Match, Matches, Regex};
pub use tagged::{KeyTag, Schema, Tagged};
pub use temporal::Temporal;
pub use ty::Type;
pub use values::Values;
pub use watch::Watch;

use std::sync::Arc;

/// Text: sixteen bytes, short text in line, longer text shared.
pub type Str = lean_string::LeanString;

/// A DataWeave value.
#[derive(Clone, Debug, Default)]
pub enum Value {
    /// `null`
    #[default]
    Null,
    /// `true`, `false`
    Boolean(bool),
    /// A whole number that fits 64 bits.
    Int(i64),
    /// A short decimal; see [`number::Packed`].
    Decimal(number::Packed),
    /// Any other number.
    BigNumber(Arc<bigdecimal::BigDecimal>),
    /// Text.
    String(Str),
    /// A list, perhaps not computed yet.
    Array(Array),
    /// Ordered pairs; keys may repeat, carry namespaces and attributes.
    Object(Object),
    /// `a to b`
    Range(Arc<Range>),
    /// Bytes.
    Binary(Arc<Vec<u8>>),
    /// A regular expression.
    Regex(Arc<Regex>),
    /// A function.
    Function(Function),
    /// A type as a value.
    Type(Arc<Type>),
    /// A namespace.
    Namespace(Arc<Namespace>),
    /// The key of a pair, as callbacks get it.
    Key(Arc<Key>),
    /// A URI.
    Uri(Arc<String>),
    /// Dates, times, zones, periods.
    Temporal(Arc<Temporal>),
    /// A value with a schema or with the attributes of the key it was selected from.
    Tagged(Arc<Tagged>),
}

const _: () = assert!(size_of::<Value>() == 16 && size_of::<Option<Value>>() == 16);

impl Value {
    /// The empty object.
    pub fn empty_object() -> Self {
        Value::Object(Object::default())
    }

    /// Text as a value.
    pub fn string(text: impl AsRef<str>) -> Self {
        Value::String(Str::from(text.as_ref()))
    }

    /// A list of computed items.
    pub fn array(items: Vec<Value>) -> Self {
        Value::Array(Array::from(items))
    }

    /// Any size of count or position as a number.
    pub fn count(n: usize) -> Self {
        Value::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }

    /// The value without schema and key tag; never `Tagged`.
    pub fn bare(&self) -> &Value {
        match self {
            Value::Tagged(tagged) => tagged.value(),
            other => other,
        }
    }

    /// Owned form of [`Value::bare`].
    pub fn into_bare(self) -> Value {
        match self {
            Value::Tagged(tagged) => tagged.value().clone(),
            other => other,
        }
    }

    /// The schema, if it has one.
    pub fn schema(&self) -> Option<&Schema> {
        match self {
            Value::Tagged(tagged) => tagged.schema(),
            _ => None,
        }
    }

    /// The same value with this schema in place of any other; an empty schema takes it away.
    pub fn with_schema(self, schema: Schema) -> Value {
        Tagged::schema_on(self, schema)
    }

    /// Whether it is null, tagged or not.
    pub fn is_null(&self) -> bool {
        matches!(self.bare(), Value::Null)
    }

    /// The number in it, if it is one.
    pub fn as_number(&self) -> Option<Number> {
        match self.bare() {
            Value::Int(n) => Some(Number::Int(*n)),
            Value::Decimal(d) => Some(Number::Packed(*d)),
            Value::BigNumber(b) => Some(Number::Big(b.clone())),
            _ => None,
        }
    }

    /// The text in it, if it is a String.
    pub fn as_str(&self) -> Option<&str> {
        match self.bare() {
            Value::String(s) => Some(s.as_str()),
            _ => None,
        }
    }

    /// The attributes of the key that the value was selected from, or of the key that it is.
    pub fn attributes(&self) -> Option<&Object> {
        match self {
            Value::Tagged(tagged) => match tagged.value() {
                Value::Key(key) => key.attributes.as_ref(),
                _ => tagged.key()?.attributes.as_ref(),
            },
            Value::Key(key) => key.attributes.as_ref(),
            _ => None,
        }
    }

    /// The items of an Array or a Range; `None` for anything else.
    pub fn elements(&self) -> Option<Elements<'_>> {
        match self.bare() {
            Value::Array(a) => Some(a.iter()),
            Value::Range(r) => Some(Elements::range(r)),
            _ => None,
        }
    }

    /// The name `typeOf` gives.
    pub fn type_name(&self) -> &'static str {
        match self {
            Value::Null => "Null",
            Value::Boolean(_) => "Boolean",
            Value::Int(_) | Value::Decimal(_) | Value::BigNumber(_) => "Number",
            Value::String(_) => "String",
            Value::Array(_) => "Array",
            Value::Object(_) => "Object",
            Value::Range(_) => "Range",
            Value::Binary(_) => "Binary",
            Value::Regex(_) => "Regex",
            Value::Function(_) => "Function",
            Value::Type(_) => "Type",
            Value::Namespace(_) => "Namespace",
            Value::Key(_) => "Key",
            Value::Uri(_) => "Uri",
            Value::Temporal(t) => t.type_name(),
            Value::Tagged(t) => t.value().type_name(),
        }
    }
}

impl From<Number> for Value {
    fn from(number: Number) -> Self {
        match number {
            Number::Int(n) => Value::Int(n),
            Number::Packed(d) => Value::Decimal(d),
            Number::Big(b) => Value::BigNumber(b),
        }
    }
}

impl From<i64> for Value {
    fn from(n: i64) -> Self {
        Value::Int(n)
    }
}

impl From<bool> for Value {
    fn from(b: bool) -> Self {
        Value::Boolean(b)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::string(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::String(Str::from(text))
    }
}

impl From<Temporal> for Value {
    fn from(t: Temporal) -> Self {
        Value::Temporal(Arc::new(t))
    }
}
