//! What was read from a text a moment ago: patterns and locales come again with every record.

use std::cell::RefCell;

/// The last few results of reading a text. Made for `thread_local!`; values should be cheap to clone.
pub struct Recent<V>(RefCell<Vec<(String, V)>>);

const MOST: usize = 8;

impl<V: Clone> Recent<V> {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self(RefCell::new(Vec::new()))
    }

    /// The value for this text, read anew if it was not asked for of late.
    ///
    /// # Errors
    /// Those of `read`; a failure is not kept.
    pub fn get<E>(&self, text: &str, read: impl FnOnce(&str) -> Result<V, E>) -> Result<V, E> {
        if let Some((_, known)) = self.0.borrow().iter().find(|(key, _)| key == text) {
            return Ok(known.clone());
        }
        let value = read(text)?;
        let mut entries = self.0.borrow_mut();
        if entries.len() == MOST {
            entries.remove(0);
        }
        entries.push((text.to_string(), value.clone()));
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_again_only_what_is_long_gone() {
        let recent = Recent::new();
        let reads = RefCell::new(Vec::new());
        let get = |n: usize| {
            recent.get(&n.to_string(), |text| {
                reads.borrow_mut().push(text.to_string());
                text.parse::<usize>()
            })
        };
        for n in (0..=MOST).chain([MOST, 1, 0]) {
            assert_eq!(get(n), Ok(n));
        }
        assert!(recent.get("x", |_| "y".parse::<usize>()).is_err());
        let expected: Vec<String> = (0..=MOST).chain([0]).map(|n| n.to_string()).collect();
        assert_eq!(*reads.borrow(), expected);
    }
}
