//! Object literals, and arrays with conditional items.

use super::Planner;
use crate::plan::fold;
use crate::plan::node::{Entry, Item, Kind, Name, Node, Pair, Prefix};
use crate::syntax::ast::{ArrayItem, KeyName, ObjectItem};
use crate::text::Span;
use crate::value::QName;

impl Planner<'_> {
    /// An object; one whose keys are all known shares its shape with all objects made here.
    pub(super) fn object(&mut self, items: &[ObjectItem], span: Span) -> Node {
        let entries = self.entries(items);
        let is_plain = |entry: &Entry| match entry {
            Entry::Pair(pair) => {
                matches!(pair.name, Name::Static(_))
                    && !matches!(pair.ns, Some(Prefix::Dynamic(_)))
                    && pair.attributes.is_none()
                    && pair.condition.is_none()
            }
            Entry::Spread(_) => false,
        };
        let kind = if entries.iter().all(is_plain) { record(entries) } else { Kind::Object(entries.into()) };
        Node { kind, span }
    }

    fn entries(&mut self, items: &[ObjectItem]) -> Vec<Entry> {
        items.iter().map(|item| self.entry(item)).collect()
    }

    fn entry(&mut self, item: &ObjectItem) -> Entry {
        match item {
            ObjectItem::Spread(expr) => Entry::Spread(self.plan(expr)),
            ObjectItem::Pair { key, value, condition, .. } => {
                let condition = condition.as_ref().map(|condition| self.plan(condition));
                let ns = self.prefix(key.prefix.as_ref());
                let name = self.key_name(&key.name);
                let attributes = key.attributes.as_ref().map(|attributes| self.entries(attributes).into());
                let value = self.plan(value);
                Entry::Pair(Box::new(Pair { ns, name, attributes, value, condition }))
            }
        }
    }

    /// A key's name; one that turns out to be constant text is known.
    pub(super) fn key_name(&mut self, name: &KeyName) -> Name {
        match name {
            KeyName::Static(name) => Name::Static(name.as_str().into()),
            KeyName::Dynamic(expr) => {
                let node = self.plan(expr);
                match &node.kind {
                    Kind::Const(crate::value::Value::String(text)) => Name::Static(text.clone()),
                    _ => Name::Dynamic(Box::new(node)),
                }
            }
        }
    }

    pub(super) fn conditional_items(&mut self, items: &[ArrayItem], span: Span) -> Node {
        let mut nodes = Vec::with_capacity(items.len());
        for item in items {
            let condition = item.condition.as_ref().map(|condition| self.plan(condition));
            nodes.push(Item { condition, value: self.plan(&item.value) });
        }
        Node { kind: Kind::Items(nodes.into()), span }
    }
}

/// Plain pairs as a record.
fn record(entries: Vec<Entry>) -> Kind {
    let (mut names, mut values) = (Vec::with_capacity(entries.len()), Vec::with_capacity(entries.len()));
    for entry in entries {
        if let Entry::Pair(pair) = entry
            && let Name::Static(local) = pair.name
        {
            let ns = match pair.ns {
                Some(Prefix::Static(ns)) => Some(ns),
                _ => None,
            };
            names.push(QName { local, ns });
            values.push(pair.value);
        }
    }
    fold::record(names, values)
}
