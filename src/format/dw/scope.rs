//! Which namespaces are declared where the writer stands, and under which prefixes.

use crate::value::{Namespace, QName};
use std::sync::Arc;

/// The declarations in force, inner ones last.
#[derive(Default)]
pub struct Scope(Vec<Declaration>);

/// `ns prefix uri`
#[derive(Clone)]
pub struct Declaration {
    /// The prefix, never empty.
    pub prefix: String,
    /// The URI.
    pub uri: String,
}

impl Scope {
    /// The declarations of a script's header; of two with one prefix the first stands.
    pub fn of_header(namespaces: &[Arc<Namespace>]) -> Self {
        let mut scope = Self::default();
        for ns in namespaces {
            if !scope.0.iter().any(|d| d.prefix == ns.prefix.as_str()) {
                scope.0.push(Declaration { prefix: ns.prefix.to_string(), uri: ns.uri.to_string() });
            }
        }
        scope
    }

    /// All declarations.
    pub fn declarations(&self) -> &[Declaration] {
        &self.0
    }

    /// The prefix that stands for this URI here, if one does.
    pub fn prefix(&self, uri: &str) -> Option<&str> {
        let hidden = |at: usize, prefix: &str| self.0[at + 1..].iter().any(|inner| inner.prefix == prefix);
        let found = self.0.iter().enumerate().rev().find(|(at, d)| d.uri == uri && !hidden(*at, &d.prefix));
        found.map(|(_, declaration)| declaration.prefix.as_str())
    }

    /// Declares what these names need beyond what is in force; gives how many declarations there were before, for
    /// [`Scope::leave`].
    pub fn enter<'v>(&mut self, names: impl Iterator<Item = &'v QName>) -> usize {
        let outer = self.0.len();
        for ns in names.filter_map(|name| name.ns.as_ref()) {
            if self.prefix(&ns.uri).is_none() {
                let prefix = self.free_prefix(&ns.prefix, outer);
                self.0.push(Declaration { prefix, uri: ns.uri.to_string() });
            }
        }
        outer
    }

    /// Drops the declarations made since.
    pub fn leave(&mut self, outer: usize) {
        self.0.truncate(outer);
    }

    /// The wanted prefix, or one with a number if this very place uses it for something else.
    fn free_prefix(&self, wanted: &str, outer: usize) -> String {
        let taken = |prefix: &str| self.0[outer..].iter().any(|d| d.prefix == prefix);
        if !wanted.is_empty() && !taken(wanted) {
            return wanted.to_string();
        }
        let numbered = (0..).map(|n| format!("ns{n}")).find(|prefix| !taken(prefix));
        numbered.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(prefix: &str, uri: &str) -> QName {
        let ns = Namespace { prefix: prefix.into(), uri: uri.into() };
        QName { local: "x".into(), ns: Some(Arc::new(ns)) }
    }

    #[test]
    fn inner_prefixes_hide_outer_ones() {
        let mut scope = Scope::default();
        scope.enter([name("p", "urn:1"), name("", "urn:2"), name("p", "urn:3")].iter());
        let prefixes = |scope: &Scope| ["urn:1", "urn:2", "urn:3"].map(|uri| scope.prefix(uri).map(str::to_string));
        assert_eq!(prefixes(&scope), [Some("p".into()), Some("ns0".into()), Some("ns1".into())]);
        let outer = scope.enter([name("p", "urn:4"), name("q", "urn:2")].iter());
        assert_eq!(scope.declarations()[outer..].len(), 1);
        assert_eq!(prefixes(&scope)[0], None);
        scope.leave(outer);
        assert_eq!(prefixes(&scope)[0].as_deref(), Some("p"));
    }
}
