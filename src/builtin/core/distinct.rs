//! The first of all items or pairs with the same criterion: distinctBy.

use super::object::key_of;
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Elements, Object, ObjectBuilder, Temporal, Value, depth, ops};
use rustc_hash::{FxHashMap, FxHasher};
use smallvec::SmallVec;
use std::hash::{Hash, Hasher};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::distinctItems", body: distinct_items },
    Native { key: "core::distinctPairs", body: distinct_pairs },
];

fn distinct_items(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let criteria = args.function(1)?.clone();
    let mut seen = Seen::default();
    let mut is_new = move |i: usize, item: &Value| seen.add(criteria.call(&mut [item.clone(), Value::count(i)])?);
    let distinct = |items: Elements<'static>| {
        items.enumerate().filter_map(move |(i, item)| match item.and_then(|item| Ok((is_new(i, &item)?, item))) {
            Ok((is_new, item)) => is_new.then_some(Ok(item)),
            Err(fault) => Some(Err(fault)),
        })
    };
    Ok(Value::Array(args.take_array(0)?.derive(distinct)))
}

fn distinct_pairs(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (object, criteria) = (args.object(0)?, args.function(1)?);
    let (mut seen, mut result) = (Seen::default(), ObjectBuilder::default());
    for pair in object.iter() {
        if seen.add(criteria.call(&mut [pair.selected(), key_of(&pair)])?)? {
            result.copy(pair);
        }
    }
    Ok(result.value())
}

/// Values met so far, by a hash that equal values share.
#[derive(Default)]
struct Seen(FxHashMap<u64, SmallVec<[Value; 1]>>);

impl Seen {
    /// Remembers a value; whether it is new.
    fn add(&mut self, value: Value) -> Result<bool, Fault> {
        let mut hasher = FxHasher::default();
        hash(&value, &mut hasher, 0)?;
        let alike = self.0.entry(hasher.finish()).or_default();
        for other in alike.iter() {
            if ops::equal(other, &value)? {
                return Ok(false);
            }
        }
        alike.push(value);
        Ok(true)
    }
}

/// Equal values (`==`) give the same hash: numbers by value, moments by instant, objects in their order.
fn hash(value: &Value, hasher: &mut FxHasher, level: usize) -> Result<(), Fault> {
    depth::check(level)?;
    match value.bare() {
        Value::Boolean(b) => b.hash(hasher),
        Value::String(text) => text.hash(hasher),
        Value::Key(key) => key.name.local.hash(hasher),
        Value::Temporal(temporal) => hash_temporal(temporal, hasher),
        Value::Object(object) => return depth::with_stack(|| hash_object(object, hasher, level + 1)),
        Value::Array(items) => {
            for item in items.iter() {
                depth::with_stack(|| hash(&item?, hasher, level + 1))?;
            }
        }
        other => match other.as_number() {
            Some(number) => number.hash(hasher),
            None => other.type_name().hash(hasher),
        },
    }
    Ok(())
}

fn hash_object(object: &Object, hasher: &mut FxHasher, level: usize) -> Result<(), Fault> {
    for pair in object.iter() {
        pair.name.local.hash(hasher);
        hash(pair.value, hasher, level)?;
    }
    Ok(())
}

fn hash_temporal(temporal: &Temporal, hasher: &mut FxHasher) {
    match temporal {
        Temporal::DateTime(moment) => moment.instant().hash(hasher),
        other => other.to_string().hash(hasher),
    }
}
