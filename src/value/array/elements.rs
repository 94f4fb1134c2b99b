//! Going through the items of a list.

use super::lazy::Pulled;
use super::{Array, Producer};
use crate::diag::Fault;
use crate::value::{Range, Value, limit, watch};

/// The items of an array or a range, in order. It ends after the first fault.
pub struct Elements<'a>(pub(super) Source<'a>);

pub(super) enum Source<'a> {
    Slice(std::slice::Iter<'a, Value>),
    Owned(std::vec::IntoIter<Value>),
    Shared(Array, usize),
    Rest { pulled: std::vec::IntoIter<Value>, rest: Pulled },
    Made(Box<dyn Producer>),
    Range(Range, u64),
    Ended,
}

impl Elements<'_> {
    /// The items of a range.
    pub fn range(range: &Range) -> Elements<'static> {
        Elements(Source::Range(range.clone(), 0))
    }

    /// Whether there is another item, if that can be told without computing it.
    pub fn has_next(&mut self) -> Option<bool> {
        match &mut self.0 {
            Source::Slice(items) => Some(items.len() > 0),
            Source::Owned(items) => Some(items.len() > 0),
            Source::Shared(array, at) => array.has(*at),
            Source::Rest { pulled, .. } if pulled.len() > 0 => Some(true),
            Source::Rest { rest, .. } => rest.has(0),
            Source::Made(producer) => producer.has_next(),
            Source::Range(range, at) => Some(*at < range.len()),
            Source::Ended => Some(false),
        }
    }
}

impl Iterator for Elements<'_> {
    type Item = Result<Value, Fault>;

    fn next(&mut self) -> Option<Self::Item> {
        let item = match &mut self.0 {
            Source::Slice(items) => items.next().cloned().map(Ok),
            Source::Owned(items) => items.next().map(Ok),
            Source::Shared(array, at) => {
                *at += 1;
                array.get(*at - 1).transpose()
            }
            Source::Rest { pulled, rest } => match pulled.next() {
                Some(item) => Some(Ok(item)),
                None => rest.producer.as_mut().and_then(|p| p.next()).or_else(|| rest.fault.take().map(Err)),
            },
            Source::Made(producer) => producer.next(),
            Source::Range(range, at) => {
                *at += 1;
                let number = range.get(*at - 1);
                number.map(|n| limit::steps(*at).and_then(|()| watch::step()).map(|()| n.into()))
            }
            Source::Ended => None,
        };
        if !matches!(item, Some(Ok(_))) {
            self.0 = Source::Ended;
        }
        item
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        match &self.0 {
            Source::Slice(items) => items.size_hint(),
            Source::Owned(items) => items.size_hint(),
            _ => (0, None),
        }
    }
}
