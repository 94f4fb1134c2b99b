//! Items by a condition: every, some, first, where, how many.

use crate::builtin::condition::{self, Texts};
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Elements, Function, ObjectBuilder, Value};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Arrays::countBy", body: count_by },
    Native { key: "Arrays::every", body: |_, args| Ok((position(args, "every", false)?.is_none()).into()) },
    Native { key: "Arrays::some", body: |_, args| Ok((position(args, "some", true)?.is_some()).into()) },
    Native { key: "Arrays::firstWith", body: first_with },
    Native { key: "Arrays::indexWhere", body: index_where },
    Native { key: "Arrays::partition", body: partition },
];

fn split(mut args: Args<'_>) -> Result<(Elements<'static>, Function), Fault> {
    let items = args.take_array(0)?.into_elements();
    Ok((items, args.function(1)?.clone()))
}

/// Where the first item stands for which the condition gives `wanted`.
fn position(args: Args<'_>, asker: &str, wanted: bool) -> Result<Option<usize>, Fault> {
    let (items, test) = split(args)?;
    for (i, item) in items.enumerate() {
        if condition::holds(&test.call(&mut [item?])?, Texts::Exact, asker)? == wanted {
            return Ok(Some(i));
        }
    }
    Ok(None)
}

fn index_where(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let found = position(args, "indexWhere", true)?;
    Ok(found.map_or(Value::Int(-1), Value::count))
}

fn first_with(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (items, test) = split(args)?;
    for (i, item) in items.enumerate() {
        let item = item?;
        let answer = test.call(&mut [item.clone(), Value::count(i)])?;
        if condition::holds(&answer, Texts::AnyCase, "firstWith")? {
            return Ok(item);
        }
    }
    Ok(Value::Null)
}

fn count_by(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (items, test) = split(args)?;
    let mut count = 0;
    for item in items {
        if condition::holds(&test.call(&mut [item?])?, Texts::Exact, "countBy")? {
            count += 1;
        }
    }
    Ok(Value::count(count))
}

fn partition(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (items, test) = split(args)?;
    let (mut success, mut failure) = (Vec::new(), Vec::new());
    for item in items {
        let item = item?;
        let passes = condition::holds(&test.call(&mut [item.clone()])?, Texts::AnyCase, "partition")?;
        if passes { success.push(item) } else { failure.push(item) }
    }
    let mut parts = ObjectBuilder::with_capacity(2);
    parts.field("success", Value::array(success)).field("failure", Value::array(failure));
    Ok(parts.value())
}
