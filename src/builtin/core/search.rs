//! Looking for items in lists and for texts in texts: contains, find, indexOf, lastIndexOf.

use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::units;
use crate::value::{Value, ops};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native {
        key: "core::containsItem",
        body: |_, args| Ok(positions_of_item(args)?.next().transpose()?.is_some().into()),
    },
    Native { key: "core::findItem", body: find_item },
    Native { key: "core::findText", body: find_text },
    Native { key: "core::indexOfItem", body: |_, args| index(positions_of_item(args)?.next()) },
    Native { key: "core::indexOfText", body: |_, args| index(positions_of_text(&args)?.next().map(Ok)) },
    Native { key: "core::lastIndexOfItem", body: last_index_of_item },
    Native { key: "core::lastIndexOfText", body: |_, args| index(positions_of_text(&args)?.last().map(Ok)) },
];

fn index(position: Option<Result<usize, Fault>>) -> Result<Value, Fault> {
    Ok(position.transpose()?.map_or(Value::Int(-1), Value::count))
}

/// Where the items stand that are equal to the second argument, found as they are asked for.
fn positions_of_item(mut args: Args<'_>) -> Result<impl Iterator<Item = Result<usize, Fault>>, Fault> {
    let wanted = args.take(1);
    let items = args.take_array(0)?.into_elements();
    Ok(items.enumerate().filter_map(move |(i, item)| match item.and_then(|item| ops::equal(&item, &wanted)) {
        Ok(found) => found.then_some(Ok(i)),
        Err(fault) => Some(Err(fault)),
    }))
}

fn find_item(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    positions_of_item(args)?.map(|at| Ok(Value::count(at?))).collect::<Result<_, Fault>>().map(Value::array)
}

fn last_index_of_item(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    let mut last = None;
    for position in positions_of_item(args)? {
        last = Some(position?);
    }
    index(last.map(Ok))
}

/// Where the second argument stands in the first, without overlaps. The empty text is found before each character.
fn positions_of_text<'a>(args: &'a Args<'_>) -> Result<Box<dyn Iterator<Item = usize> + 'a>, Fault> {
    let (text, wanted) = (args.str(0)?, args.str(1)?);
    if wanted.is_empty() {
        return Ok(Box::new(0..units::len(text)));
    }
    let mut positions = units::Positions::new(text);
    Ok(Box::new(text.match_indices(wanted).map(move |(offset, _)| positions.at(offset))))
}

fn find_text(_: &Run, args: Args<'_>) -> Result<Value, Fault> {
    Ok(Value::array(positions_of_text(&args)?.map(Value::count).collect()))
}
