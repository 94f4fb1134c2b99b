//! Constant folding: literals made of constants are values before the script runs.

use super::node::{Binary, Kind, Node, Record};
use super::operator::apply;
use crate::value::{Object, QName, Schema, Shape, Str, Value};

/// The values of nodes that are all constants.
fn constants<'a>(nodes: impl IntoIterator<Item = &'a Node>) -> Option<Vec<Value>> {
    let constant = |node: &Node| match &node.kind {
        Kind::Const(value) => Some(value.clone()),
        _ => None,
    };
    nodes.into_iter().map(constant).collect()
}

/// `[…]`
pub(super) fn array(items: Vec<Node>) -> Kind {
    match constants(&items) {
        Some(values) => Kind::Const(Value::array(values)),
        None => Kind::Array(items.into()),
    }
}

/// `{…}` with known keys.
pub(super) fn record(names: Vec<QName>, values: Vec<Node>) -> Kind {
    let shape = Shape::new(names);
    match constants(&values) {
        Some(values) => Kind::Const(Value::Object(Object::of_shape(shape, values))),
        None => Kind::Record(Box::new(Record { shape, values: values.into() })),
    }
}

/// `left op right`; what fails stays to fail when it is reached.
pub(super) fn binary(binary: Binary) -> Kind {
    let folded = match (&binary.left.kind, &binary.right.kind) {
        (Kind::Const(left), Kind::Const(right)) => apply(binary.op, left, right).ok(),
        _ => None,
    };
    folded.map_or_else(|| Kind::Binary(Box::new(binary)), Kind::Const)
}

/// Metadata whose values are all constants.
pub(super) fn schema(entries: &[(Str, Node)]) -> Option<Schema> {
    let values = constants(entries.iter().map(|(_, node)| node))?;
    Some(Schema(entries.iter().map(|(name, _)| name.clone()).zip(values).collect()))
}
