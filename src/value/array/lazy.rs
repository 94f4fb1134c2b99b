//! A sequence that is pulled item by item, and remembers what it gave.

use super::{MOST_ITEMS, Producer};
use crate::diag::{Code, Fault};
use crate::value::Value;
use crate::value::values::{Values, free};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};

/// A sequence and what is known of it.
pub struct Lazy {
    /// How many sequences are computed from one another below this one.
    pub(super) layers: u32,
    /// Set once the producer is done.
    pub(super) all: OnceLock<Result<Values, Fault>>,
    pub(super) state: Mutex<Pulled>,
}

/// What has been pulled so far; the producer is gone after its end or its first fault.
#[derive(Default)]
pub struct Pulled {
    pub(super) items: Vec<Value>,
    pub(super) producer: Option<Box<dyn Producer>>,
    pub(super) fault: Option<Fault>,
}

/// Checks that there may be an item at this position.
pub(in crate::value) fn check_room(index: usize) -> Result<(), Fault> {
    if index < MOST_ITEMS {
        return Ok(());
    }
    Err(Fault::new(Code::Limit, format!("a list cannot hold more than {MOST_ITEMS} items at once"))
        .help("filter or slice before all items are needed at once"))
}

impl Lazy {
    pub(super) fn lock(&self) -> MutexGuard<'_, Pulled> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn force(&self) -> Result<&[Value], Fault> {
        if self.all.get().is_none() {
            let mut state = self.lock();
            while state.pull() {}
            let result = match state.fault.take() {
                Some(fault) => Err(fault),
                None => Ok(std::mem::take(&mut state.items).into()),
            };
            // Another thread may have been first: `all` is then set, and the state it left behind is empty.
            let _ = self.all.set(result);
        }
        match self.all.get() {
            Some(Ok(items)) => Ok(items),
            Some(Err(fault)) => Err(fault.clone()),
            None => Err(Fault::internal("a sequence lost its items")),
        }
    }

    pub(super) fn get(&self, index: usize) -> Result<Option<Value>, Fault> {
        if let Some(all) = self.all.get() {
            return all.as_ref().map(|items| items.get(index).cloned()).map_err(Fault::clone);
        }
        let mut state = self.lock();
        while state.items.len() <= index && state.pull() {}
        match state.items.get(index) {
            Some(item) => Ok(Some(item.clone())),
            None => state.fault.clone().map_or(Ok(None), Err),
        }
    }
}

impl Drop for Pulled {
    fn drop(&mut self) {
        if self.producer.is_some() || !self.items.is_empty() {
            free((std::mem::take(&mut self.items), self.producer.take()));
        }
    }
}

impl Pulled {
    pub(super) fn has(&mut self, index: usize) -> Option<bool> {
        match self.items.len() {
            known if index < known => Some(true),
            known if index == known => self.producer.as_mut()?.has_next(),
            _ => None,
        }
    }

    /// Computes one more item; `false` when there is none.
    pub(super) fn pull(&mut self) -> bool {
        let next = match check_room(self.items.len()) {
            Ok(()) => self.producer.as_mut().and_then(|p| p.next()),
            Err(fault) => Some(Err(fault)),
        };
        match next {
            Some(Ok(item)) => {
                self.items.push(item);
                true
            }
            end => {
                self.producer = None;
                self.fault = self.fault.take().or(end.and_then(Result::err));
                false
            }
        }
    }
}
