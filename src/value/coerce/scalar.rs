//! `as` between the simple types that are no dates.

use super::fault::{cannot_coerce, cannot_coerce_because};
use super::{accepts, binary, to_text};
use crate::diag::{Code, Fault};
use crate::value::number::Number;
use crate::value::ty::Simple;
use crate::value::{Array, Elements, Key, Namespace, QName, Regex, Schema, Str, Type, Value};
use std::sync::Arc;

/// The bare value as this type; `schema` holds the options of the conversion.
pub fn convert(value: &Value, to: Simple, schema: &Schema) -> Result<Value, Fault> {
    let bare = value.bare();
    let converted = match to {
        Simple::String | Simple::CData | Simple::Enum => return to_string(value, schema),
        Simple::Number => return to_number(value, schema),
        Simple::Boolean => boolean(bare),
        Simple::Key => return key(bare),
        Simple::Binary => return binary::from_value(value, schema),
        Simple::Regex => match bare {
            Value::String(text) => return Regex::cached(text).map(Value::Regex),
            Value::Key(key) => return Regex::cached(&key.name.local).map(Value::Regex),
            Value::Regex(_) => Some(bare.clone()),
            _ => None,
        },
        Simple::Uri => uri(value)?,
        Simple::Namespace => namespace(bare),
        Simple::Iterator => match bare {
            Value::Array(_) => Some(bare.clone()),
            Value::Range(range) => Some(Value::Array(Array::lazy(Elements::range(range)))),
            _ => None,
        },
        Simple::NaN if matches!(bare, Value::Null) => Some(Value::Null),
        Simple::Comparable if !accepts(&Type::Simple(to), bare) => return to_string(value, schema),
        _ => accepts(&Type::Simple(to), bare).then(|| bare.clone()),
    };
    converted.ok_or_else(|| cannot_coerce(value, &Type::Simple(to)))
}

fn to_string(value: &Value, schema: &Schema) -> Result<Value, Fault> {
    match value.bare() {
        Value::Binary(bytes) => binary::to_text(bytes, schema).map(Value::String),
        bare => match bare.as_number().filter(|_| schema.get("format").is_some()) {
            Some(number) => number_text(value, &number, schema).map(Value::from),
            None => to_text(value).map(Value::String),
        },
    }
}

/// A Key as it is, everything else by its text.
fn key(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Key(_) => Ok(value.clone()),
        _ => match to_text(value) {
            Ok(text) => Ok(Value::Key(Arc::new(Key { name: QName::from(text), attributes: None }))),
            Err(_) => Err(cannot_coerce(value, &Type::Simple(Simple::Key))),
        },
    }
}

/// A Number's text by its `format`; a number that must not be rounded, or is too long, is no failed conversion.
fn number_text(value: &Value, number: &Number, schema: &Schema) -> Result<String, Fault> {
    number.formatted(schema).map_err(|fault| match fault.is_rescuable() {
        true => cannot_coerce_because(value, Simple::String, fault.message()),
        false => fault,
    })
}

fn to_number(value: &Value, schema: &Schema) -> Result<Value, Fault> {
    let wrong = || cannot_coerce(value, &Type::Simple(Simple::Number));
    let number = match value.bare() {
        Value::String(text) if schema.get("format").is_some() => Number::parse_formatted(text, schema)?,
        Value::String(text) => Number::parse(text).ok_or_else(wrong)?,
        Value::Key(key) => Number::parse(&key.name.local).ok_or_else(wrong)?,
        Value::Binary(bytes) => Number::Int(bytes.first().copied().map(i64::from).ok_or_else(wrong)?),
        bare => bare.as_number().ok_or_else(wrong)?,
    };
    Ok(number.into())
}

fn boolean(value: &Value) -> Option<Value> {
    let text = match value {
        Value::Boolean(_) => return Some(value.clone()),
        Value::String(text) => text.as_str(),
        Value::Key(key) => key.name.local.as_str(),
        _ => return None,
    };
    let is = |word: &str| text.eq_ignore_ascii_case(word);
    (is("true") || is("false")).then(|| Value::Boolean(is("true")))
}

/// A Namespace, or an object with the texts `uri` and `prefix`.
fn namespace(value: &Value) -> Option<Value> {
    let object = match value {
        Value::Namespace(_) => return Some(value.clone()),
        Value::Object(object) => object,
        _ => return None,
    };
    let text = |name: &str| object.find(name, None).and_then(|pair| pair.value.as_str().map(Str::from));
    Some(Value::Namespace(Arc::new(Namespace { prefix: text("prefix")?, uri: text("uri")? })))
}

/// A URI, relative ones and the empty text included; blanks and the like are refused.
fn uri(value: &Value) -> Result<Option<Value>, Fault> {
    match value.bare() {
        Value::Uri(_) => Ok(Some(value.bare().clone())),
        Value::String(text) => match text.char_indices().find(|(_, c)| c.is_whitespace() || "<>\"{}|\\^`".contains(*c))
        {
            None => Ok(Some(Value::Uri(Arc::new(text.to_string())))),
            Some((at, _)) => {
                let message = format!("`{text}` is no URI: illegal character at index {at}");
                Err(Fault::new(Code::Argument, message).help("escape it first, with `encodeURI` of dw::core::URL"))
            }
        },
        _ => Ok(None),
    }
}
