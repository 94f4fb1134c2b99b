//! Names of pairs: local name, namespace, attributes.

use super::{Object, Str};
use std::sync::Arc;

/// A namespace: equality is by URI, the prefix is only a wish.
#[derive(Clone, Debug, Default)]
pub struct Namespace {
    /// The prefix it was declared with, perhaps empty.
    pub prefix: Str,
    /// The URI.
    pub uri: Str,
}

impl PartialEq for Namespace {
    fn eq(&self, other: &Self) -> bool {
        self.uri == other.uri
    }
}

impl Eq for Namespace {}

/// A local name with an optional namespace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QName {
    /// The local name.
    pub local: Str,
    /// Its namespace.
    pub ns: Option<Arc<Namespace>>,
}

impl QName {
    /// A name without a namespace.
    pub fn local(name: impl AsRef<str>) -> Self {
        Self { local: Str::from(name.as_ref()), ns: None }
    }

    /// Whether both are written alike: equal, and with the same prefix.
    pub fn is_same(&self, other: &QName) -> bool {
        let same_ns = match (&self.ns, &other.ns) {
            (None, None) => true,
            (Some(a), Some(b)) => Arc::ptr_eq(a, b) || (a.uri == b.uri && a.prefix == b.prefix),
            _ => false,
        };
        same_ns && self.local == other.local
    }

    /// Whether a selector `.name` (any namespace) or `.ns#name` takes this name.
    pub fn matches(&self, local: &str, ns: Option<&Namespace>) -> bool {
        self.local == local && ns.is_none_or(|want| self.ns.as_deref() == Some(want))
    }
}

impl From<Str> for QName {
    fn from(local: Str) -> Self {
        Self { local, ns: None }
    }
}

/// A key as a value: what `mapObject` and `pluck` hand to their callbacks.
#[derive(Clone, Debug)]
pub struct Key {
    /// The name.
    pub name: QName,
    /// The attributes; `None` when there are none.
    pub attributes: Option<Object>,
}
