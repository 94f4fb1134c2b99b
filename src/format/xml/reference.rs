//! References to characters and entities, and attribute values, where they are expanded in place.

use super::dtd::Entity;
use super::grammar::{char_reference, predefined};
use super::read::Parser;
use super::tree::Attribute;
use crate::diag::Fault;
use crate::value::{Str, depth};
use std::sync::Arc;

impl Parser<'_> {
    /// Expands a reference among an element's content; an entity may hold elements.
    pub(super) fn content_reference(&mut self, name: &str, at: usize) -> Result<(), Fault> {
        if self.tree.depth() == 0 {
            return Err(self.outside_root(at));
        }
        if let Some(c) = self.character(name, at)? {
            self.tree.run.push_char(c);
            return Ok(());
        }
        let text = self.enter(name, at)?;
        let outermost = self.reference.is_none();
        self.reference.get_or_insert(at);
        let result = depth::with_stack(|| self.content(&text));
        self.within.pop();
        if outermost {
            self.reference = None;
        }
        result
    }

    /// The value of an attribute: references expanded, each white space a blank.
    pub(super) fn attribute_value(&mut self, raw: &str, at: usize) -> Result<Str, Fault> {
        let is_special = |b: u8| matches!(b, b'&' | b'<' | b'\t' | b'\n' | b'\r');
        let value = if raw.bytes().any(is_special) {
            let mut value = String::with_capacity(raw.len());
            self.expand(raw, at, &mut value)?;
            Str::from(value)
        } else {
            Str::from(raw)
        };
        match self.rules.longest_attribute {
            Some(most) if value.len() > most && value.chars().count() > most => {
                Err(self.fault(at, format!("this attribute is longer than `maxAttributeSize` ({most}) allows")))
            }
            _ => Ok(value),
        }
    }

    fn expand(&mut self, raw: &str, at: usize, value: &mut String) -> Result<(), Fault> {
        let mut rest = raw;
        while let Some(special) = rest.find(['&', '<', '\t', '\n', '\r']) {
            value.push_str(&rest[..special]);
            let tail = &rest[special..];
            rest = match tail.as_bytes()[0] {
                b'<' => return Err(self.fault(at, "`<` is not allowed in the value of an attribute")),
                b'&' => {
                    let Some((name, tail)) = tail[1..].split_once(';') else {
                        return Err(self.fault(at, "a reference in this value does not end with `;`"));
                    };
                    self.expand_reference(name, at, value)?;
                    tail
                }
                _ => {
                    value.push(' ');
                    tail.strip_prefix("\r\n").unwrap_or(&tail[1..])
                }
            };
        }
        value.push_str(rest);
        Ok(())
    }

    fn expand_reference(&mut self, name: &str, at: usize, value: &mut String) -> Result<(), Fault> {
        if let Some(c) = self.character(name, at)? {
            value.push(c);
            return Ok(());
        }
        let text = self.enter(name, at)?;
        let result = depth::with_stack(|| self.expand(&text, at, value));
        self.within.pop();
        result
    }

    /// The character that a reference stands for, unless it is one to a declared entity.
    fn character(&self, name: &str, at: usize) -> Result<Option<char>, Fault> {
        if !name.starts_with('#') {
            return Ok(predefined(name));
        }
        match char_reference(name).filter(|c| self.is_legal(*c)) {
            Some(c) => Ok(Some(c)),
            None => Err(self.fault(at, format!("`&{name};` stands for no character that XML allows"))),
        }
    }

    /// Begins to expand an entity; gives its text.
    fn enter(&mut self, name: &str, at: usize) -> Result<Arc<str>, Fault> {
        let text = match self.dtd.entity(name) {
            Some(Entity::Internal(text)) => text.clone(),
            Some(Entity::External) => {
                return Err(self.fault(at, format!("the entity `{name}` is external; nothing external is fetched")));
            }
            None => {
                let fault = self.fault(at, format!("the entity `{name}` is not declared"));
                let help = "declared entities are expanded only with the reader property `supportDtd=true`";
                return Err(if self.rules.supports_dtd { fault } else { fault.help(help) });
            }
        };
        if let Err(message) = self.budget.spend(&text) {
            return Err(self.fault(at, message));
        }
        if self.within.iter().any(|n| n == name) {
            return Err(self.fault(at, format!("the entity `{name}` contains itself")));
        }
        self.within.push(name.into());
        Ok(text)
    }

    /// Applies what the document type declares of the attributes of this element.
    pub(super) fn declared_attributes(
        &mut self,
        element: &str,
        given: &mut Vec<Attribute>,
        at: usize,
    ) -> Result<(), Fault> {
        let rules = self.dtd.attributes(element).iter();
        let rules: Vec<_> = rules.map(|rule| (rule.name.clone(), rule.words, rule.default.clone())).collect();
        for (name, words, default) in rules {
            let Some(id) = self.tree.name(&name) else { continue };
            if given.iter().all(|(other, _)| *other != id)
                && let Some(default) = default
            {
                given.push((id, self.attribute_value(&default, at)?));
            }
            if let Some((_, value)) = given.iter_mut().find(|(other, _)| *other == id)
                && words
            {
                *value = value.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ").into();
            }
        }
        Ok(())
    }
}
