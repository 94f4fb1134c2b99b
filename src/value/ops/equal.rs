//! `==`: by value, without any conversion; numbers by their value, moments by their instant.

use crate::diag::Fault;
use crate::value::{Array, Key, Object, Pair, Value, depth};

/// `a == b`. Order, duplicates, attributes and namespaces of pairs count, metadata does not. Functions and regular
/// expressions are never equal.
///
/// # Errors
/// An item of a sequence that cannot be computed; data nested too deeply.
#[inline]
pub fn equal(a: &Value, b: &Value) -> Result<bool, Fault> {
    equal_at(a, b, 0)
}

fn equal_at(a: &Value, b: &Value, level: usize) -> Result<bool, Fault> {
    Ok(match (a.bare(), b.bare()) {
        (Value::Int(a), Value::Int(b)) => a == b,
        (Value::String(a), Value::String(b)) => a == b,
        (Value::Null, Value::Null) => true,
        (Value::Boolean(a), Value::Boolean(b)) => a == b,
        (Value::Array(a), Value::Array(b)) => return arrays(a, b, level),
        (Value::Object(a), Value::Object(b)) => return objects(a, b, level),
        (Value::Range(a), Value::Range(b)) => {
            a.len() == b.len() && a.get(0) == b.get(0) && a.get(a.len() - 1) == b.get(b.len() - 1)
        }
        (Value::Temporal(a), Value::Temporal(b)) => a == b,
        (Value::Binary(a), Value::Binary(b)) => a == b,
        (Value::Key(a), Value::Key(b)) => return keys(a, b, level),
        (Value::Type(a), Value::Type(b)) => a.to_string() == b.to_string(),
        (Value::Namespace(a), Value::Namespace(b)) => a == b,
        (Value::Uri(a), Value::Uri(b)) => a == b,
        (a, b) => a.as_number().zip(b.as_number()).is_some_and(|(a, b)| a == b),
    })
}

fn arrays(a: &Array, b: &Array, level: usize) -> Result<bool, Fault> {
    depth::check(level)?;
    if let (Some(a), Some(b)) = (a.known(), b.known()) {
        return depth::with_stack(|| {
            Ok(a.len() == b.len() && all(a.iter().zip(b), |(a, b)| equal_at(a, b, level + 1))?)
        });
    }
    depth::with_stack(|| pairwise(a, b, |a, b| equal_at(a, b, level + 1)))
}

/// Whether two lists have equally many items and each pair of them passes the test.
pub(super) fn pairwise(
    a: &Array,
    b: &Array,
    test: impl Fn(&Value, &Value) -> Result<bool, Fault>,
) -> Result<bool, Fault> {
    let (mut left, mut right) = (a.iter(), b.iter());
    loop {
        match (left.next().transpose()?, right.next().transpose()?) {
            (None, None) => return Ok(true),
            (Some(a), Some(b)) if test(&a, &b)? => {}
            _ => return Ok(false),
        }
    }
}

pub(super) fn all<T>(
    mut items: impl Iterator<Item = T>,
    mut test: impl FnMut(T) -> Result<bool, Fault>,
) -> Result<bool, Fault> {
    items.try_fold(true, |all, item| Ok(all && test(item)?))
}

fn objects(a: &Object, b: &Object, level: usize) -> Result<bool, Fault> {
    depth::check(level)?;
    if a.len() != b.len() {
        return Ok(false);
    }
    depth::with_stack(|| all(a.iter().zip(b.iter()), |(a, b)| pairs(&a, &b, level)))
}

fn pairs(a: &Pair<'_>, b: &Pair<'_>, level: usize) -> Result<bool, Fault> {
    Ok(a.name == b.name && attributes(a.attributes, b.attributes, level)? && equal_at(a.value, b.value, level + 1)?)
}

fn attributes(a: Option<&Object>, b: Option<&Object>, level: usize) -> Result<bool, Fault> {
    match (a, b) {
        (None, None) => Ok(true),
        (Some(a), Some(b)) => objects(a, b, level + 1),
        _ => Ok(false),
    }
}

fn keys(a: &Key, b: &Key, level: usize) -> Result<bool, Fault> {
    Ok(a.name == b.name && attributes(a.attributes.as_ref(), b.attributes.as_ref(), level)?)
}
