//! Joins of two lists by the text of a criterion.

use crate::diag::Fault;
use crate::eval::{Args, Native};
use crate::value::{Elements, Function, Object, QName, Shape, Str, Value, coerce};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use std::vec::IntoIter;

/// Natives of this file.
pub const NATIVES: &[Native] = &[
    Native { key: "Arrays::join", body: |_, args| join(args, Keep::Pairs) },
    Native { key: "Arrays::leftJoin", body: |_, args| join(args, Keep::Left) },
    Native { key: "Arrays::outerJoin", body: |_, args| join(args, Keep::Both) },
];

/// Which items without a partner stay.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Keep {
    Pairs,
    Left,
    Both,
}

/// The right list is held in memory, the left one is pulled item by item.
struct Joined {
    left: Elements<'static>,
    left_key: Function,
    right: Vec<Value>,
    /// The positions of the right items by key.
    by_key: FxHashMap<Str, Vec<usize>>,
    /// Which right items have a partner.
    matched: Vec<bool>,
    /// The left item at hand and its partners that are still to come.
    partners: (Value, IntoIter<usize>),
    /// The right item to look at when the left ones are through.
    rest: usize,
    keep: Keep,
    shapes: [Arc<Shape>; 3],
}

fn join(mut args: Args<'_>, keep: Keep) -> Result<Value, Fault> {
    let right = args.take_array(1)?.into_vec()?;
    let (left_key, right_key) = (args.function(2)?.clone(), args.function(3)?);
    let mut by_key: FxHashMap<Str, Vec<usize>> = FxHashMap::default();
    for (i, item) in right.iter().enumerate() {
        by_key.entry(key(right_key, item)?).or_default().push(i);
    }
    let left = args.take_array(0)?;
    let joined = |left| Joined {
        left,
        left_key,
        matched: vec![false; right.len()],
        right,
        by_key,
        partners: (Value::Null, Vec::new().into_iter()),
        rest: 0,
        keep,
        shapes: [shape(&["l", "r"]), shape(&["l"]), shape(&["r"])],
    };
    Ok(Value::Array(left.derive(joined)))
}

fn shape(names: &[&str]) -> Arc<Shape> {
    Shape::new(names.iter().map(QName::local).collect())
}

fn key(criterion: &Function, item: &Value) -> Result<Str, Fault> {
    coerce::to_text(&criterion.call(&mut [item.clone()])?)
}

impl Joined {
    /// Goes to the next left item; an object if it stays alone.
    fn advance(&mut self, item: Result<Value, Fault>) -> Result<Option<Value>, Fault> {
        let item = item?;
        let found = self.by_key.get(&key(&self.left_key, &item)?).cloned().unwrap_or_default();
        let alone = found.is_empty() && self.keep != Keep::Pairs;
        self.partners = (item.clone(), found.into_iter());
        Ok(alone.then(|| self.object(1, vec![item])))
    }

    fn object(&self, shape: usize, values: Vec<Value>) -> Value {
        Value::Object(Object::of_shape(self.shapes[shape].clone(), values))
    }

    /// The next right item without a partner.
    fn alone(&mut self) -> Option<Value> {
        let at = (self.rest..self.right.len()).find(|i| !self.matched[*i])?;
        self.rest = at + 1;
        Some(self.object(2, vec![self.right[at].clone()]))
    }
}

impl Iterator for Joined {
    type Item = Result<Value, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(partner) = self.partners.1.next() {
                self.matched[partner] = true;
                let pair = vec![self.partners.0.clone(), self.right[partner].clone()];
                return Some(Ok(self.object(0, pair)));
            }
            match self.left.next() {
                Some(item) => match self.advance(item).transpose() {
                    Some(alone) => return Some(alone),
                    None => continue,
                },
                None if self.keep == Keep::Both => return self.alone().map(Ok),
                None => return None,
            }
        }
    }
}
