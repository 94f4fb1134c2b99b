//! `mapLeafValues`.

use super::path::Path;
use crate::diag::Fault;
use crate::eval::{Args, Native, Run};
use crate::value::{Function, Object, ObjectBuilder, Value, depth};

/// Natives of this file.
pub const NATIVES: &[Native] = &[Native { key: "Tree::mapLeafValues", body: map_leaves }];

fn map_leaves(_: &Run, mut args: Args<'_>) -> Result<Value, Fault> {
    let callback = args.function(1)?.clone();
    let mut path = Path::for_callback(&callback);
    mapped(args.take(0), 0, &mut path, &callback)
}

/// Everything but objects and arrays is a leaf.
fn mapped(value: Value, level: usize, path: &mut Path, callback: &Function) -> Result<Value, Fault> {
    depth::check(level)?;
    let mut inner = |value: Value, path: &mut Path| depth::with_stack(|| mapped(value, level + 1, path, callback));
    match value.bare() {
        Value::Array(_) => {
            let Value::Array(array) = value.into_bare() else { return Err(Fault::internal("an array changed")) };
            let items = array.into_elements().enumerate();
            let items: Result<_, Fault> =
                items.map(|(i, item)| item.and_then(|item| path.at_index(i, |path| inner(item, path)))).collect();
            Ok(Value::array(items?))
        }
        Value::Object(object) => {
            let mut pairs = ObjectBuilder::with_capacity(object.len());
            for pair in object.iter() {
                // The path of an attribute leads past its element, as in the reference engine.
                let attributes = pair.attributes.map(|all| attributes(all, path, &mut inner)).transpose()?;
                let value = path.at_field(pair.name, |path| inner(pair.value.clone(), path))?;
                pairs.pair(pair.name.clone(), attributes, value);
            }
            Ok(pairs.value())
        }
        _ => {
            let path = path.value();
            callback.call(&mut [value, path])
        }
    }
}

fn attributes(
    all: &Object,
    path: &mut Path,
    inner: &mut impl FnMut(Value, &mut Path) -> Result<Value, Fault>,
) -> Result<Object, Fault> {
    let mut mapped = ObjectBuilder::with_capacity(all.len());
    for attribute in all.iter() {
        let value = path.at_attribute(attribute.name, |path| inner(attribute.value.clone(), path))?;
        mapped.pair(attribute.name.clone(), None, value);
    }
    Ok(mapped.build())
}
