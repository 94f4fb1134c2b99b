//! Builds values from the events of the parser, without recursion.

use super::schema;
use crate::value::depth::MAX_DEPTH;
use crate::value::{Object, ObjectBuilder, QName, Shape, Str, Value};
use rustc_hash::{FxHashMap, FxHashSet};
use saphyr_parser::{Event, ScalarStyle, Tag};
use std::sync::Arc;

/// The documents of a stream so far.
pub struct Tree {
    documents: Vec<Value>,
    open: Vec<Node>,
    anchors: FxHashMap<usize, Anchor>,
    /// How many aliases were expanded, those within what they stand for included.
    expanded: usize,
    most_expanded: usize,
}

/// A list or mapping that is not closed yet.
struct Node {
    anchor: usize,
    /// How many aliases were expanded before it.
    expanded: usize,
    content: Content,
}

enum Content {
    /// The items, and the shape of the last one that is a mapping.
    List(Vec<Value>, Option<Arc<Shape>>),
    Mapping(Mapping),
}

#[derive(Default)]
struct Mapping {
    pairs: ObjectBuilder,
    /// The key whose value comes next.
    key: Option<Key>,
    /// What `<<` brings in.
    merged: Vec<Object>,
}

enum Key {
    Name(Str),
    /// A plain `<<`: its value is merged.
    Merge,
}

struct Anchor {
    value: Value,
    /// How many aliases were expanded in it.
    expanded: usize,
}

/// Texts longer than this, in bytes, count when an alias repeats them.
const LONG_TEXT: usize = 1024;

impl Tree {
    /// No documents; at most so many aliases are expanded.
    pub fn new(most_expanded: usize) -> Self {
        Self { documents: Vec::new(), open: Vec::new(), anchors: FxHashMap::default(), expanded: 0, most_expanded }
    }

    /// The documents.
    pub fn into_documents(self) -> Vec<Value> {
        self.documents
    }

    /// Takes an event; `Err` says what is wrong with it.
    pub fn event(&mut self, event: Event<'_>) -> Result<(), String> {
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar(&text, style, tag.as_deref())?;
                self.remember(anchor, &value, 0);
                let is_plain = style == ScalarStyle::Plain;
                self.add(value, Some((&text, is_plain)))
            }
            Event::Alias(anchor) => {
                let value = self.alias(anchor)?;
                let text = value.as_str().map(Str::from);
                self.add(value, text.as_deref().map(|text| (text, false)))
            }
            Event::SequenceStart(anchor, _) => self.open(anchor, Content::List(Vec::new(), None)),
            Event::MappingStart(anchor, _) => {
                let expected = match self.open.last().map(|node| &node.content) {
                    Some(Content::List(_, Some(shape))) => ObjectBuilder::expecting(shape.clone()),
                    _ => ObjectBuilder::default(),
                };
                self.open(anchor, Content::Mapping(Mapping { pairs: expected, ..Mapping::default() }))
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::DocumentStart(_) => {
                self.anchors.clear();
                Ok(())
            }
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => Ok(()),
        }
    }

    fn open(&mut self, anchor: usize, content: Content) -> Result<(), String> {
        if self.open.len() >= MAX_DEPTH {
            return Err(format!("data is nested more than {MAX_DEPTH} levels deep"));
        }
        if let Some(Node { content: Content::Mapping(Mapping { key: None, .. }), .. }) = self.open.last() {
            return Err("the key of a mapping must be a scalar".to_string());
        }
        self.open.push(Node { anchor, expanded: self.expanded, content });
        Ok(())
    }

    fn close(&mut self) -> Result<(), String> {
        let Some(node) = self.open.pop() else { return Ok(()) };
        let value = match node.content {
            Content::List(items, _) => Value::array(items),
            Content::Mapping(mapping) => Value::Object(mapping.build()),
        };
        self.remember(node.anchor, &value, self.expanded - node.expanded);
        self.add(value, None)
    }

    /// Adds a value where it belongs; `scalar` has its text and whether that was plain, if it may be a key.
    fn add(&mut self, value: Value, scalar: Option<(&str, bool)>) -> Result<(), String> {
        match self.open.last_mut().map(|node| &mut node.content) {
            None => self.documents.push(value),
            Some(Content::List(items, shape)) => {
                if let Value::Object(object) = &value {
                    *shape = Some(object.shape().clone());
                }
                items.push(value);
            }
            Some(Content::Mapping(mapping)) => match mapping.key.take() {
                Some(Key::Merge) => mapping.merge(value)?,
                Some(Key::Name(name)) => {
                    mapping.pairs.pair(QName::from(name), None, value);
                }
                None => {
                    let (text, is_plain) = scalar.ok_or("the key of a mapping must be a scalar")?;
                    mapping.key = Some(if is_plain && text == "<<" { Key::Merge } else { Key::Name(text.into()) });
                }
            },
        }
        Ok(())
    }

    fn remember(&mut self, anchor: usize, value: &Value, expanded: usize) {
        if anchor > 0 {
            self.anchors.insert(anchor, Anchor { value: value.clone(), expanded });
        }
    }

    fn alias(&mut self, anchor: usize) -> Result<Value, String> {
        let Some(anchor) = self.anchors.get(&anchor) else {
            return Err("this alias stands within what it stands for".to_string());
        };
        let counts = match &anchor.value {
            Value::Array(_) | Value::Object(_) => true,
            Value::String(text) => text.len() > LONG_TEXT,
            _ => false,
        };
        if counts {
            self.expanded += 1 + anchor.expanded;
        }
        if self.expanded > self.most_expanded {
            return Err(format!("more aliases are expanded than `maxEntityCount` ({}) allows", self.most_expanded));
        }
        Ok(anchor.value.clone())
    }
}

impl Mapping {
    /// Takes what stands under `<<`: a mapping, or a list of them.
    fn merge(&mut self, value: Value) -> Result<(), String> {
        let not_mapping = || "`<<` takes a mapping or a list of mappings".to_string();
        match value {
            Value::Object(object) => self.merged.push(object),
            Value::Array(items) => {
                for item in items.known().unwrap_or_default() {
                    match item {
                        Value::Object(object) => self.merged.push(object.clone()),
                        _ => return Err(not_mapping()),
                    }
                }
            }
            _ => return Err(not_mapping()),
        }
        Ok(())
    }

    /// The pairs; merged ones come first, unless the mapping itself or a mapping merged earlier has the key.
    fn build(self) -> Object {
        let own = self.pairs.build();
        if self.merged.is_empty() {
            return own;
        }
        let mut known: FxHashSet<Str> = own.shape().names().iter().map(|name| name.local.clone()).collect();
        let mut all = ObjectBuilder::default();
        for object in &self.merged {
            for pair in object.iter() {
                if known.insert(pair.name.local.clone()) {
                    all.pair(pair.name.clone(), None, pair.value.clone());
                }
            }
        }
        all.extend(&own);
        all.build()
    }
}

fn scalar(text: &str, style: ScalarStyle, tag: Option<&Tag>) -> Result<Value, String> {
    match tag {
        Some(tag) if tag.is_yaml_core_schema() => {
            schema::tagged(&tag.suffix, text).ok_or_else(|| format!("this scalar is no `!!{}`", tag.suffix))
        }
        None if style == ScalarStyle::Plain => Ok(schema::plain(text)),
        // A tag of an application says nothing of the type, and one without a name says that it is text.
        _ => Ok(Value::from(text)),
    }
}
