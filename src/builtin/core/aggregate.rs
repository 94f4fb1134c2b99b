//! One value from all items of a list: sum, avg, min, max and their kin, joinBy.

use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Elements, Number, Value, coerce, limit, ops};
use std::cmp::Ordering;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::sum", body: sum },
    Native { key: "core::avg", body: average },
    Native { key: "core::max", body: |_, args| extreme(args, Ordering::Greater) },
    Native { key: "core::min", body: |_, args| extreme(args, Ordering::Less) },
    Native { key: "core::maxBy", body: |_, args| extreme_by(args, Ordering::Greater) },
    Native { key: "core::minBy", body: |_, args| extreme_by(args, Ordering::Less) },
    Native { key: "core::joinBy", body: join_by },
];

fn sum(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let (total, _) = total(args.take_array(0)?.into_elements())?;
    Ok(total.into())
}

fn average(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let (total, count) = total(args.take_array(0)?.into_elements())?;
    Ok(total.divide(&count.into())?.into())
}

/// The sum, and how many items it is of. One item alone is not added to anything: `1E3` keeps its text.
fn total(mut items: Elements<'_>) -> Result<(Number, u64), Fault> {
    let number = |item: Value| item.as_number().map_or_else(|| coerce::to_number(&item), Ok);
    let Some(first) = items.next() else { return Ok((Number::Int(0), 0)) };
    let (mut total, mut count) = (number(first?)?, 1);
    for item in items {
        total = total.add(&number(item?)?)?;
        count += 1;
    }
    Ok((total, count))
}

/// The first of the greatest or least items; one alone is compared with nothing.
fn extreme(mut args: Args<'_>, wanted: Ordering) -> Result<Value, Fault> {
    let mut items = args.take_array(0)?.into_elements();
    let Some(first) = items.next() else { return Ok(Value::Null) };
    let mut best = first?;
    for item in items {
        let item = item?;
        if ops::compare(&item, &best)? == wanted {
            best = item;
        }
    }
    Ok(best)
}

fn extreme_by(mut args: Args<'_>, wanted: Ordering) -> Result<Value, Fault> {
    let mut items = args.take_array(0)?.into_elements();
    let criteria = args.function(1)?;
    let Some(first) = items.next() else { return Ok(Value::Null) };
    let mut best = first?;
    let mut best_key = None;
    for item in items {
        let item = item?;
        let best_value = match best_key.take() {
            Some(key) => key,
            None => criteria.call(&mut [best.clone()])?,
        };
        let key = criteria.call(&mut [item.clone()])?;
        if ops::compare(&key, &best_value)? == wanted {
            (best, best_key) = (item, Some(key));
        } else {
            best_key = Some(best_value);
        }
    }
    Ok(best)
}

fn join_by(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let items = args.take_array(0)?.into_elements();
    let separator = args.str(1)?;
    let mut text = String::new();
    for (i, item) in items.enumerate() {
        if i > 0 {
            text.push_str(separator);
        }
        let item = item?;
        match item.as_str() {
            Some(part) => text.push_str(part),
            None => text.push_str(&coerce::to_text(&item)?),
        }
        limit::text(text.len())?;
    }
    Ok(text.into())
}
