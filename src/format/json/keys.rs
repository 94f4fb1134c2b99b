//! The key lists of the objects read so far. Records of one kind have the same keys in the same order, so the next key
//! is nearly always the one that followed last time: it is recognised by comparing bytes, and the records share their
//! shape.

use crate::value::{QName, Shape, Str};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Key lists as a tree: a node for each list, an edge for each key that may come next.
pub struct Keys {
    nodes: Vec<Node>,
}

struct Node {
    parent: u32,
    /// How many keys the list has.
    length: u32,
    edges: Vec<Edge>,
    /// The edge taken last.
    likely: u32,
    /// Edges by name, where there are many.
    index: Option<FxHashMap<Str, u32>>,
    shape: Option<Arc<Shape>>,
}

struct Edge {
    name: Str,
    /// The key with its quotes and the colon, as it stands in the text; empty if it has to be written with escapes.
    written: Box<[u8]>,
    to: u32,
}

/// The keys of an object that is being read.
pub enum Path {
    /// A node of the tree.
    Known(u32),
    /// A list of its own: the object has very many keys, or the tree is full.
    Own(Vec<QName>),
}

impl Path {
    /// No key yet.
    pub const START: Path = Path::Known(0);
}

impl Keys {
    /// Longer objects are dictionaries rather than records.
    const LONGEST: u32 = 128;
    const MOST_NODES: usize = 4096;
    /// More edges than this are looked up by hash.
    const FEW_EDGES: usize = 8;

    /// No object was read yet.
    pub fn new() -> Self {
        Self { nodes: vec![Node::new(0, 0)] }
    }

    /// Takes the expected key, if `text` begins with it and a colon: gives their length.
    #[inline]
    pub fn guess(&self, path: &mut Path, text: &[u8]) -> Option<usize> {
        let Path::Known(at) = path else { return None };
        let node = &self.nodes[*at as usize];
        let edge = node.edges.get(node.likely as usize)?;
        if edge.written.is_empty() || !text.starts_with(&edge.written) {
            return None;
        }
        *path = Path::Known(edge.to);
        Some(edge.written.len())
    }

    /// Takes any key.
    pub fn step(&mut self, path: &mut Path, name: &str) {
        match path {
            Path::Own(names) => names.push(QName::local(name)),
            Path::Known(at) => match self.edge(*at as usize, name) {
                Some(to) => *at = to,
                None => {
                    let mut names = self.names(*at);
                    names.push(QName::local(name));
                    *path = Path::Own(names);
                }
            },
        }
    }

    /// The shape of an object with these keys.
    pub fn shape(&mut self, path: Path) -> Arc<Shape> {
        match path {
            Path::Own(names) => Shape::new(names),
            Path::Known(at) => {
                if let Some(shape) = &self.nodes[at as usize].shape {
                    return shape.clone();
                }
                let shape = Shape::new(self.names(at));
                self.nodes[at as usize].shape.insert(shape).clone()
            }
        }
    }

    /// Forgets everything if there is too much of it. No object may be half read.
    pub fn tidy(&mut self) {
        if self.nodes.len() >= Self::MOST_NODES {
            *self = Self::new();
        }
    }

    /// The node behind the key `name`, new if need be; `None` where the tree must not grow.
    fn edge(&mut self, at: usize, name: &str) -> Option<u32> {
        let node = &mut self.nodes[at];
        let found = match &node.index {
            Some(index) => index.get(name).copied(),
            None => node.edges.iter().position(|edge| edge.name == name).map(|i| i as u32),
        };
        if let Some(found) = found {
            node.likely = found;
            return Some(node.edges[found as usize].to);
        }
        let length = node.length + 1;
        let to = u32::try_from(self.nodes.len()).ok()?;
        if self.nodes.len() >= Self::MOST_NODES || length > Self::LONGEST {
            return None;
        }
        self.nodes[at].add(Edge { name: name.into(), written: written(name), to });
        self.nodes.push(Node::new(at as u32, length));
        Some(to)
    }

    fn names(&self, at: u32) -> Vec<QName> {
        let mut names = Vec::with_capacity(self.nodes[at as usize].length as usize + 1);
        let mut at = at;
        while at != 0 {
            let parent = self.nodes[at as usize].parent;
            let edge = self.nodes[parent as usize].edges.iter().find(|edge| edge.to == at);
            names.extend(edge.map(|edge| QName::from(edge.name.clone())));
            at = parent;
        }
        names.reverse();
        names
    }
}

impl Node {
    fn new(parent: u32, length: u32) -> Self {
        Self { parent, length, edges: Vec::new(), likely: 0, index: None, shape: None }
    }

    fn add(&mut self, edge: Edge) {
        self.likely = self.edges.len() as u32;
        if let Some(index) = &mut self.index {
            index.insert(edge.name.clone(), self.likely);
        }
        self.edges.push(edge);
        if self.index.is_none() && self.edges.len() > Keys::FEW_EDGES {
            let names = self.edges.iter().map(|edge| edge.name.clone());
            self.index = Some(names.zip(0..).collect());
        }
    }
}

/// What the text of this key looks like if nothing in it has to be escaped.
fn written(name: &str) -> Box<[u8]> {
    if name.bytes().any(|b| b < b' ' || b == b'"' || b == b'\\') {
        return Box::default();
    }
    format!("\"{name}\":").into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(keys: &mut Keys, names: &[&str]) -> (usize, Arc<Shape>) {
        let (mut path, mut guessed) = (Path::START, 0);
        for name in names {
            match keys.guess(&mut path, format!("\"{name}\": 1").as_bytes()) {
                Some(length) => {
                    assert_eq!(length, name.len() + 3);
                    guessed += 1;
                }
                None => keys.step(&mut path, name),
            }
        }
        (guessed, keys.shape(path))
    }

    #[test]
    fn records_share_their_shape() {
        let mut keys = Keys::new();
        let (_, first) = read(&mut keys, &["id", "a\\b", "name", "name"]);
        let (guessed, second) = read(&mut keys, &["id", "a\\b", "name", "name"]);
        // A key that takes an escape is never compared with the raw text.
        assert_eq!((guessed, first.id()), (3, second.id()));
        let (_, other) = read(&mut keys, &["id", "name"]);
        assert_eq!(other.names().iter().map(|n| n.local.as_str()).collect::<Vec<_>>(), ["id", "name"]);
        assert_eq!(read(&mut keys, &["id", "a\\b", "name", "name"]).1.id(), first.id());
    }

    #[test]
    fn stays_small() {
        let mut keys = Keys::new();
        for n in 0..10_000 {
            let name = format!("key{n}");
            assert_eq!(read(&mut keys, &[&name, "x"]).1.names()[0].local, name);
        }
        let many = (0..1000).map(|n| n.to_string()).collect::<Vec<_>>();
        let many = many.iter().map(String::as_str).collect::<Vec<_>>();
        let names = read(&mut keys, &many).1;
        assert!(names.names().iter().map(|n| n.local.as_str()).eq(many));
        assert!(keys.nodes.len() <= Keys::MOST_NODES);
        keys.tidy();
        assert_eq!(keys.nodes.len(), 1);
    }
}
