//! Last uses: a variable is moved where it is read for the last time, so that sequences and containers nobody else holds
//! are streamed and changed in place. One walk against the order of evaluation.

use super::node::{Captures, Entry, Kind, Name, Node, Pattern, Prefix, RegexSource, Selector, Step};
use std::collections::BTreeSet;

/// Marks the last uses in a function's body and defaults. Returns how deep the nodes nest.
pub(super) fn mark<'a>(defaults: impl DoubleEndedIterator<Item = &'a mut Node>, body: &mut Node) -> usize {
    let mut walk = Walk::default();
    let mut depth = walk.node(body);
    for default in defaults.rev() {
        depth = depth.max(walk.node(default));
    }
    depth
}

/// The slots that are read later than where the walk stands.
#[derive(Default)]
struct Walk {
    live: BTreeSet<u32>,
    /// Slots below this were filled outside of the loop that the walk is in: they are read again.
    loop_start: u32,
}

impl Walk {
    fn node(&mut self, node: &mut Node) -> usize {
        1 + crate::value::depth::with_stack(|| self.kind(&mut node.kind))
    }

    /// Nodes in the order they are evaluated.
    fn nodes<'a>(&mut self, nodes: impl IntoIterator<Item = &'a mut Node, IntoIter: DoubleEndedIterator>) -> usize {
        nodes.into_iter().rev().map(|node| self.node(node)).max().unwrap_or(0)
    }

    fn kind(&mut self, kind: &mut Kind) -> usize {
        match kind {
            Kind::Local(slot) => {
                let slot = *slot;
                if self.live.insert(slot) && slot >= self.loop_start {
                    *kind = Kind::Take(slot);
                }
                0
            }
            Kind::Const(_) | Kind::Take(_) | Kind::Captured(_) | Kind::Global(_) | Kind::Fail(_) => 0,
            Kind::Forced(inner) | Kind::Not(inner) | Kind::Minus(inner) => self.node(inner),
            Kind::Counted(counted) => self.node(&mut counted.node),
            Kind::Deferred(lambda) | Kind::Lambda(lambda) => self.nodes(&mut lambda.captures),
            Kind::Function(callee) => self.captures(&mut callee.captures),
            Kind::Call(call) => {
                let captured = self.captures(&mut call.callee.captures);
                captured.max(self.nodes(&mut call.args))
            }
            Kind::CallValue(call) => {
                let args = self.nodes(&mut call.args);
                args.max(self.node(&mut call.callee))
            }
            Kind::Again(args) => {
                // Every parameter gets a new value, and everything else is filled before it is read.
                self.live.clear();
                self.nodes(args)
            }
            Kind::Text(nodes) | Kind::Array(nodes) => self.nodes(nodes),
            Kind::Items(items) => {
                items.iter_mut().rev().map(|i| self.guarded(&mut i.condition, &mut i.value)).max().unwrap_or(0)
            }
            Kind::Record(record) => self.nodes(&mut record.values),
            Kind::Object(entries) => self.entries(entries),
            Kind::Default(pair) | Kind::And(pair) | Kind::Or(pair) => {
                let [left, right] = &mut **pair;
                let right = self.maybe(|walk| walk.node(right));
                right.max(self.node(left))
            }
            Kind::Binary(binary) => {
                let right = self.node(&mut binary.right);
                right.max(self.node(&mut binary.left))
            }
            Kind::If(parts) => {
                let [condition, then, otherwise] = &mut **parts;
                let after = self.live.clone();
                let then = self.node(then);
                let then_live = std::mem::replace(&mut self.live, after);
                let otherwise = self.node(otherwise);
                self.live.extend(then_live);
                then.max(otherwise).max(self.node(condition))
            }
            Kind::Match(matching) => {
                let cases = self.cases(matching.slot, &mut matching.cases);
                self.live.remove(&matching.slot);
                cases.max(self.node(&mut matching.subject))
            }
            Kind::Update(update) => {
                let first = update.cases.iter().map(|case| case.slot).min().unwrap_or(0);
                let cases = self.in_loop(first, |walk| {
                    update.cases.iter_mut().map(|case| walk.update_case(case)).max().unwrap_or(0)
                });
                cases.max(self.node(&mut update.subject))
            }
            Kind::Do(block) => {
                let mut depth = self.node(&mut block.body);
                for variable in block.variables.iter_mut().rev() {
                    variable.slot.map(|slot| self.live.remove(&slot));
                    depth = depth.max(self.node(&mut variable.value));
                }
                depth
            }
            Kind::As(conversion) => {
                let schema = self.nodes(conversion.schema.iter_mut().map(|(_, node)| node));
                schema.max(self.node(&mut conversion.value))
            }
            Kind::Is(test) => self.node(&mut test.value),
            Kind::Field(field) => self.node(&mut field.base),
            Kind::Select(select) => {
                let selector = self.selector(&mut select.selector);
                selector.max(self.node(&mut select.base))
            }
        }
    }

    /// What may or may not be evaluated.
    fn maybe(&mut self, walk: impl FnOnce(&mut Self) -> usize) -> usize {
        let without = self.live.clone();
        let depth = walk(self);
        self.live.extend(without);
        depth
    }

    /// What may be evaluated several times, with slots of its own from `first` on.
    fn in_loop(&mut self, first: u32, walk: impl FnOnce(&mut Self) -> usize) -> usize {
        let outer = self.loop_start;
        self.loop_start = outer.max(first);
        let depth = self.maybe(walk);
        self.live.retain(|slot| *slot < first);
        self.loop_start = outer;
        depth
    }

    /// A condition, and what is evaluated if it holds.
    fn guarded(&mut self, condition: &mut Option<Node>, value: &mut Node) -> usize {
        match condition {
            None => self.node(value),
            Some(condition) => {
                let value = self.maybe(|walk| walk.node(value));
                value.max(self.node(condition))
            }
        }
    }

    fn captures(&mut self, captures: &mut Captures) -> usize {
        match captures {
            Captures::None | Captures::Same => 0,
            Captures::These(nodes) => self.nodes(nodes),
        }
    }

    fn entries(&mut self, entries: &mut [Entry]) -> usize {
        entries.iter_mut().rev().map(|entry| self.entry(entry)).max().unwrap_or(0)
    }

    fn entry(&mut self, entry: &mut Entry) -> usize {
        match entry {
            Entry::Spread(node) => self.node(node),
            Entry::Pair(pair) => {
                let inner = self.maybe(|walk| {
                    let value = walk.node(&mut pair.value);
                    let attributes = pair.attributes.as_mut().map_or(0, |attributes| walk.entries(attributes));
                    value.max(attributes).max(walk.name(&mut pair.name)).max(walk.prefix(&mut pair.ns))
                });
                inner.max(pair.condition.as_mut().map_or(0, |condition| self.node(condition)))
            }
        }
    }

    fn name(&mut self, name: &mut Name) -> usize {
        match name {
            Name::Static(_) => 0,
            Name::Dynamic(node) => self.node(node),
        }
    }

    fn prefix(&mut self, prefix: &mut Option<Prefix>) -> usize {
        match prefix {
            Some(Prefix::Dynamic(node)) => self.node(node),
            _ => 0,
        }
    }

    fn selector(&mut self, selector: &mut Selector) -> usize {
        match selector {
            Selector::Field { ns, name, .. } => {
                let name = self.name(name);
                name.max(self.prefix(ns))
            }
            Selector::Index(index) => self.node(index),
            Selector::Filter { condition, item, .. } => self.in_loop(*item, |walk| walk.node(condition)),
            Selector::Descendants
            | Selector::Attributes
            | Selector::DescendantAttributes
            | Selector::Namespace
            | Selector::Metadata(_) => 0,
        }
    }

    /// Cases are tried in order; each test reads the subject.
    fn cases(&mut self, subject: u32, cases: &mut [super::node::Case]) -> usize {
        let after = std::mem::take(&mut self.live);
        let mut depth = 0;
        for case in cases.iter_mut().rev() {
            // Here `live` is what the later cases read.
            let later = std::mem::replace(&mut self.live, after.clone());
            depth = depth.max(self.node(&mut case.body));
            depth = depth.max(self.pattern(&mut case.pattern, later));
            self.live.insert(subject);
        }
        depth
    }

    fn pattern(&mut self, pattern: &mut Pattern, later: BTreeSet<u32>) -> usize {
        let bound: &[u32] = match pattern {
            Pattern::Regex { groups, .. } => &[*groups],
            Pattern::Array { head, tail } => &[*head, *tail],
            Pattern::Object { key, value, tail } => &[*key, *value, *tail],
            _ => &[],
        };
        for slot in bound {
            self.live.remove(slot);
        }
        self.live.extend(later);
        match pattern {
            Pattern::Literal(node) | Pattern::Guard(node) => self.node(node),
            Pattern::Regex { pattern: RegexSource::Dynamic(node), .. } => self.node(node),
            _ => 0,
        }
    }

    fn update_case(&mut self, case: &mut super::node::UpdateCase) -> usize {
        let body = self.guarded(&mut case.condition, &mut case.body);
        let step = |walk: &mut Self, step: &mut Step| match step {
            Step::Field { ns, name, .. } | Step::Attribute { ns, name } => {
                let name = walk.name(name);
                name.max(walk.prefix(ns))
            }
            Step::Index(index) => walk.node(index),
        };
        body.max(case.path.iter_mut().map(|s| step(self, s)).max().unwrap_or(0))
    }
}
