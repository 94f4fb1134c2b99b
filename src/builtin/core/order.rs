//! Sorting by a criterion: orderBy on lists and objects.

use super::object::key_of;
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{ObjectBuilder, Pair, Value, ops};
use std::cmp::Ordering;

/// Natives of this file.
pub const NATIVES: &[Native] =
    &[Native { key: "core::orderItems", body: order_items }, Native { key: "core::orderPairs", body: order_pairs }];

fn order_items(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let items = args.take_array(0)?.into_vec()?;
    let criteria = args.function(1)?;
    let sorted = sorted(items, |i, item| criteria.call(&mut [item.clone(), Value::count(i)]))?;
    Ok(Value::array(sorted.collect()))
}

fn order_pairs(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (object, criteria) = (args.object(0)?, args.function(1)?);
    let pairs: Vec<Pair<'_>> = object.iter().collect();
    let mut result = ObjectBuilder::with_capacity(pairs.len());
    for pair in sorted(pairs, |_, pair| criteria.call(&mut [pair.selected(), key_of(pair)]))? {
        result.copy(pair);
    }
    Ok(result.value())
}

/// Sorted by a key that is computed once for each entry, equal ones in their order. One entry alone gets no key.
fn sorted<T>(
    entries: Vec<T>,
    key: impl Fn(usize, &T) -> Result<Value, Fault>,
) -> Result<impl Iterator<Item = T>, Fault> {
    let alone = entries.len() < 2;
    let keyed = entries.into_iter().enumerate();
    let keyed = keyed.map(|(i, entry)| Ok((if alone { Value::Null } else { key(i, &entry)? }, entry)));
    let mut keyed = keyed.collect::<Result<Vec<(Value, T)>, Fault>>()?;
    let mut fault = None;
    keyed.sort_by(|(a, _), (b, _)| {
        ops::order(a, b).unwrap_or_else(|e| {
            fault.get_or_insert(e);
            Ordering::Equal
        })
    });
    match fault {
        Some(fault) => Err(fault),
        None => Ok(keyed.into_iter().map(|(_, entry)| entry)),
    }
}
