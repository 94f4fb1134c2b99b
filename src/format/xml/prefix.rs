//! Which prefixes stand for the namespaces of names, while a document is written: each is declared where it is first
//! needed.

use super::grammar::XML_URI;
use crate::value::{Namespace, Str};

/// The declarations in force, inner ones last.
pub struct Prefixes {
    bound: Vec<(Str, Str)>,
    /// Where the declarations of the current element start.
    own: usize,
    /// Prefixes that the current element uses from outside: it cannot declare them anew.
    used: Vec<Str>,
}

/// What a name is written with.
#[derive(Debug, PartialEq)]
pub struct Choice {
    /// The prefix, perhaps empty.
    pub prefix: Str,
    /// Whether it must be declared here.
    pub is_new: bool,
}

impl Prefixes {
    /// Only `xml` is bound.
    pub fn new() -> Self {
        Self { bound: vec![("xml".into(), XML_URI.into())], own: 1, used: Vec::new() }
    }

    /// Begins an element; pass what it gives to [`Prefixes::leave`].
    pub fn enter(&mut self) -> usize {
        self.used.clear();
        self.own = self.bound.len();
        self.own
    }

    /// Ends an element.
    pub fn leave(&mut self, mark: usize) {
        self.bound.truncate(mark);
    }

    /// What a prefix stands for; nothing for an empty one means no namespace.
    fn uri(&self, prefix: &str) -> Option<&str> {
        self.bound.iter().rfind(|(p, _)| p == prefix).map(|(_, uri)| uri.as_str())
    }

    /// Declares a namespace under its own prefix, unless that is done already.
    pub fn declare(&mut self, ns: &Namespace) -> Choice {
        let is_new = self.uri(&ns.prefix) != Some(&ns.uri);
        if is_new {
            self.bound.push((ns.prefix.clone(), ns.uri.clone()));
        }
        Choice { prefix: ns.prefix.clone(), is_new }
    }

    /// The prefix for an element: its own or any in scope; the empty prefix stands for the default namespace.
    pub fn for_element(&mut self, ns: Option<&Namespace>) -> Choice {
        match ns {
            Some(ns) => self.choose(ns, true),
            None if self.uri("").is_none_or(str::is_empty) => Choice { prefix: Str::default(), is_new: false },
            None => self.declare(&Namespace { prefix: Str::default(), uri: Str::default() }),
        }
    }

    /// The prefix for an attribute: never the empty one, which would mean no namespace.
    pub fn for_attribute(&mut self, ns: &Namespace) -> Choice {
        self.choose(ns, false)
    }

    fn choose(&mut self, ns: &Namespace, default_counts: bool) -> Choice {
        let has_own = default_counts || !ns.prefix.is_empty();
        if has_own && self.uri(&ns.prefix) == Some(&ns.uri) {
            return self.use_outer(ns.prefix.clone());
        }
        let in_scope =
            |(prefix, uri): &&(Str, Str)| *uri == ns.uri && !prefix.is_empty() && self.uri(prefix) == Some(uri);
        if let Some((prefix, _)) = self.bound.iter().find(in_scope) {
            return self.use_outer(prefix.clone());
        }
        let is_taken = |prefix: &str| {
            self.used.iter().any(|used| used == prefix) || self.bound[self.own..].iter().any(|(own, _)| own == prefix)
        };
        let prefix = match has_own && !is_taken(&ns.prefix) {
            true => ns.prefix.clone(),
            false => (0..).map(|n| Str::from(format!("ns{n}"))).find(|p| self.uri(p).is_none()).unwrap_or_default(),
        };
        self.bound.push((prefix.clone(), ns.uri.clone()));
        Choice { prefix, is_new: true }
    }

    fn use_outer(&mut self, prefix: Str) -> Choice {
        self.used.push(prefix.clone());
        Choice { prefix, is_new: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ns(prefix: &str, uri: &str) -> Namespace {
        Namespace { prefix: prefix.into(), uri: uri.into() }
    }

    fn choice(prefix: &str, is_new: bool) -> Choice {
        Choice { prefix: prefix.into(), is_new }
    }

    #[test]
    fn declares_once_and_uses_what_is_in_scope() {
        let mut prefixes = Prefixes::new();
        let outer = prefixes.enter();
        assert_eq!(prefixes.for_element(Some(&ns("g", "geo"))), choice("g", true));
        let inner = prefixes.enter();
        assert_eq!(prefixes.for_element(Some(&ns("h", "geo"))), choice("g", false));
        assert_eq!(prefixes.for_attribute(&ns("g", "other")), choice("ns0", true));
        prefixes.leave(inner);
        prefixes.enter();
        assert_eq!(prefixes.for_element(Some(&ns("g", "other"))), choice("g", true));
        assert_eq!(prefixes.for_attribute(&ns("k", "geo")), choice("k", true));
        prefixes.leave(outer);
        prefixes.enter();
        assert_eq!(prefixes.for_attribute(&ns("xml", XML_URI)), choice("xml", false));
    }

    #[test]
    fn keeps_the_default_namespace_apart() {
        let mut prefixes = Prefixes::new();
        assert_eq!(prefixes.for_element(None), choice("", false));
        prefixes.enter();
        assert_eq!(prefixes.for_element(Some(&ns("", "d"))), choice("", true));
        assert_eq!(prefixes.for_attribute(&ns("", "d")), choice("ns0", true));
        prefixes.enter();
        assert_eq!(prefixes.for_element(None), choice("", true));
    }
}
