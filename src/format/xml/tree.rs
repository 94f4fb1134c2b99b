//! Builds the objects of a document, element by element. Siblings that hold the same children share one shape.

use super::grammar::{XSI_URI, split_name};
use super::scope::Scope;
use super::text::{NullOn, Run};
use crate::value::{Namespace, Object, ObjectBuilder, QName, Schema, Shape, Str, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// An attribute of a start tag: its name in the table of names, and its value.
pub type Attribute = (NameId, Str);

/// A position in the table of names.
pub type NameId = usize;

/// The document so far.
pub struct Tree {
    names: Vec<Name>,
    ids: FxHashMap<Str, NameId>,
    scope: Scope,
    open: Vec<Element>,
    /// The text since the last tag.
    pub run: Run,
    root: Option<Object>,
}

/// A name as written, checked, with what was last found under it.
struct Name {
    prefix: Str,
    local: Str,
    children: Option<Arc<Shape>>,
    attributes: Option<Arc<Shape>>,
}

/// An element that is not closed yet.
struct Element {
    name: NameId,
    qname: QName,
    attributes: Option<Object>,
    is_nil: bool,
    children: ObjectBuilder,
    /// The declarations in force outside of it.
    scope: usize,
    /// Where its tag stands.
    at: usize,
}

impl Tree {
    /// An empty document.
    pub fn new(null_on: NullOn) -> Self {
        Self {
            names: Vec::new(),
            ids: FxHashMap::default(),
            scope: Scope::new(),
            open: Vec::new(),
            run: Run::new(null_on),
            root: None,
        }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    /// Name and place of the innermost open element.
    pub fn innermost(&self) -> Option<(&str, usize)> {
        self.open.last().map(|element| (element.qname.local.as_str(), element.at))
    }

    /// The document as an object, once its root is closed.
    pub fn root(&self) -> Option<&Object> {
        self.root.as_ref()
    }

    /// The place of a name in the table; `None` if it is not a name.
    pub fn name(&mut self, raw: &str) -> Option<NameId> {
        if let Some(id) = self.ids.get(raw) {
            return Some(*id);
        }
        let (prefix, local) = split_name(raw)?;
        self.names.push(Name { prefix: prefix.into(), local: local.into(), children: None, attributes: None });
        self.ids.insert(raw.into(), self.names.len() - 1);
        Some(self.names.len() - 1)
    }

    /// Opens an element.
    pub fn start(&mut self, name: NameId, attributes: &mut Vec<Attribute>, at: usize) -> Result<(), String> {
        if self.open.is_empty() && self.root.is_some() {
            return Err("a document has only one root element".to_string());
        }
        self.text_beside_element();
        let scope = self.scope.mark();
        self.declare(attributes)?;
        let mut is_nil = false;
        let attributes = match attributes.is_empty() {
            true => None,
            false => Some(self.attributes(name, attributes, &mut is_nil)?),
        };
        let qname = self.resolve(name, true)?;
        let children = self.names[name].children.clone().map_or_else(ObjectBuilder::default, ObjectBuilder::expecting);
        self.open.push(Element { name, qname, attributes, is_nil, children, scope, at });
        Ok(())
    }

    /// Closes the innermost element.
    pub fn end(&mut self) {
        let Some(element) = self.open.pop() else { return };
        self.scope.leave(element.scope);
        let mut children = element.children;
        let value = if children.is_empty() {
            let text = self.run.end_alone();
            if element.is_nil { Value::Null } else { text }
        } else {
            if let Some(text) = self.run.end_beside_element() {
                children.pair(QName::local("__text"), None, text);
            }
            let object = children.build();
            remember(&mut self.names[element.name].children, &object);
            Value::Object(object)
        };
        match self.open.last_mut() {
            Some(parent) => {
                parent.children.pair(element.qname, element.attributes, value);
            }
            None => {
                let mut root = ObjectBuilder::with_capacity(1);
                root.pair(element.qname, element.attributes, value);
                self.root = Some(root.build());
            }
        }
    }

    fn text_beside_element(&mut self) {
        let text = self.run.end_beside_element();
        if let (Some(parent), Some(text)) = (self.open.last_mut(), text) {
            parent.children.pair(QName::local("__text"), None, text);
        }
    }

    /// Takes the declarations out of the attributes; the same name twice is an error.
    fn declare(&mut self, attributes: &mut Vec<Attribute>) -> Result<(), String> {
        let mut ids: Vec<_> = attributes.iter().map(|(id, _)| *id).collect();
        ids.sort_unstable();
        if let Some(twice) = ids.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(twice_there(&self.names[twice[0]].local));
        }
        let (names, scope) = (&self.names, &mut self.scope);
        let mut wrong = None;
        attributes.retain(|(id, value)| {
            let name = &names[*id];
            let declared = match (name.prefix.as_str(), name.local.as_str()) {
                ("", "xmlns") => scope.declare(Str::default(), value.clone()),
                ("xmlns", prefix) => scope.declare(prefix.into(), value.clone()),
                _ => return true,
            };
            wrong = wrong.or(declared.err());
            false
        });
        wrong.map_or(Ok(()), |why| Err(why.to_string()))
    }

    fn attributes(&mut self, element: NameId, given: &mut Vec<Attribute>, is_nil: &mut bool) -> Result<Object, String> {
        let expected = self.names[element].attributes.clone();
        let mut attributes = expected.map_or_else(ObjectBuilder::default, ObjectBuilder::expecting);
        let mut qualified = Vec::new();
        for (id, value) in given.drain(..) {
            let name = self.resolve(id, false)?;
            let Some(ns) = &name.ns else {
                attributes.pair(name, None, Value::String(value));
                continue;
            };
            qualified.push((name.local.clone(), ns.uri.clone()));
            match (ns.uri.as_str(), name.local.as_str()) {
                (XSI_URI, "nil") => *is_nil = value.trim().eq_ignore_ascii_case("true"),
                (XSI_URI, "type") => {
                    let value = self.type_name(value);
                    attributes.pair(name, None, value);
                }
                _ => {
                    attributes.pair(name, None, Value::String(value));
                }
            }
        }
        qualified.sort_unstable();
        if let Some(twice) = qualified.windows(2).find(|pair| pair[0] == pair[1]) {
            return Err(twice_there(&twice[0].0));
        }
        let attributes = attributes.build();
        remember(&mut self.names[element].attributes, &attributes);
        Ok(attributes)
    }

    /// The value of `xsi:type`, with the namespace that its prefix stands for here.
    fn type_name(&self, value: Str) -> Value {
        let prefix = value.split_once(':').map(|(prefix, _)| prefix.trim_start());
        let schema = prefix.and_then(|prefix| self.scope.get(prefix)).map(|ns| {
            let text = |text: &Str| Value::String(text.clone());
            Schema(vec![("nsPrefix".into(), text(&ns.prefix)), ("nsUri".into(), text(&ns.uri))])
        });
        Value::String(value).with_schema(schema.unwrap_or_default())
    }

    /// A name with its namespace; the default namespace is for elements only.
    fn resolve(&self, id: NameId, is_element: bool) -> Result<QName, String> {
        let Name { prefix, local, .. } = &self.names[id];
        let ns: Option<Arc<Namespace>> = match prefix.is_empty() {
            true if is_element => self.scope.get("").cloned(),
            true => None,
            false => match self.scope.get(prefix) {
                Some(ns) => Some(ns.clone()),
                None => return Err(format!("the prefix `{prefix}` is not declared")),
            },
        };
        Ok(QName { local: local.clone(), ns })
    }
}

fn twice_there(name: &str) -> String {
    format!("the attribute `{name}` is there twice")
}

fn remember(slot: &mut Option<Arc<Shape>>, object: &Object) {
    let is_known = slot.as_ref().is_some_and(|shape| Arc::ptr_eq(shape, object.shape()));
    if !is_known {
        *slot = Some(object.shape().clone());
    }
}
