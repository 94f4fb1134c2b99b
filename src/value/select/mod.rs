//! Selectors as plain functions of a value and a name or index. Each gives `Ok(None)` where nothing is found, so that
//! the caller makes it null, `false` (`?`) or a fault (`!`, see [`missing`]).
//!
//! | selector | function | selector | function |
//! |---|---|---|---|
//! | `.k` | [`field`] | `.@k` | [`attribute`] |
//! | `.*k` | [`fields`] | `.*@k` | [`all_attributes`] |
//! | `.&k` | [`pairs`] | `.@` | [`attributes`] |
//! | `..k` | [`deep_field`] | `..@k` | [`deep_attribute`] |
//! | `..*k` | [`deep_fields`] | `..@` | [`deep_attributes`] |
//! | `..&k` | [`deep_pairs`] | `.#` | [`namespace`] |
//! | `..` | [`descendants`] | `.^k`, `.^` | [`metadata`], [`all_metadata`] |
//! | `[expr]` | [`by_index`], [`at`], [`slice`] | `[?(c)]` | [`filter`] |
//!
//! A name is a local part with an optional namespace; without one it is found in any. The values selected carry the
//! attributes and namespace of their keys ([`super::Pair::selected`]). Selecting from a value that has no parts is a
//! fault, and so are the `..` family and slices on null; all others give `None` for null.

mod attribute;
mod deep;
mod fault;
mod field;
mod filter;
mod index;

pub use attribute::{all_attributes, all_metadata, attribute, attributes, metadata, namespace};
pub use deep::{deep_attribute, deep_attributes, deep_field, deep_fields, deep_pairs, descendants};
pub use fault::{Sought, missing};
pub use field::{field, fields, pairs};
pub use filter::filter;
pub use index::by_index;

use super::{Array, Namespace, Object, ObjectBuilder, Pair, Value};
use crate::diag::Fault;

/// A name that is looked for in many objects: the position in the last one's shape is tried first.
struct Finder<'a> {
    local: &'a str,
    ns: Option<&'a Namespace>,
    shape: u64,
    position: Option<usize>,
}

impl<'a> Finder<'a> {
    fn new(local: &'a str, ns: Option<&'a Namespace>) -> Self {
        Self { local, ns, shape: 0, position: None }
    }

    /// The first pair of the name.
    fn first<'o>(&mut self, object: &'o Object) -> Option<Pair<'o>> {
        if self.ns.is_some() {
            return object.find(self.local, self.ns);
        }
        // Shapes only ever grow at their ends, so a position once found stays right.
        if self.shape != object.shape().id() || self.position.is_none() {
            self.shape = object.shape().id();
            self.position = object.position(self.local);
        }
        object.pair(self.position?)
    }

    /// All pairs of the name.
    fn all<'o>(&mut self, object: &'o Object) -> impl Iterator<Item = Pair<'o>> {
        let (local, ns) = (self.local, self.ns);
        let from = self.first(object).is_some();
        let is_meant = move |pair: &Pair<'_>| match ns {
            None => object.shape().means(pair.name, local),
            Some(_) => pair.name.matches(local, ns),
        };
        object.iter().filter(move |pair| from && is_meant(pair))
    }
}

/// Calls `f` with each item; computed items are not copied.
fn each(array: &Array, mut f: impl FnMut(&Value) -> Result<(), Fault>) -> Result<(), Fault> {
    match array.known() {
        Some(items) => items.iter().try_for_each(f),
        None => array.iter().try_for_each(|item| f(&item?)),
    }
}

/// What a namespace looks like to selectors.
pub(super) fn namespace_object(ns: &Namespace) -> Object {
    let mut object = ObjectBuilder::with_capacity(2);
    object.field("uri", ns.uri.as_str()).field("prefix", ns.prefix.as_str());
    object.build()
}

/// Null propagates as "nothing found", and so does an empty list.
fn found(items: Vec<Value>) -> Option<Value> {
    (!items.is_empty()).then(|| Value::array(items))
}
