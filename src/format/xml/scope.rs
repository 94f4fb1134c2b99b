//! Which namespaces the prefixes stand for, element by element, while a document is read.

use super::grammar::{XML_URI, XMLNS_URI};
use crate::value::{Namespace, Str};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The declarations in force.
pub struct Scope {
    bound: FxHashMap<Str, Arc<Namespace>>,
    /// What each declaration replaced.
    undo: Vec<(Str, Option<Arc<Namespace>>)>,
}

impl Scope {
    /// Before the root element only `xml` is bound.
    pub fn new() -> Self {
        let xml = Arc::new(Namespace { prefix: "xml".into(), uri: XML_URI.into() });
        Self { bound: FxHashMap::from_iter([("xml".into(), xml)]), undo: Vec::new() }
    }

    /// How many declarations there are; pass it to [`Scope::leave`].
    pub fn mark(&self) -> usize {
        self.undo.len()
    }

    /// Takes back the declarations since the mark.
    pub fn leave(&mut self, mark: usize) {
        for (prefix, before) in self.undo.drain(mark..).rev() {
            match before {
                Some(namespace) => self.bound.insert(prefix, namespace),
                None => self.bound.remove(&prefix),
            };
        }
    }

    /// Declares a prefix, or the default namespace for an empty one. `Err` says why not.
    pub fn declare(&mut self, prefix: Str, uri: Str) -> Result<(), &'static str> {
        match (prefix.as_str(), uri.as_str()) {
            ("xml", XML_URI) => return Ok(()),
            ("xmlns", _) => return Err("the prefix `xmlns` cannot be declared"),
            ("xml", _) | (_, XML_URI) => return Err("the prefix `xml` and its namespace belong together"),
            (_, XMLNS_URI) => return Err("this namespace cannot be declared"),
            (p, "") if !p.is_empty() => return Err("a prefix cannot stand for no namespace"),
            _ => {}
        }
        let before = if uri.is_empty() {
            self.bound.remove(&prefix)
        } else {
            self.bound.insert(prefix.clone(), Arc::new(Namespace { prefix: prefix.clone(), uri }))
        };
        self.undo.push((prefix, before));
        Ok(())
    }

    /// The namespace that a prefix stands for; the empty prefix for elements without one.
    pub fn get(&self, prefix: &str) -> Option<&Arc<Namespace>> {
        self.bound.get(prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_end_with_their_element() {
        let mut scope = Scope::new();
        scope.declare("g".into(), "one".into()).unwrap();
        let mark = scope.mark();
        scope.declare("g".into(), "two".into()).unwrap();
        scope.declare("".into(), "dflt".into()).unwrap();
        scope.declare("".into(), "".into()).unwrap();
        assert_eq!(scope.get("g").unwrap().uri, "two");
        assert!(scope.get("").is_none());
        scope.leave(mark);
        assert_eq!(scope.get("g").unwrap().uri, "one");
        assert!(scope.get("").is_none() && scope.get("xml").is_some());
    }

    #[test]
    fn refuses_what_the_recommendation_reserves() {
        for (prefix, uri) in [("g", ""), ("xmlns", "u"), ("xml", "u"), ("p", XMLNS_URI), ("p", XML_URI)] {
            assert!(Scope::new().declare(prefix.into(), uri.into()).is_err(), "{prefix}={uri}");
        }
    }
}
