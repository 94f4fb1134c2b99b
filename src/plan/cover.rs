//! Coverage: every block of expressions that may run or not gets a counter, without touching what the blocks compute.

use super::node::{Captures, Counted, Entry, Kind, Name, Node, Pattern, Prefix, RegexSource, Selector, Step};
use crate::text::{Source, Span};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// A block: a function's body, or a branch that may be taken or not.
#[derive(Clone, Debug)]
pub struct Point {
    /// The text it stands in.
    pub source: Arc<Source>,
    /// Where; blocks nest.
    pub span: Span,
    /// Whether it is a branch of something, and no function's body.
    pub branch: bool,
    /// How many expressions it holds, those of blocks inside of it left out.
    pub expressions: u32,
    /// How often it ran.
    pub hits: u64,
}

/// What ran of all scripts that an engine compiled for it. Shared by its clones.
#[derive(Clone, Debug, Default)]
pub struct Coverage(Arc<Mutex<Vec<Arc<Counters>>>>);

/// The counters of one plan.
#[derive(Debug, Default)]
pub(crate) struct Counters {
    points: Vec<Point>,
    hits: Box<[AtomicU64]>,
}

impl Coverage {
    /// The points of all scripts; a text that was compiled several times counts once, with all its hits.
    pub fn points(&self) -> Vec<Point> {
        let plans = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut all: indexmap::IndexMap<(String, Span, bool), Point> = indexmap::IndexMap::new();
        for counters in plans.iter() {
            for (point, hits) in counters.points.iter().zip(&counters.hits) {
                let key = (point.source.name().to_string(), point.span, point.branch);
                all.entry(key).or_insert_with(|| point.clone()).hits += hits.load(Ordering::Relaxed);
            }
        }
        all.into_values().collect()
    }

    /// Makes counters for the points of a plan.
    pub(super) fn counters(&self, points: Vec<Point>) -> Arc<Counters> {
        let hits = points.iter().map(|_| AtomicU64::new(0)).collect();
        let counters = Arc::new(Counters { points, hits });
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(counters.clone());
        counters
    }
}

impl Counters {
    /// Notes that a block runs.
    pub fn hit(&self, point: u32) {
        if let Some(hits) = self.hits.get(point as usize) {
            hits.fetch_add(1, Ordering::Relaxed);
        }
    }
}

/// Puts counters into a function's body, and adds their points to the list.
pub(super) fn instrument(body: &mut Node, source: &Arc<Source>, points: &mut Vec<Point>) {
    let mut walk = Walk { source, points, expressions: 0 };
    match &mut body.kind {
        // The variables of a whole script come before its body and are computed by themselves.
        Kind::Do(block) => {
            for variable in &mut block.variables {
                walk.node(&mut variable.value);
            }
            walk.count(&mut block.body, false);
        }
        _ => walk.count(body, false),
    }
}

struct Walk<'a> {
    source: &'a Arc<Source>,
    points: &'a mut Vec<Point>,
    /// Expressions of the block that the walk is in.
    expressions: u32,
}

impl Walk<'_> {
    /// Wraps a block in its counter.
    fn count(&mut self, node: &mut Node, branch: bool) {
        let outer = if branch { std::mem::take(&mut self.expressions) } else { 0 };
        self.node(node);
        let span = node.span;
        if span != Span::default() {
            let point = self.points.len() as u32;
            let expressions = self.expressions;
            self.points.push(Point { source: self.source.clone(), span, branch, expressions, hits: 0 });
            let inner = std::mem::replace(node, Node { kind: Kind::Const(Default::default()), span });
            node.kind = Kind::Counted(Box::new(Counted { point, node: inner }));
        }
        self.expressions = outer;
    }

    fn node(&mut self, node: &mut Node) {
        self.expressions += 1;
        crate::value::depth::with_stack(|| self.kind(&mut node.kind));
    }

    fn nodes<'n>(&mut self, nodes: impl IntoIterator<Item = &'n mut Node>) {
        nodes.into_iter().for_each(|node| self.node(node));
    }

    fn kind(&mut self, kind: &mut Kind) {
        match kind {
            Kind::Const(_)
            | Kind::Local(_)
            | Kind::Take(_)
            | Kind::Captured(_)
            | Kind::Global(_)
            | Kind::Fail(_)
            | Kind::Counted(_) => {}
            Kind::Forced(inner) | Kind::Not(inner) | Kind::Minus(inner) => self.node(inner),
            Kind::Deferred(lambda) | Kind::Lambda(lambda) => self.nodes(&mut lambda.captures),
            Kind::Function(callee) => self.captures(&mut callee.captures),
            Kind::Call(call) => {
                self.captures(&mut call.callee.captures);
                self.nodes(&mut call.args);
            }
            Kind::CallValue(call) => {
                self.node(&mut call.callee);
                self.nodes(&mut call.args);
            }
            Kind::Again(nodes) | Kind::Text(nodes) | Kind::Array(nodes) => self.nodes(nodes),
            Kind::Items(items) => items.iter_mut().for_each(|i| self.guarded(&mut i.condition, &mut i.value)),
            Kind::Record(record) => self.nodes(&mut record.values),
            Kind::Object(entries) => self.entries(entries),
            Kind::Default(pair) | Kind::And(pair) | Kind::Or(pair) => {
                let [left, right] = &mut **pair;
                self.node(left);
                self.count(right, true);
            }
            Kind::Binary(binary) => self.nodes([&mut binary.left, &mut binary.right]),
            Kind::If(parts) => {
                let [condition, then, otherwise] = &mut **parts;
                self.node(condition);
                self.count(then, true);
                self.count(otherwise, true);
            }
            _ => self.structure(kind),
        }
    }

    fn structure(&mut self, kind: &mut Kind) {
        match kind {
            Kind::Match(matching) => {
                self.node(&mut matching.subject);
                for case in &mut matching.cases {
                    self.pattern(&mut case.pattern);
                    self.count(&mut case.body, true);
                }
            }
            Kind::Update(update) => {
                self.node(&mut update.subject);
                for case in &mut update.cases {
                    case.path.iter_mut().for_each(|step| self.step(step));
                    case.condition.iter_mut().for_each(|condition| self.node(condition));
                    self.count(&mut case.body, true);
                }
            }
            Kind::Do(block) => {
                self.nodes(block.variables.iter_mut().map(|variable| &mut variable.value));
                self.node(&mut block.body);
            }
            Kind::As(conversion) => {
                self.node(&mut conversion.value);
                self.nodes(conversion.schema.iter_mut().map(|(_, node)| node));
            }
            Kind::Is(test) => self.node(&mut test.value),
            Kind::Field(field) => self.node(&mut field.base),
            Kind::Select(select) => {
                self.node(&mut select.base);
                self.selector(&mut select.selector);
            }
            _ => {}
        }
    }

    /// What is there only if its condition holds.
    fn guarded(&mut self, condition: &mut Option<Node>, value: &mut Node) {
        match condition {
            Some(condition) => {
                self.node(condition);
                self.count(value, true);
            }
            None => self.node(value),
        }
    }

    fn captures(&mut self, captures: &mut Captures) {
        if let Captures::These(nodes) = captures {
            self.nodes(nodes);
        }
    }

    fn entries(&mut self, entries: &mut [Entry]) {
        for entry in entries {
            match entry {
                Entry::Spread(node) => self.node(node),
                Entry::Pair(pair) => {
                    self.prefix(&mut pair.ns);
                    self.name(&mut pair.name);
                    pair.attributes.iter_mut().for_each(|attributes| self.entries(attributes));
                    self.guarded(&mut pair.condition, &mut pair.value);
                }
            }
        }
    }

    fn name(&mut self, name: &mut Name) {
        if let Name::Dynamic(node) = name {
            self.node(node);
        }
    }

    fn prefix(&mut self, prefix: &mut Option<Prefix>) {
        if let Some(Prefix::Dynamic(node)) = prefix {
            self.node(node);
        }
    }

    fn step(&mut self, step: &mut Step) {
        match step {
            Step::Field { ns, name, .. } | Step::Attribute { ns, name } => {
                self.prefix(ns);
                self.name(name);
            }
            Step::Index(index) => self.node(index),
        }
    }

    fn pattern(&mut self, pattern: &mut Pattern) {
        match pattern {
            Pattern::Literal(node) | Pattern::Guard(node) => self.node(node),
            Pattern::Regex { pattern: RegexSource::Dynamic(node), .. } => self.node(node),
            _ => {}
        }
    }

    fn selector(&mut self, selector: &mut Selector) {
        match selector {
            Selector::Field { ns, name, .. } => {
                self.prefix(ns);
                self.name(name);
            }
            Selector::Index(index) => self.node(index),
            Selector::Filter { condition, .. } => self.count(condition, true),
            _ => {}
        }
    }
}
