//! A list whose items are kept elsewhere and read from there as often as it is gone through.

use super::Producer;
use super::lazy::check_room;
use crate::diag::Fault;
use crate::value::Value;
use crate::value::values::Values;
use std::sync::OnceLock;

/// Items that can be gone through any number of times.
pub trait Replay: Send + Sync {
    /// The items from the first one on.
    fn open(&self) -> Box<dyn Producer>;
}

/// Such items, and a copy of them once somebody needs them all at once.
pub(super) struct Replayed {
    items: Box<dyn Replay>,
    all: OnceLock<Result<Values, Fault>>,
}

/// Up to this position, an item is looked up by going there; whoever looks further in wants them all.
const NEAR: usize = 256;

impl Replayed {
    pub(super) fn new(items: impl Replay + 'static) -> Self {
        Self { items: Box::new(items), all: OnceLock::new() }
    }

    pub(super) fn open(&self) -> Box<dyn Producer> {
        self.items.open()
    }

    pub(super) fn known(&self) -> Option<&[Value]> {
        self.all.get()?.as_ref().ok().map(|items| &***items)
    }

    pub(super) fn force(&self) -> Result<&[Value], Fault> {
        let collect = || {
            let (mut items, mut all) = (self.open(), Vec::new());
            while let Some(item) = items.next() {
                check_room(all.len())?;
                all.push(item?);
            }
            Ok(all.into())
        };
        self.all.get_or_init(collect).as_ref().map(|items| &***items).map_err(Fault::clone)
    }

    pub(super) fn get(&self, index: usize) -> Result<Option<Value>, Fault> {
        if self.known().is_some() || index >= NEAR {
            return Ok(self.force()?.get(index).cloned());
        }
        let mut items = self.open();
        for _ in 0..index {
            if items.next().transpose()?.is_none() {
                return Ok(None);
            }
        }
        items.next().transpose()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Array;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    struct Counting(Arc<AtomicUsize>);

    impl Replay for Counting {
        fn open(&self) -> Box<dyn Producer> {
            self.0.fetch_add(1, Ordering::Relaxed);
            Box::new((0..1000).map(|n| Ok(Value::Int(n))))
        }
    }

    #[test]
    fn items_are_read_anew_until_all_are_wanted() {
        let opened = Arc::new(AtomicUsize::new(0));
        let array = Array::replayed(Counting(opened.clone()));
        assert_eq!(array.iter().count() + array.clone().into_elements().count(), 2000);
        assert!(matches!(array.get(7), Ok(Some(Value::Int(7)))));
        assert!(array.known().is_none());
        assert!(matches!(array.get(999), Ok(Some(Value::Int(999)))));
        assert!(array.known().is_some());
        assert_eq!(opened.load(Ordering::Relaxed), 4);
    }
}
