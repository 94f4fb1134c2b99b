//! `[expr]`: positions, slices, and names that are computed.

use super::fault::{no_index, no_parts};
use super::{field, namespace_object};
use crate::diag::Fault;
use crate::value::{Array, Elements, Number, Range, Str, Value, coerce, units};
use std::sync::Arc;

/// `base[index]`: a Number is a position (its fraction is cut), a Range a slice, text and what converts to it a name.
pub fn by_index(base: &Value, index: &Value) -> Result<Option<Value>, Fault> {
    match index.bare() {
        Value::Int(position) => at(base, *position),
        Value::Decimal(_) | Value::BigNumber(_) => match index.as_number().and_then(|n| n.truncated_i64()) {
            Some(position) => at(base, position),
            None => Ok(None),
        },
        Value::Range(range) => match (range.start().truncated_i64(), range.end().truncated_i64()) {
            (Some(from), Some(to)) => slice(base, from, to),
            _ => Ok(None),
        },
        Value::String(name) => field(base, name, None),
        bare => by_converted_name(base, bare),
    }
}

/// Booleans, dates and the like name fields of objects and arrays; a Key names those of dates as well.
fn by_converted_name(base: &Value, index: &Value) -> Result<Option<Value>, Fault> {
    let container = matches!(base.bare(), Value::Object(_) | Value::Array(_) | Value::Range(_) | Value::Namespace(_));
    match index {
        Value::Key(key) => field(base, &key.name.local, key.name.ns.as_deref()),
        Value::Null | Value::Array(_) | Value::Object(_) | Value::Function(_) => Err(no_index(base, index)),
        _ if container => field(base, &coerce::to_text(index)?, None),
        _ => Err(no_index(base, index)),
    }
}

/// `base[position]`: an item, a pair's value, a byte or a UTF-16 unit of the text; negative positions count from the
/// end. Simple values are taken as their text.
pub fn at(base: &Value, position: i64) -> Result<Option<Value>, Fault> {
    match base.bare() {
        Value::Null => Ok(None),
        Value::Array(array) => item(array, position),
        Value::Range(range) => Ok(resolve(position, range.len()).and_then(|i| range.get(i)).map(Value::from)),
        Value::Object(object) => {
            let index = resolve(position, object.len() as u64);
            Ok(index.and_then(|i| object.pair(i as usize)).map(|pair| pair.selected()))
        }
        Value::Namespace(namespace) => at(&Value::Object(namespace_object(namespace)), position),
        Value::Binary(bytes) => Ok(resolve(position, bytes.len() as u64)
            .and_then(|i| bytes.get(i as usize))
            .map(|byte| Value::Binary(Arc::new(vec![*byte])))),
        _ => {
            let text = text_of(base)?;
            let index = resolve(position, units::len(&text) as u64).map(|i| i as usize);
            Ok(index.map(|i| Value::String(units::slice(&text, i, i + 1))))
        }
    }
}

fn item(array: &Array, position: i64) -> Result<Option<Value>, Fault> {
    match usize::try_from(position) {
        Ok(index) => array.get(index),
        Err(_) => {
            let items = array.force()?;
            Ok(resolve(position, items.len() as u64).and_then(|i| items.get(i as usize)).cloned())
        }
    }
}

/// `base[from to to]`: both ends included, backwards if `from` comes after `to`. Nothing, unless both ends exist.
pub fn slice(base: &Value, from: i64, to: i64) -> Result<Option<Value>, Fault> {
    match base.bare() {
        Value::Array(array) => {
            let items = array.force()?;
            let Some((from, to)) = bounds(from, to, items.len() as u64) else { return Ok(None) };
            Ok(Some(Value::array(cut(items, from as usize, to as usize))))
        }
        Value::Range(range) => {
            let Some((from, to)) = bounds(from, to, range.len()) else { return Ok(None) };
            part_of_range(range, from, to).map(Some)
        }
        Value::Binary(bytes) => {
            let Some((from, to)) = bounds(from, to, bytes.len() as u64) else { return Ok(None) };
            Ok(Some(Value::Binary(Arc::new(cut(bytes, from as usize, to as usize)))))
        }
        Value::Null | Value::Object(_) => Err(no_parts("[from to until]", base)),
        _ => {
            let text = text_of(base)?;
            let Some((from, to)) = bounds(from, to, units::len(&text) as u64) else { return Ok(None) };
            Ok(Some(part_of_text(&text, from as usize, to as usize)))
        }
    }
}

fn bounds(from: i64, to: i64, len: u64) -> Option<(u64, u64)> {
    Some((resolve(from, len)?, resolve(to, len)?))
}

/// The position counted from the start, if it exists.
fn resolve(position: i64, len: u64) -> Option<u64> {
    let index = if position < 0 { len.checked_sub(position.unsigned_abs())? } else { position as u64 };
    (index < len).then_some(index)
}

fn cut<T: Clone>(items: &[T], from: usize, to: usize) -> Vec<T> {
    if from <= to { items[from..=to].to_vec() } else { items[to..=from].iter().rev().cloned().collect() }
}

/// An array that is computed as it is read, however long it is.
fn part_of_range(range: &Range, from: u64, to: u64) -> Result<Value, Fault> {
    let ends = range.get(from).zip(range.get(to));
    let (start, end) = ends.unwrap_or((Number::Int(0), Number::Int(0)));
    Ok(Value::Array(Array::lazy(Elements::range(&Range::new(start, end)?))))
}

fn part_of_text(text: &str, from: usize, to: usize) -> Value {
    if from <= to {
        return Value::String(units::slice(text, from, to + 1));
    }
    let units: Vec<_> = units::each(text).skip(to).take(from - to + 1).collect();
    units.iter().rev().map(|unit| unit.as_str()).collect::<String>().into()
}

fn text_of(base: &Value) -> Result<Str, Fault> {
    match base.bare() {
        Value::Function(_) => Err(no_parts("[…]", base)),
        _ => coerce::to_text(base),
    }
}
