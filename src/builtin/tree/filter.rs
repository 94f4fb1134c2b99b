//! `filterTree` and its kin, and `nodeExists`.

use super::path::Path;
use crate::builtin::condition::{self, Texts};
use crate::diag::Fault;
use crate::eval::{Args, Native};
use crate::value::{Array, Function, Object, ObjectBuilder, Pair, QName, Value, depth};

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Tree::filterTree", body: |_, args| filter(&args, Judged::Nodes) },
    Native { key: "Tree::filterObjectLeafs", body: |_, args| filter(&args, Judged::Fields) },
    Native { key: "Tree::filterArrayLeafs", body: |_, args| filter(&args, Judged::Items) },
    Native { key: "Tree::nodeExists", body: |_, args| node_exists(&args) },
];

/// What the criterion decides on; everything else stays.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Judged {
    /// Every node but the root.
    Nodes,
    /// Leaves that are fields or attributes.
    Fields,
    /// Leaves that are items of arrays.
    Items,
}

struct Filter<'a> {
    judged: Judged,
    criterion: &'a Function,
}

fn filter(args: &Args<'_>, judged: Judged) -> Result<Value, Fault> {
    let criterion = args.function(1)?;
    Filter { judged, criterion }.inside(args.value(0), 0, &mut Path::for_callback(criterion))
}

fn is_leaf(value: &Value) -> bool {
    !matches!(value.bare(), Value::Object(_) | Value::Array(_))
}

fn passes(criterion: &Function, value: &Value, path: &Path) -> Result<bool, Fault> {
    condition::holds(&criterion.call(&mut [value.clone(), path.value()])?, Texts::AnyCase, "the walk over the tree")
}

impl Filter<'_> {
    /// The value with what fails inside of it taken out.
    fn inside(&self, value: &Value, level: usize, path: &mut Path) -> Result<Value, Fault> {
        depth::check(level)?;
        match value.bare() {
            Value::Array(array) => self.items(array, level, path),
            Value::Object(object) => self.pairs(object, level, path),
            _ => Ok(value.clone()),
        }
    }

    /// The node, filtered inside; `None` if it fails itself.
    fn node(&self, value: &Value, judged: bool, level: usize, path: &mut Path) -> Result<Option<Value>, Fault> {
        if judged && !passes(self.criterion, value, path)? {
            return Ok(None);
        }
        depth::with_stack(|| self.inside(value, level + 1, path)).map(Some)
    }

    fn items(&self, array: &Array, level: usize, path: &mut Path) -> Result<Value, Fault> {
        let mut kept = Vec::new();
        for (i, item) in array.iter().enumerate() {
            let item = item?;
            let judged = self.judged == Judged::Nodes || self.judged == Judged::Items && is_leaf(&item);
            kept.extend(path.at_index(i, |path| self.node(&item, judged, level, path))?);
        }
        Ok(Value::array(kept))
    }

    fn pairs(&self, object: &Object, level: usize, path: &mut Path) -> Result<Value, Fault> {
        let mut kept = ObjectBuilder::with_capacity(object.len());
        for pair in object.iter() {
            path.at_field(pair.name, |path| {
                if let Some(value) = self.node(pair.value, self.judges_field(pair.value), level, path)? {
                    kept.pair(pair.name.clone(), self.attributes(&pair, level, path)?, value);
                }
                Ok::<_, Fault>(())
            })?;
        }
        Ok(kept.value())
    }

    fn judges_field(&self, value: &Value) -> bool {
        self.judged == Judged::Nodes || self.judged == Judged::Fields && is_leaf(value)
    }

    fn attributes(&self, pair: &Pair<'_>, level: usize, path: &mut Path) -> Result<Option<Object>, Fault> {
        let Some(attributes) = pair.attributes else { return Ok(None) };
        let mut kept = ObjectBuilder::with_capacity(attributes.len());
        for attribute in attributes.iter() {
            let judged = self.judges_field(attribute.value);
            let value = path.at_attribute(attribute.name, |path| self.node(attribute.value, judged, level, path))?;
            if let Some(value) = value {
                kept.pair(attribute.name.clone(), None, value);
            }
        }
        Ok(Some(kept.build()))
    }
}

/// A root with parts is not tested itself; the walk ends at the first hit.
fn node_exists(args: &Args<'_>) -> Result<Value, Fault> {
    let (root, test) = (args.value(0), args.function(1)?);
    let path = &mut Path::for_callback(test);
    let found = if is_leaf(root) { passes(test, root, path)? } else { exists_inside(root, 0, path, test)? };
    Ok(found.into())
}

fn exists_inside(value: &Value, level: usize, path: &mut Path, test: &Function) -> Result<bool, Fault> {
    depth::check(level)?;
    let node = |value: &Value, path: &mut Path| {
        Ok::<_, Fault>(passes(test, value, path)? || depth::with_stack(|| exists_inside(value, level + 1, path, test))?)
    };
    match value.bare() {
        Value::Array(array) => {
            for (i, item) in array.iter().enumerate() {
                let item = item?;
                if path.at_index(i, |path| node(&item, path))? {
                    return Ok(true);
                }
            }
        }
        Value::Object(object) => {
            for pair in object.iter() {
                let attribute =
                    |name: &QName, value: &Value, path: &mut Path| path.at_attribute(name, |path| node(value, path));
                let found = path.at_field(pair.name, |path| {
                    for inner in pair.attributes.into_iter().flat_map(Object::iter) {
                        if attribute(inner.name, inner.value, path)? {
                            return Ok(true);
                        }
                    }
                    node(pair.value, path)
                })?;
                if found {
                    return Ok(true);
                }
            }
        }
        _ => {}
    }
    Ok(false)
}
