//! Parts of a list, computed as they are read.

use crate::builtin::amount;
use crate::builtin::condition::{self, Texts};
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Elements, Function, Number, Value};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Arrays::divideBy", body: divide_by },
    Native { key: "Arrays::take", body: take },
    Native { key: "Arrays::drop", body: drop_first },
    Native { key: "Arrays::slice", body: slice },
    Native { key: "Arrays::takeWhile", body: take_while },
    Native { key: "Arrays::dropWhile", body: drop_while },
];

fn up(number: Number) -> usize {
    amount::count(amount::rounded_up(&number))
}

fn down(number: Number) -> usize {
    amount::count(amount::truncated(&number))
}

fn take(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let count = up(args.number(1)?);
    Ok(Value::Array(args.take_array(0)?.derive(|items| items.take(count))))
}

fn drop_first(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let count = down(args.number(1)?);
    Ok(Value::Array(args.take_array(0)?.derive(|items| skip(items, count))))
}

fn slice(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let (from, until) = (down(args.number(1)?), down(args.number(2)?));
    Ok(Value::Array(args.take_array(0)?.derive(|items| skip(items.take(until), from))))
}

type Item = Result<Value, Fault>;

/// Leaves items out, but not a fault among them.
fn skip(items: impl Iterator<Item = Item> + Send, count: usize) -> impl Iterator<Item = Item> + Send {
    items.enumerate().filter(move |(i, item)| *i >= count || item.is_err()).map(|(_, item)| item)
}

fn divide_by(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let size = up(args.number(1)?).max(1);
    let chunks = |mut items: Elements<'static>| {
        std::iter::from_fn(move || match items.by_ref().take(size).collect::<Result<Vec<Value>, Fault>>() {
            Ok(chunk) if chunk.is_empty() => None,
            chunk => Some(chunk.map(Value::array)),
        })
    };
    Ok(Value::Array(args.take_array(0)?.derive(chunks)))
}

fn take_while(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let test = args.function(1)?.clone();
    let front = |items: Elements<'static>| {
        items.map_while(move |item| match item.and_then(|item| Ok((in_front(&test, &item, "takeWhile")?, item))) {
            Ok((false, _)) => None,
            Ok((true, item)) => Some(Ok(item)),
            Err(fault) => Some(Err(fault)),
        })
    };
    Ok(Value::Array(args.take_array(0)?.derive(front)))
}

fn drop_while(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let test = args.function(1)?.clone();
    let mut dropping = true;
    let rest = |items: Elements<'static>| {
        items.filter_map(move |item| {
            let dropped = match &item {
                Ok(item) if dropping => in_front(&test, item, "dropWhile"),
                _ => Ok(false),
            };
            match dropped {
                Ok(true) => None,
                Ok(false) => {
                    dropping = false;
                    Some(item)
                }
                Err(fault) => Some(Err(fault)),
            }
        })
    };
    Ok(Value::Array(args.take_array(0)?.derive(rest)))
}

/// Whether the item belongs to the front part.
fn in_front(test: &Function, item: &Value, asker: &str) -> Result<bool, Fault> {
    condition::holds(&test.call(&mut [item.clone()])?, Texts::Exact, asker)
}
