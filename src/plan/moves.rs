//! Last uses: a variable is moved where it is read for the last time, so that sequences and containers nobody else holds
//! are streamed and changed in place. One walk against the order of evaluation.

use super::node::{
    Captures, Case, Do, Entry, Item, Kind, Match, Name, Node, Pattern, Prefix, RegexSource, Selector, Step, UpdateCase,
};
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
            Kind::CallValue(call) => self.in_order(&mut call.callee, |walk| walk.nodes(&mut call.args)),
            Kind::Again(args) => {
                // Every parameter gets a new value, and everything else is filled before it is read.
                self.live.clear();
                self.nodes(args)
            }
            Kind::Text(nodes) | Kind::Array(nodes) => self.nodes(nodes),
            Kind::Items(items) => self.items(items),
            Kind::Record(record) => self.nodes(&mut record.values),
            Kind::Object(entries) => self.entries(entries),
            Kind::Default(pair) | Kind::And(pair) | Kind::Or(pair) => {
                let [left, right] = &mut **pair;
                self.in_order(left, |walk| walk.maybe(|walk| walk.node(right)))
            }
            Kind::Binary(binary) => self.in_order(&mut binary.left, |walk| walk.node(&mut binary.right)),
            Kind::If(parts) => self.branches(parts),
            Kind::Match(matching) => self.matching(matching),
            Kind::Update(update) => self.in_order(&mut update.subject, |walk| walk.update_cases(&mut update.cases)),
            Kind::Do(block) => self.block(block),
            Kind::As(conversion) => self
                .in_order(&mut conversion.value, |walk| walk.nodes(conversion.schema.iter_mut().map(|(_, node)| node))),
            Kind::Is(test) => self.node(&mut test.value),
            Kind::Field(field) => self.node(&mut field.base),
            Kind::Select(select) => self.in_order(&mut select.base, |walk| walk.selector(&mut select.selector)),
        }
    }

    /// A node, and what is evaluated after it.
    fn in_order(&mut self, first: &mut Node, then: impl FnOnce(&mut Self) -> usize) -> usize {
        let then = then(self);
        then.max(self.node(first))
    }

    /// `if`: one of two nodes is evaluated after the first.
    fn branches(&mut self, [condition, then, otherwise]: &mut [Node; 3]) -> usize {
        let after = self.live.clone();
        let then = self.node(then);
        let then_live = std::mem::replace(&mut self.live, after);
        let otherwise = self.node(otherwise);
        self.live.extend(then_live);
        then.max(otherwise).max(self.node(condition))
    }

    fn matching(&mut self, matching: &mut Match) -> usize {
        let cases = self.cases(matching.slot, &mut matching.cases);
        self.live.remove(&matching.slot);
        cases.max(self.node(&mut matching.subject))
    }

    /// The cases of `update`: each is evaluated for every place that its path leads to.
    fn update_cases(&mut self, cases: &mut [UpdateCase]) -> usize {
        let first = cases.iter().map(|case| case.slot).min().unwrap_or(0);
        self.in_loop(first, |walk| cases.iter_mut().map(|case| walk.update_case(case)).max().unwrap_or(0))
    }

    fn block(&mut self, block: &mut Do) -> usize {
        let mut depth = self.node(&mut block.body);
        for variable in block.variables.iter_mut().rev() {
            variable.slot.map(|slot| self.live.remove(&slot));
            depth = depth.max(self.node(&mut variable.value));
        }
        depth
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

    fn items(&mut self, items: &mut [Item]) -> usize {
        items.iter_mut().rev().map(|item| self.guarded(&mut item.condition, &mut item.value)).max().unwrap_or(0)
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
    fn cases(&mut self, subject: u32, cases: &mut [Case]) -> usize {
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

    fn update_case(&mut self, case: &mut UpdateCase) -> usize {
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
