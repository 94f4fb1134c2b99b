//! Natives of `dw::core::Objects`.

use super::amount;
use super::condition::{self, Texts};
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Function, ObjectBuilder, Pair, QName, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Objects::divideBy", body: divide_by },
    Native { key: "Objects::everyEntry", body: |_, args| Ok((position(&args, "everyEntry", false)?.is_none()).into()) },
    Native { key: "Objects::someEntry", body: |_, args| Ok((position(&args, "someEntry", true)?.is_some()).into()) },
    Native { key: "Objects::takeWhile", body: take_while },
    Native { key: "Objects::mergeWith", body: merge_with },
];

fn copy<'a>(pairs: impl Iterator<Item = Pair<'a>>) -> Value {
    let mut object = ObjectBuilder::default();
    for pair in pairs {
        object.copy(pair);
    }
    object.value()
}

/// A size that is no whole number of at least 1 puts everything into one object.
fn divide_by(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (object, size) = (args.object(0)?, args.number(1)?);
    let size = if size.is_whole() { amount::count(amount::truncated(&size)) } else { 0 };
    let size = if size == 0 { usize::MAX } else { size };
    let parts =
        (0..object.len()).step_by(size).map(|at| copy((at..object.len()).take(size).filter_map(|i| object.pair(i))));
    Ok(Value::array(parts.collect()))
}

fn holds(test: &Function, pair: &Pair<'_>, asker: &str) -> Result<bool, Fault> {
    let answer = test.call(&mut [pair.value.clone(), Value::Key(Arc::new(pair.key()))])?;
    condition::holds(&answer, Texts::Exact, asker)
}

/// Where the first pair stands for which the condition gives `wanted`.
fn position(args: &Args<'_>, asker: &str, wanted: bool) -> Result<Option<usize>, Fault> {
    let (object, test) = (args.object(0)?, args.function(1)?);
    for (i, pair) in object.iter().enumerate() {
        if holds(test, &pair, asker)? == wanted {
            return Ok(Some(i));
        }
    }
    Ok(None)
}

fn take_while(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let end = position(&args, "takeWhile", false)?;
    let object = args.object(0)?;
    Ok(match end {
        None => args.value(0).clone(),
        Some(end) => copy(object.iter().take(end)),
    })
}

/// The source without the names of the target (a name without namespace stands for any), then the target.
fn merge_with(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let (source, target) = (args.object(0)?, args.object(1)?);
    let mut news: FxHashMap<&str, Vec<&QName>> = FxHashMap::default();
    for pair in target.iter() {
        news.entry(&pair.name.local).or_default().push(pair.name);
    }
    let is_replaced = |pair: &Pair<'_>| {
        let alike = news.get(pair.name.local.as_str());
        alike.is_some_and(|names| names.iter().any(|new| pair.name.matches(&new.local, new.ns.as_deref())))
    };
    Ok(copy(source.iter().filter(|pair| !is_replaced(pair)).chain(target.iter())))
}
