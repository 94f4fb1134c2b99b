//! References: within a file, and into others.

use crate::connector::apikit::document::{Content, Library, Node, read};
use crate::diag::Fault;
use crate::text::Source;
use percent_encoding::percent_decode_str;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

/// How many references may lead to each other.
const MAX_CHAIN: usize = 50;

/// The files of an API by their paths, read when a reference leads to them.
pub struct Refs {
    /// The files.
    pub library: Arc<Library>,
    known: RefCell<HashMap<String, Node>>,
}

impl Refs {
    /// The references of a main file.
    pub fn new(library: Arc<Library>, root: &Node) -> Self {
        let path = library.path_of(&root.place.source).to_string();
        Self { library, known: RefCell::new(HashMap::from([(path, root.clone())])) }
    }

    /// What a node stands for: itself, unless it is a reference.
    ///
    /// # Errors
    /// References that lead to nothing, or in circles.
    pub fn follow(&self, node: &Node) -> Result<Node, Fault> {
        let mut node = node.clone();
        for _ in 0..MAX_CHAIN {
            match node.get("$ref") {
                Some(reference) if reference.text().is_some() => node = self.target(reference)?.1,
                _ => return Ok(node),
            }
        }
        Err(node.fault("this reference leads to itself"))
    }

    /// The file and pointer that a reference names, and what is there.
    ///
    /// # Errors
    /// References that lead to nothing.
    pub fn target(&self, reference: &Node) -> Result<(String, Node), Fault> {
        let text = reference.text().unwrap_or_default();
        let (file, pointer) = text.split_once('#').unwrap_or((text, ""));
        let (path, root) = self.file(file, reference)?;
        let mut found = root;
        for part in pointer.split('/').skip(1) {
            let part = percent_decode_str(part).decode_utf8_lossy().replace("~1", "/").replace("~0", "~");
            let next = match &found.content {
                Content::List(items) => part.parse().ok().and_then(|at: usize| items.get(at)).cloned(),
                _ => found.get(&part).cloned(),
            };
            found = next.ok_or_else(|| reference.fault(format!("`{text}` leads to nothing")))?;
        }
        Ok((format!("{path}#{pointer}"), found))
    }

    fn file(&self, file: &str, reference: &Node) -> Result<(String, Node), Fault> {
        let from: &Source = &reference.place.source;
        if file.is_empty() {
            let path = self.library.path_of(from).to_string();
            let known = self.known.borrow().get(&path).cloned();
            return known.map(|node| (path, node)).ok_or_else(|| reference.fault("this leads to nothing"));
        }
        let found = self.library.find(file, from).map_err(|fault| fault.at(|| reference.place.clone()))?;
        let (path, source) = found.ok_or_else(|| reference.fault(format!("there is no file `{file}`")))?;
        if let Some(known) = self.known.borrow().get(&path) {
            return Ok((path, known.clone()));
        }
        let node = read(&source)?;
        self.known.borrow_mut().insert(path.clone(), node.clone());
        Ok((path, node))
    }
}
