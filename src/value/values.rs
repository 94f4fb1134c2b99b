//! A list of values that frees nested data without recursion, however deep it is.

use super::Value;
use std::any::Any;
use std::cell::{Cell, RefCell};
use std::ops::{Deref, DerefMut};

/// The items of a container. Dropping a chain of a million containers must not overflow the stack: below a certain
/// depth the items are put aside and freed by the outermost drop.
#[derive(Clone, Debug, Default)]
pub struct Values(Vec<Value>);

impl Values {
    /// The items themselves.
    pub fn into_vec(mut self) -> Vec<Value> {
        std::mem::take(&mut self.0)
    }
}

impl From<Vec<Value>> for Values {
    fn from(items: Vec<Value>) -> Self {
        Self(items)
    }
}

impl Deref for Values {
    type Target = Vec<Value>;

    fn deref(&self) -> &Vec<Value> {
        &self.0
    }
}

impl DerefMut for Values {
    fn deref_mut(&mut self) -> &mut Vec<Value> {
        &mut self.0
    }
}

thread_local! {
    static NESTING: Cell<u32> = const { Cell::new(0) };
    static PUT_ASIDE: RefCell<Vec<Box<dyn Any>>> = const { RefCell::new(Vec::new()) };
}

impl Drop for Values {
    fn drop(&mut self) {
        let nested =
            |v: &Value| matches!(v, Value::Array(_) | Value::Object(_) | Value::Tagged(_) | Value::Function(_));
        if self.0.iter().any(nested) {
            free(std::mem::take(&mut self.0));
        }
    }
}

/// Frees what may hold further containers.
pub fn free<T: Any>(items: T) {
    const DEEPEST: u32 = 128;
    // At the end of a thread its locals may be gone already; then plain dropping is all that is left.
    let Ok(depth) = NESTING.try_with(Cell::get) else { return drop(items) };
    if depth >= DEEPEST && PUT_ASIDE.try_with(|aside| aside.try_borrow_mut().is_ok()).unwrap_or(false) {
        PUT_ASIDE.with(|aside| aside.borrow_mut().push(Box::new(items)));
        return;
    }
    NESTING.set(depth + 1);
    drop(items);
    if depth == 0 {
        while let Some(more) = PUT_ASIDE.with(|aside| aside.borrow_mut().pop()) {
            drop(more);
        }
    }
    NESTING.set(depth);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frees_a_million_levels() {
        let mut value = Value::Null;
        for _ in 0..1_000_000 {
            value = Value::array(vec![value]);
        }
        drop(value);
    }
}
