//! `match`: the case that takes the subject.

use crate::diag::{Code, Fault};
use crate::eval::frame::Frame;
use crate::eval::types;
use crate::plan::Node;
use crate::plan::node::{Match, Pattern, RegexSource};
use crate::value::{ObjectBuilder, Regex, Value, coerce, ops};
use std::sync::Arc;

impl Frame<'_> {
    /// The body of the first case that takes the subject; what its pattern binds is set.
    pub(super) fn matching<'n>(&mut self, matching: &'n Match) -> Result<&'n Node, Fault> {
        let subject = self.eval(&matching.subject)?;
        self.set(matching.slot, subject);
        for case in &matching.cases {
            if self.takes(&case.pattern, matching.slot)? {
                return Ok(&case.body);
            }
        }
        let subject = self.slot(matching.slot);
        Err(Fault::new(Code::NoMatch, format!("no case takes this {}", subject.type_name()))
            .help("add an `else ->` at the end"))
    }

    fn takes(&mut self, pattern: &Pattern, slot: u32) -> Result<bool, Fault> {
        match pattern {
            Pattern::Any => Ok(true),
            Pattern::Literal(node) => {
                let literal = self.eval(node)?;
                ops::similar(&self.slots[slot as usize], &literal)
            }
            Pattern::Type(test) => Ok(types::is(test, &self.slots[slot as usize])),
            Pattern::Guard(condition) => self.condition(condition),
            Pattern::Regex { pattern, groups } => self.takes_text(pattern, *groups, slot),
            Pattern::EmptyArray => match self.slots[slot as usize].bare() {
                Value::Array(array) => array.is_empty(),
                _ => Ok(false),
            },
            Pattern::Array { head, tail } => self.takes_array(slot, *head, *tail),
            Pattern::EmptyObject => {
                Ok(matches!(self.slots[slot as usize].bare(), Value::Object(object) if object.is_empty()))
            }
            Pattern::Object { key, value, tail } => self.takes_object(slot, [*key, *value, *tail]),
        }
    }

    /// `[head ~ tail]`
    fn takes_array(&mut self, slot: u32, head: u32, tail: u32) -> Result<bool, Fault> {
        let Value::Array(array) = self.slot(slot).into_bare() else { return Ok(false) };
        let Some(first) = array.get(0)? else { return Ok(false) };
        self.set(head, first);
        self.set(tail, Value::Array(array.rest(1)));
        Ok(true)
    }

    /// `{key: value ~ tail}`
    fn takes_object(&mut self, slot: u32, [key, value, tail]: [u32; 3]) -> Result<bool, Fault> {
        let Value::Object(object) = self.slot(slot).into_bare() else { return Ok(false) };
        let Some(first) = object.pair(0) else { return Ok(false) };
        self.set(key, Value::Key(Arc::new(first.key())));
        self.set(value, first.selected());
        let mut others = ObjectBuilder::with_capacity(object.len() - 1);
        for pair in object.iter().skip(1) {
            others.pair(pair.name.clone(), pair.attributes.cloned(), pair.value.clone());
        }
        self.set(tail, others.value());
        Ok(true)
    }

    /// `matches /…/`: the whole text must match; the groups are bound. A subject without text is a fault.
    fn takes_text(&mut self, pattern: &RegexSource, groups: u32, slot: u32) -> Result<bool, Fault> {
        let regex = match pattern {
            RegexSource::Static(regex) => regex.clone(),
            RegexSource::Dynamic(node) => match self.eval(node)?.bare() {
                Value::Regex(regex) => regex.clone(),
                other => Regex::cached(&coerce::to_text(other)?)?,
            },
        };
        let text = coerce::to_text(&self.slots[slot as usize])?;
        let Some(found) = regex.full_match(&text)? else { return Ok(false) };
        let texts = found.groups().map(|group| group.map(Value::from).unwrap_or_default()).collect();
        self.set(groups, Value::array(texts));
        Ok(true)
    }
}
