//! Names and what they stand for: each file sees what it declares and what its libraries do, and an included file sees what
//! the file sees that includes it.

use crate::connector::apikit::document::{Library, Node};
use crate::diag::{Fault, nearest};
use crate::text::Place;
use std::collections::HashMap;
use std::sync::Arc;

/// What a name is looked for among.
#[derive(Clone, Copy)]
pub enum Section {
    Types,
    Traits,
    ResourceTypes,
}

impl Section {
    /// The names of the section in a file.
    fn names(self) -> &'static [&'static str] {
        match self {
            Self::Types => &["types", "schemas"],
            Self::Traits => &["traits"],
            Self::ResourceTypes => &["resourceTypes"],
        }
    }

    /// What a part of the section is called.
    fn word(self) -> &'static str {
        match self {
            Self::Types => "type",
            Self::Traits => "trait",
            Self::ResourceTypes => "resource type",
        }
    }
}

struct Scope {
    node: Node,
    /// The files of the libraries by the names that this file gives them.
    uses: HashMap<String, String>,
}

/// What the files of an API declare.
pub struct Scopes {
    library: Arc<Library>,
    /// The main file.
    pub root: String,
    scopes: HashMap<String, Scope>,
    /// The files that files were included by.
    includers: HashMap<String, String>,
}

impl Scopes {
    pub fn new(library: Arc<Library>) -> Self {
        Self { library, root: String::new(), scopes: HashMap::new(), includers: HashMap::new() }
    }

    pub fn declare(&mut self, path: &str, node: Node, uses: HashMap<String, String>) {
        self.scopes.insert(path.to_string(), Scope { node, uses });
    }

    pub fn has(&self, path: &str) -> bool {
        self.scopes.contains_key(path)
    }

    pub fn include(&mut self, path: &str, includer: String) {
        self.includers.entry(path.to_string()).or_insert(includer);
    }

    /// What a name stands for in the file of a place.
    ///
    /// # Errors
    /// A name that nothing declares.
    pub fn find(&self, section: Section, name: &str, from: &Place) -> Result<Node, Fault> {
        let mut path = self.library.path_of(&from.source);
        let mut seen = 0;
        loop {
            if let Some(found) = self.in_scope(section, name, path) {
                return Ok(found.clone());
            }
            seen += 1;
            match self.includers.get(path) {
                Some(includer) if seen < 50 => path = includer,
                _ => break,
            }
        }
        self.in_scope(section, name, &self.root).cloned().ok_or_else(|| self.unknown(section, name, from))
    }

    fn in_scope(&self, section: Section, name: &str, path: &str) -> Option<&Node> {
        let scope = self.scopes.get(path)?;
        let own = section.names().iter().filter_map(|section| scope.node.get(section));
        // RAML 0.8 writes lists of mappings.
        let own = own.flat_map(Node::items).find_map(|section| section.get(name));
        own.or_else(|| {
            let (alias, rest) = name.split_once('.')?;
            self.in_scope(section, rest, scope.uses.get(alias)?)
        })
    }

    fn unknown(&self, section: Section, name: &str, from: &Place) -> Fault {
        let fault = Node::null(from.clone()).fault(format!("there is no {} `{name}`", section.word()));
        let root = self.scopes.get(&self.root);
        let sections = root.into_iter().flat_map(|scope| section.names().iter().filter_map(|n| scope.node.get(n)));
        let names = sections.flat_map(Node::items).flat_map(Node::entries).map(|entry| &*entry.name);
        match nearest(name, names) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault,
        }
    }
}
