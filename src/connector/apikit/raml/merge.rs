//! What resource types and traits add: pairs that are not there yet, deep down; lists grow, and what is there stays.

use crate::connector::apikit::document::{Content, Entry, Node};
use std::sync::Arc;

/// How names that end in `?` are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Optional {
    /// They are added only to what is there: methods of resource types, and everything in RAML 0.8.
    Added,
    /// They are names like all others: properties that may be left out.
    Kept,
}

/// A part of an API with what a template adds to it.
pub fn merge(own: &Node, added: &Node, top: Optional, below: Optional) -> Node {
    let content = match (&own.content, &added.content) {
        (Content::Null, Content::Map(_)) => {
            return merge(&Node::map(Vec::new(), own.place.clone()), added, top, below);
        }
        (Content::Null, _) => return added.clone(),
        (Content::Map(mine), Content::Map(more)) => Content::Map(Arc::new(pairs(mine, more, top, below))),
        (Content::List(mine), Content::List(more)) => {
            let is_new = |item: &&Node| item.text().is_none_or(|text| !mine.iter().any(|m| m.text() == Some(text)));
            Content::List(Arc::new(mine.iter().chain(more.iter().filter(is_new)).cloned().collect()))
        }
        _ => return own.clone(),
    };
    Node { content, place: own.place.clone() }
}

fn pairs(mine: &[Entry], more: &[Entry], top: Optional, below: Optional) -> Vec<Entry> {
    let mut merged = mine.to_vec();
    for entry in more {
        let (name, is_optional) = match entry.name.strip_suffix('?') {
            Some(name) if top == Optional::Added => (Arc::from(name), true),
            _ => (entry.name.clone(), false),
        };
        match merged.iter_mut().find(|known| known.name == name) {
            Some(known) => known.value = merge(&known.value, &entry.value, below, below),
            None if is_optional => {}
            None => merged.push(Entry { name, ..entry.clone() }),
        }
    }
    merged
}
