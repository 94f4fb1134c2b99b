//! Computing everything in a value that is not computed yet.

use super::{Value, depth};
use crate::diag::Fault;

impl Value {
    /// Computes all sequences in the value, at every level, so that no fault can hide in one.
    ///
    /// # Errors
    /// What a sequence fails with; data nested beyond [`depth::MAX_DEPTH`].
    pub fn settle(&self) -> Result<(), Fault> {
        settle(self, 0)
    }
}

fn settle(value: &Value, level: usize) -> Result<(), Fault> {
    let all = |values: &[Value]| values.iter().try_for_each(|inner| descend(inner, level + 1));
    match value.bare() {
        // What is kept elsewhere stays there.
        Value::Array(array) if array.is_replayed() => Ok(()),
        Value::Array(array) => all(array.force()?),
        Value::Object(object) => {
            for attributes in object.iter().filter_map(|pair| pair.attributes) {
                all(attributes.values())?;
            }
            all(object.values())
        }
        _ => Ok(()),
    }
}

/// Only what has parts takes a level, and so a look at the stack.
fn descend(value: &Value, level: usize) -> Result<(), Fault> {
    match value.bare() {
        Value::Array(_) | Value::Object(_) => {
            depth::check(level)?;
            depth::with_stack(|| settle(value, level))
        }
        _ => Ok(()),
    }
}
