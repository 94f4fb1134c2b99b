//! Objects pair by pair: mapObject, filterObject, pluck, and the lists of keys, names, values and entries.

use crate::builtin::condition::{self, Texts};
use crate::diag::{Code, Fault};
use crate::eval::{Args, Native, Run};
use crate::value::{Array, Object, ObjectBuilder, Pair, QName, Shape, Value, limit};
use std::sync::Arc;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::mapObject", body: map_object },
    Native { key: "core::filterObject", body: filter_object },
    Native { key: "core::pluck", body: pluck },
    Native { key: "core::keysOf", body: |_, args| list(&args, |pair| key_of(&pair)) },
    Native { key: "core::namesOf", body: |_, args| list(&args, |pair| Value::String(pair.name.local.clone())) },
    Native { key: "core::valuesOf", body: |_, args| list(&args, |pair| pair.selected()) },
    Native { key: "core::entriesOf", body: entries_of },
    Native { key: "core::concatObjects", body: concat },
];

/// The key as callbacks get it.
pub fn key_of(pair: &Pair<'_>) -> Value {
    Value::Key(Arc::new(pair.key()))
}

/// Value, key and position, as the callbacks of objects get them.
fn arguments(pair: &Pair<'_>, index: usize) -> [Value; 3] {
    [pair.selected(), key_of(pair), Value::count(index)]
}

fn map_object(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (object, mapper) = (args.object(0)?, args.function(1)?);
    let mut result = ObjectBuilder::with_capacity(object.len());
    for (i, pair) in object.iter().enumerate() {
        match mapper.call(&mut arguments(&pair, i))?.bare() {
            Value::Object(pairs) => result.extend(pairs),
            other => return Err(no_object(other)),
        };
    }
    Ok(result.value())
}

fn no_object(value: &Value) -> Fault {
    let message = format!("the mapper of `mapObject` must give an Object, not {}", value.type_name());
    Fault::new(Code::Coercion, message).help("give pairs in braces, as in `{($$): $}`, or `{}` for none")
}

fn filter_object(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (object, criteria) = (args.object(0)?, args.function(1)?);
    let mut result = ObjectBuilder::default();
    for (i, pair) in object.iter().enumerate() {
        let answer = criteria.call(&mut arguments(&pair, i))?;
        if condition::holds(&answer, Texts::AnyCase, "filterObject")? {
            result.copy(pair);
        }
    }
    Ok(result.value())
}

fn pluck(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (object, mapper) = (args.object(0)?.clone(), args.function(1)?.clone());
    let results = (0..object.len()).map_while(move |i| {
        let mut arguments = arguments(&object.pair(i)?, i);
        Some(mapper.call(&mut arguments))
    });
    Ok(Value::Array(Array::lazy(results)))
}

fn list(args: &Args<'_>, item: fn(Pair<'_>) -> Value) -> Result<Value, Fault> {
    Ok(Value::array(args.object(0)?.iter().map(item).collect()))
}

fn entries_of(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let shape = Shape::new(["key", "value", "attributes"].map(QName::local).to_vec());
    let entry = |pair: Pair<'_>| {
        let attributes = Value::Object(pair.attributes.cloned().unwrap_or_default());
        Value::Object(Object::of_shape(shape.clone(), vec![key_of(&pair), pair.selected(), attributes]))
    };
    Ok(Value::array(args.object(0)?.iter().map(entry).collect()))
}

fn concat(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    match args.take(0).into_bare() {
        Value::Object(first) => {
            let second = args.object(1)?;
            limit::items(first.len() + second.len())?;
            Ok(Value::Object(first.concat(second)))
        }
        other => Err(Fault::internal(format!("objects are joined with objects only, not {}", other.type_name()))),
    }
}
