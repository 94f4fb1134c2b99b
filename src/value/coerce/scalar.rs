//! `as` between the simple types that are no dates.

use super::fault::{cannot_coerce, cannot_coerce_because};
use super::{binary, to_key};
use crate::diag::Fault;
use crate::value::number::Number;
use crate::value::ty::Simple;
use crate::value::{Array, Elements, Regex, Schema, Type, Value};
use std::sync::Arc;

/// The bare value as this type; `schema` holds the options of the conversion.
pub fn convert(value: &Value, to: Simple, schema: &Schema) -> Result<Value, Fault> {
    let bare = value.bare();
    let converted = match to {
        Simple::String | Simple::CData | Simple::Enum => return to_string(value, to, schema),
        Simple::Number => return to_number(value, schema),
        Simple::Boolean => boolean(bare),
        Simple::Key => to_key(bare).ok().map(|key| Value::Key(Arc::new(key))),
        Simple::Binary => return binary::from_value(value, schema),
        Simple::Regex => match bare {
            Value::String(text) => return Regex::cached(text).map(Value::Regex),
            Value::Key(key) => return Regex::cached(&key.name.local).map(Value::Regex),
            Value::Regex(_) => Some(bare.clone()),
            _ => None,
        },
        Simple::Uri => uri(value)?,
        Simple::Iterator => match bare {
            Value::Array(_) => Some(bare.clone()),
            Value::Range(range) => Some(Value::Array(Array::lazy(Elements::range(range)))),
            _ => None,
        },
        _ => (bare.type_name() == to.name()).then(|| bare.clone()),
    };
    converted.ok_or_else(|| cannot_coerce(value, &Type::Simple(to)))
}

fn to_string(value: &Value, to: Simple, schema: &Schema) -> Result<Value, Fault> {
    let text = match value.bare() {
        Value::String(_) => return Ok(value.bare().clone()),
        Value::Boolean(b) => b.to_string(),
        Value::Key(key) => return Ok(Value::String(key.name.local.clone())),
        Value::Type(ty) => ty.to_string(),
        Value::Regex(regex) => regex.source().to_string(),
        Value::Uri(uri) => uri.to_string(),
        Value::Namespace(ns) => ns.uri.to_string(),
        Value::Temporal(temporal) => temporal.to_string(),
        Value::Binary(_) => return binary::to_string(value, schema),
        bare => match bare.as_number() {
            Some(number) => number_text(value, &number, schema)?,
            None => return Err(cannot_coerce(value, &Type::Simple(to))),
        },
    };
    Ok(Value::from(text))
}

/// A Number's text, by the `format` if there is one; `locale` matters only with it.
fn number_text(value: &Value, number: &Number, schema: &Schema) -> Result<String, Fault> {
    match schema.get("format") {
        None => Ok(number.to_string()),
        Some(_) => {
            number.formatted(schema).map_err(|fault| cannot_coerce_because(value, Simple::String, fault.message()))
        }
    }
}

fn to_number(value: &Value, schema: &Schema) -> Result<Value, Fault> {
    let wrong = || cannot_coerce(value, &Type::Simple(Simple::Number));
    let number = match value.bare() {
        Value::String(text) if schema.get("format").is_some() => Number::parse_formatted(text, schema)?,
        Value::String(text) => Number::parse(text).ok_or_else(wrong)?,
        Value::Key(key) => Number::parse(&key.name.local).ok_or_else(wrong)?,
        Value::Binary(bytes) => Number::Int(bytes.first().copied().map_or(0, i64::from)),
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

/// A URI, relative ones and the empty text included; blanks and the like are refused.
fn uri(value: &Value) -> Result<Option<Value>, Fault> {
    match value.bare() {
        Value::Uri(_) => Ok(Some(value.bare().clone())),
        Value::Namespace(ns) => Ok(Some(Value::Uri(Arc::new(ns.uri.to_string())))),
        Value::String(text) => match text.char_indices().find(|(_, c)| c.is_whitespace() || "<>\"{}|\\^`".contains(*c))
        {
            None => Ok(Some(Value::Uri(Arc::new(text.to_string())))),
            Some((at, _)) => {
                let reason = format!("illegal character at index {at}");
                Err(cannot_coerce_because(value, Simple::Uri, &reason))
            }
        },
        _ => Ok(None),
    }
}
