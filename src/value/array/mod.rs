//! Lists: computed, or a sequence that is pulled item by item and remembers what it gave.

mod elements;
mod lazy;
mod replay;

pub use elements::Elements;

use super::Value;
use super::values::Values;
use crate::diag::Fault;
use elements::Source;
pub(super) use lazy::check_room;
use lazy::{Lazy, Pulled};
pub use replay::Replay;
use replay::Replayed;
use std::fmt;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Makes the items of a sequence, one at a time, in order.
pub trait Producer: Send {
    /// The next item; `None` at the end, and after a fault.
    fn next(&mut self) -> Option<Result<Value, Fault>>;

    /// Whether there is another item, if that can be told without computing it.
    fn has_next(&mut self) -> Option<bool> {
        None
    }
}

impl<I: Iterator<Item = Result<Value, Fault>> + Send> Producer for I {
    fn next(&mut self) -> Option<Result<Value, Fault>> {
        Iterator::next(self)
    }
}

/// How many sequences may be computed from one another.
const MOST_LAYERS: u32 = 64;

/// How many items a computed list may have: a guard against `0 to 1000000000000` being written out in memory.
pub const MOST_ITEMS: usize = 50_000_000;

/// A list of values. Clones share the items, and a sequence shares what was already pulled from it.
#[derive(Clone)]
pub struct Array(Arc<Repr>);

enum Repr {
    Items(Values),
    /// Boxed, so that a computed list takes no more memory than it needs.
    Lazy(Box<Lazy>),
    /// Kept outside of the memory.
    Replayed(Box<Replayed>),
    /// What is left of another list, which is none of this kind itself.
    Rest {
        of: Array,
        from: usize,
    },
}

impl Array {
    /// A sequence that is computed as far as it is asked for.
    pub fn lazy(producer: impl Producer + 'static) -> Self {
        Self::layered(0, producer)
    }

    /// A list that is kept elsewhere, in a file for example, and read from there as often as it is gone through.
    pub fn replayed(items: impl Replay + 'static) -> Self {
        Self(Arc::new(Repr::Replayed(Box::new(Replayed::new(items)))))
    }

    /// Whether its items are kept elsewhere: to compute them all would bring them into the memory.
    pub fn is_replayed(&self) -> bool {
        matches!(&*self.0, Repr::Replayed(_))
    }

    /// A sequence made from the items of this one, which are computed as they are asked for.
    ///
    /// A script that loops can put sequence upon sequence; past some layers the items are computed at once, so that
    /// pulling (and freeing) the last one cannot exhaust the stack.
    pub fn derive<P: Producer + 'static>(self, make: impl FnOnce(Elements<'static>) -> P) -> Self {
        let layers = self.layers();
        let source = self.computed_past(layers);
        // Past the limit nothing is left below: the count starts again at 0.
        Self::layered(layers % MOST_LAYERS, make(source.into_elements()))
    }

    /// A sequence made from the items of this one and of another, like [`Array::derive`].
    pub fn derive_both<P: Producer + 'static>(
        self,
        other: Array,
        make: impl FnOnce(Elements<'static>, Elements<'static>) -> P,
    ) -> Self {
        let layers = self.layers().max(other.layers());
        let (one, two) = (self.computed_past(layers), other.computed_past(layers));
        Self::layered(layers % MOST_LAYERS, make(one.into_elements(), two.into_elements()))
    }

    /// How many layers a sequence derived from this one has below it.
    fn layers(&self) -> u32 {
        match &*self.0 {
            Repr::Lazy(lazy) if lazy.all.get().is_none() => lazy.layers + 1,
            Repr::Rest { of, .. } => of.layers(),
            _ => 0,
        }
    }

    fn computed_past(self, layers: u32) -> Self {
        if layers >= MOST_LAYERS {
            // A fault is not lost here: the elements will give it in place of the first item.
            let _ = self.force();
        }
        self
    }

    fn layered(layers: u32, producer: impl Producer + 'static) -> Self {
        let state = Pulled { items: Vec::new(), producer: Some(Box::new(producer)), fault: None };
        let lazy = Lazy { layers, all: OnceLock::new(), state: Mutex::new(state) };
        Self(Arc::new(Repr::Lazy(Box::new(lazy))))
    }

    /// All items, computing what is missing.
    pub fn force(&self) -> Result<&[Value], Fault> {
        match &*self.0 {
            Repr::Items(items) => Ok(items),
            Repr::Lazy(lazy) => lazy.force(),
            Repr::Replayed(items) => items.force(),
            Repr::Rest { of, from } => Ok(of.force()?.get(*from..).unwrap_or_default()),
        }
    }

    /// The list without its first `count` items, which are not computed for it. It takes no copy: a list can be taken
    /// apart item by item.
    pub fn rest(&self, count: usize) -> Self {
        let (of, from) = match &*self.0 {
            Repr::Rest { of, from } => (of, from + count),
            _ => (self, count),
        };
        Self(Arc::new(Repr::Rest { of: of.clone(), from }))
    }

    /// Whether somebody else holds the items too.
    pub fn is_shared(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }

    /// The items, if they are all computed.
    pub fn known(&self) -> Option<&[Value]> {
        match &*self.0 {
            Repr::Items(items) => Some(items),
            Repr::Lazy(lazy) => lazy.all.get().and_then(|all| all.as_ref().ok()).map(|items| &***items),
            Repr::Replayed(items) => items.known(),
            Repr::Rest { of, from } => Some(of.known()?.get(*from..).unwrap_or_default()),
        }
    }

    /// The item at this position, computing no further than that.
    pub fn get(&self, index: usize) -> Result<Option<Value>, Fault> {
        match &*self.0 {
            Repr::Items(items) => Ok(items.get(index).cloned()),
            Repr::Lazy(lazy) => lazy.get(index),
            Repr::Replayed(items) => items.get(index),
            Repr::Rest { of, from } => of.get(from + index),
        }
    }

    /// Whether there is no item; computes one at most, and none if it can be told without.
    pub fn is_empty(&self) -> Result<bool, Fault> {
        match self.has(0) {
            Some(has) => Ok(!has),
            None => Ok(self.get(0)?.is_none()),
        }
    }

    /// Whether there is an item at this position, if that can be told without computing it.
    fn has(&self, index: usize) -> Option<bool> {
        match &*self.0 {
            Repr::Items(items) => Some(index < items.len()),
            Repr::Replayed(items) => items.known().map(|items| index < items.len()),
            Repr::Rest { of, from } => of.has(from + index),
            Repr::Lazy(lazy) => match lazy.all.get() {
                Some(all) => all.as_ref().ok().map(|items| index < items.len()),
                None => lazy.lock().has(index),
            },
        }
    }

    /// The items in order, computed as they are asked for.
    pub fn iter(&self) -> Elements<'_> {
        match (self.known(), &*self.0) {
            (Some(items), _) => Elements(Source::Slice(items.iter())),
            (None, Repr::Replayed(items)) => Elements(Source::Made(items.open())),
            (None, _) => Elements(Source::Shared(self.clone(), 0)),
        }
    }

    /// The items in order. A sequence that nobody else holds is not remembered, so memory stays constant.
    pub fn into_elements(self) -> Elements<'static> {
        let mut shared = self;
        match Arc::get_mut(&mut shared.0) {
            Some(Repr::Items(items)) => Elements(Source::Owned(std::mem::take(items).into_vec().into_iter())),
            Some(Repr::Lazy(lazy)) if lazy.all.get().is_none() => {
                let state = lazy.state.get_mut().unwrap_or_else(PoisonError::into_inner);
                let pulled = std::mem::take(&mut state.items).into_iter();
                Elements(Source::Rest { pulled, rest: std::mem::take(state) })
            }
            _ => match &*shared.0 {
                Repr::Replayed(items) if items.known().is_none() => Elements(Source::Made(items.open())),
                _ => Elements(Source::Shared(shared, 0)),
            },
        }
    }

    /// All items, moved out where nobody else holds them.
    pub fn into_vec(mut self) -> Result<Vec<Value>, Fault> {
        if let Some(Repr::Items(items)) = Arc::get_mut(&mut self.0) {
            return Ok(std::mem::take(items).into_vec());
        }
        if let Some(items) = self.known() {
            return Ok(items.to_vec());
        }
        self.into_limited().collect()
    }

    /// The items in order, ending in a fault after [`MOST_ITEMS`]: for whoever keeps them all.
    pub fn into_limited(self) -> impl Iterator<Item = Result<Value, Fault>> {
        self.into_elements().enumerate().map(|(i, item)| check_room(i).and(item))
    }

    /// The list with one more item at its end; in place where nobody else holds it.
    pub fn push(self, item: Value) -> Result<Self, Fault> {
        self.append([item])
    }

    /// The list with more items at its end; in place where nobody else holds it.
    pub fn append(mut self, more: impl IntoIterator<Item = Value>) -> Result<Self, Fault> {
        if let Some(Repr::Items(items)) = Arc::get_mut(&mut self.0) {
            items.extend(more);
            check_room(items.len().saturating_sub(1))?;
            return Ok(self);
        }
        let mut items = self.into_vec()?;
        items.extend(more);
        check_room(items.len().saturating_sub(1))?;
        Ok(items.into())
    }
}

impl From<Vec<Value>> for Array {
    fn from(items: Vec<Value>) -> Self {
        Self(Arc::new(Repr::Items(items.into())))
    }
}

impl Default for Array {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl fmt::Debug for Array {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.known() {
            Some(items) => f.debug_list().entries(items).finish(),
            None => f.write_str("[…]"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nothing_done(items: Elements<'static>) -> impl Producer {
        items.into_iter()
    }

    #[test]
    fn survives_a_hundred_thousand_layers() {
        let mut array = Array::from(vec![Value::Int(7)]);
        let mut shared = Array::lazy(std::iter::once(Ok(Value::Int(7))));
        let mut nested = Array::default();
        for _ in 0..100_000 {
            array = array.derive(nothing_done);
            shared = shared.clone().derive(nothing_done);
            nested = Array::from(vec![Value::Array(nested)]).derive(nothing_done);
        }
        assert!(matches!(array.get(0), Ok(Some(Value::Int(7)))));
        assert_eq!(shared.force().unwrap().len(), 1);
    }
}
