//! Lists made from lists, item by item as they are read: map, filter, flatMap, flatten, zip, `++`.

use crate::builtin::condition::{self, Texts};
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Elements, Function, Producer, Value, depth};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "core::map", body: map },
    Native { key: "core::filterItems", body: filter },
    Native { key: "core::flatMap", body: flat_map },
    Native { key: "core::flatten", body: |_, mut args| Ok(Value::Array(args.take_array(0)?.derive(flattened))) },
    Native { key: "core::zip", body: zip },
    Native { key: "core::concatArrays", body: concat },
];

type Item = Result<Value, Fault>;

fn map(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let mapper = args.function(1)?.clone();
    Ok(Value::Array(args.take_array(0)?.derive(|items| Mapped { items, index: 0, mapper })))
}

/// The mapper's results. There is one for each item, which `isEmpty` sees without running the mapper.
struct Mapped {
    items: Elements<'static>,
    index: usize,
    mapper: Function,
}

impl Producer for Mapped {
    fn next(&mut self) -> Option<Item> {
        let item = Iterator::next(&mut self.items)?;
        self.index += 1;
        Some(item.and_then(|item| self.mapper.call(&mut [item, Value::count(self.index - 1)])))
    }

    fn has_next(&mut self) -> Option<bool> {
        self.items.has_next()
    }
}

fn filter(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let criteria = args.function(1)?.clone();
    let fits = move |i: usize, item: &Value| {
        condition::holds(&criteria.call(&mut [item.clone(), Value::count(i)])?, Texts::AnyCase, "filter")
    };
    let filtered = |items: Elements<'static>| {
        items.enumerate().filter_map(move |(i, item)| match item.and_then(|item| Ok((fits(i, &item)?, item))) {
            Ok((fits, item)) => fits.then_some(Ok(item)),
            Err(fault) => Some(Err(fault)),
        })
    };
    Ok(Value::Array(args.take_array(0)?.derive(filtered)))
}

fn flat_map(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let mapper = args.function(1)?.clone();
    let mapped = |items: Elements<'static>| {
        flattened(items.enumerate().map(move |(i, item)| mapper.call(&mut [item?, Value::count(i)])))
    };
    Ok(Value::Array(args.take_array(0)?.derive(mapped)))
}

/// The items of the arrays among these items; everything else, a range too, stays.
fn flattened(items: impl Iterator<Item = Item> + Send) -> impl Iterator<Item = Item> + Send {
    Flattened { items, inner: None }
}

struct Flattened<I> {
    items: I,
    inner: Option<Elements<'static>>,
}

impl<I: Iterator<Item = Item>> Iterator for Flattened<I> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            if let Some(inner) = &mut self.inner {
                // The inner list may itself be flattened from a list that is flattened, and so on.
                match depth::nested(|| Iterator::next(inner).transpose()).transpose() {
                    Some(item) => return Some(item),
                    None => self.inner = None,
                }
            }
            let item = match self.items.next()? {
                Ok(item) => item,
                fault => return Some(fault),
            };
            if !matches!(item.bare(), Value::Array(_)) {
                return Some(Ok(item));
            }
            if let Value::Array(inner) = item.into_bare() {
                self.inner = Some(inner.into_elements());
            }
        }
    }
}

fn zip(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let (left, right) = (args.take_array(0)?, args.take_array(1)?);
    let pairs = |left: Elements<'static>, right: Elements<'static>| {
        left.zip(right).map(|(left, right)| Ok(Value::array(vec![left?, right?])))
    };
    Ok(Value::Array(left.derive_both(right, pairs)))
}

/// Computed lists are joined at once, in place where nobody else holds the first: collecting in a loop stays linear.
fn concat(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let (first, second) = (args.take_array(0)?, args.take_array(1)?);
    if first.known().is_some() && second.known().is_some() {
        return Ok(Value::Array(first.append(second.into_vec()?)?));
    }
    Ok(Value::Array(first.derive_both(second, Elements::chain)))
}
