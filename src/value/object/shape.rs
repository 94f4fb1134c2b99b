//! Shapes: the key lists that objects of one kind share.

use crate::value::{QName, Str};
use rustc_hash::FxHashMap;
use std::cell::RefCell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};

/// The names of an object's pairs, in order, shared by all records of one kind.
#[derive(Debug)]
pub struct Shape {
    id: u64,
    names: Vec<QName>,
    /// First position of each local name; only made for long shapes.
    index: OnceLock<FxHashMap<Str, u32>>,
    /// Whether names are found whatever the case they are asked in.
    folds_case: bool,
}

impl Shape {
    /// A shape of these names.
    pub fn new(names: Vec<QName>) -> Arc<Self> {
        Arc::new(Self { id: Self::next_id(), names, index: OnceLock::new(), folds_case: false })
    }

    /// A shape of names that are found in any case: those of HTTP headers and of columns.
    pub fn folding_case(names: Vec<QName>) -> Arc<Self> {
        Arc::new(Self { id: Self::next_id(), names, index: OnceLock::new(), folds_case: true })
    }

    /// Whether names are found whatever the case they are asked in.
    pub fn is_folding_case(&self) -> bool {
        self.folds_case
    }

    /// Whether a name of this shape is meant by this local name.
    #[inline]
    pub fn means(&self, name: &QName, local: &str) -> bool {
        name.local == local || (self.folds_case && name.local.eq_ignore_ascii_case(local))
    }

    /// A name as the index has it.
    fn folded(&self, local: &str) -> Str {
        match self.folds_case {
            true => Str::from(local.to_ascii_lowercase()),
            false => Str::from(local),
        }
    }

    fn next_id() -> u64 {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        NEXT.fetch_add(1, Ordering::Relaxed)
    }

    /// Differs between any two shapes of a process; equal ids mean equal names in equal order.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The names in order.
    pub fn names(&self) -> &[QName] {
        &self.names
    }

    /// The first position whose name has this local part, in any namespace.
    pub fn position(&self, local: &str) -> Option<usize> {
        const SHORT: usize = 8;
        if self.names.len() <= SHORT {
            return self.names.iter().position(|name| self.means(name, local));
        }
        let index = self.index.get_or_init(|| {
            let mut index = FxHashMap::default();
            for (i, name) in self.names.iter().enumerate() {
                index.entry(self.folded(&name.local)).or_insert(i as u32);
            }
            index
        });
        index.get(&self.folded(local)).map(|i| *i as usize)
    }

    /// The same names and more of them. In place where nobody else holds the shape, else a shape that is shared by all
    /// who grow this one by that one.
    pub(super) fn grow(this: &mut Arc<Self>, more: &Arc<Self>) {
        match Arc::get_mut(this) {
            Some(own) => {
                own.id = Self::next_id();
                if std::mem::take(&mut own.folds_case) {
                    own.index.take();
                }
                if let Some(index) = own.index.get_mut() {
                    for (at, name) in (own.names.len()..).zip(&more.names) {
                        index.entry(name.local.clone()).or_insert(at as u32);
                    }
                }
                own.names.extend_from_slice(&more.names);
            }
            None => *this = Self::joined(this, more),
        }
    }

    /// The names of both. Short shapes are remembered, since records that are put together usually come by the thousand.
    fn joined(one: &Arc<Self>, two: &Arc<Self>) -> Arc<Self> {
        const SHORT: usize = 64;
        const PLACES: u64 = 16;
        /// The ids of two shapes, and the shape of both.
        type Joined = Option<(u64, u64, Arc<Shape>)>;
        thread_local! {
            static KNOWN: RefCell<[Joined; PLACES as usize]> = const { RefCell::new([const { None }; PLACES as usize]) };
        }
        let join = || Shape::new([&one.names[..], &two.names[..]].concat());
        if one.names.len() + two.names.len() > SHORT {
            return join();
        }
        let known = KNOWN.try_with(|known| {
            let mut known = known.borrow_mut();
            let place = &mut known[(one.id.wrapping_mul(31).wrapping_add(two.id) % PLACES) as usize];
            match place {
                Some((a, b, shape)) if (*a, *b) == (one.id, two.id) => shape.clone(),
                _ => place.insert((one.id, two.id, join())).2.clone(),
            }
        });
        known.unwrap_or_else(|_| join())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Object, Value};

    fn object(names: &[&str]) -> Object {
        let shape = Shape::new(names.iter().copied().map(QName::local).collect());
        Object::of_shape(shape, vec![Value::Null; names.len()])
    }

    #[test]
    fn folding_shapes_find_names_in_any_case() {
        let headers = Object::of_shape(Shape::folding_case(vec![QName::local("x-id")]), vec![Value::Null]);
        assert_eq!(["x-id", "X-Id", "id"].map(|name| headers.position(name)), [Some(0), Some(0), None]);
        assert_eq!(headers.concat(&object(&["b"])).position("X-Id"), None);
    }

    #[test]
    fn joins_share_their_shape_until_they_grow_long() {
        let (one, two) = (object(&["a"]), object(&["b", "c"]));
        let (first, again) = (one.clone().concat(&two), one.clone().concat(&two));
        assert_eq!(first.shape().id(), again.shape().id());
        assert_eq!(first.iter().map(|p| p.name.local.as_str()).collect::<Vec<_>>(), ["a", "b", "c"]);
        let mut long = Object::default();
        for i in 0..1000 {
            long = long.concat(&object(&[&format!("k{i}")]));
        }
        assert_eq!((long.len(), long.position("k999")), (1000, Some(999)));
    }
}
