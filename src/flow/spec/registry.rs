//! Every component that a program has, found by name.

use super::{Module, Spec};
use crate::diag::nearest;
use crate::flow::config::Name;
use std::collections::HashMap;

/// Every component that a program has.
pub struct Registry {
    modules: Vec<&'static Module>,
    specs: HashMap<&'static str, &'static Spec>,
}

impl Registry {
    /// A registry of these modules.
    pub fn new(modules: impl IntoIterator<Item = &'static Module>) -> Self {
        let modules: Vec<_> = modules.into_iter().collect();
        let specs = modules.iter().flat_map(|module| module.components).map(|spec| (spec.name, *spec)).collect();
        Self { modules, specs }
    }

    /// The component of this name.
    pub fn find(&self, name: &Name) -> Option<&'static Spec> {
        self.named(&name.to_string())
    }

    /// The component that is written like this.
    pub fn named(&self, name: &str) -> Option<&'static Spec> {
        self.specs.get(name).copied()
    }

    /// The modules, in the order of the reference pages.
    pub fn modules(&self) -> &[&'static Module] {
        &self.modules
    }

    /// The module of this namespace.
    pub fn module(&self, name: &str) -> Option<&'static Module> {
        self.modules.iter().copied().find(|module| module.name == name)
    }

    /// The known name that is most like this one.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.specs.keys().copied())
    }
}
