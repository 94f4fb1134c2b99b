//! Pairs of the grammar to AST: the builder that all topics share, and its cursor over pairs.

mod case;
mod chain;
mod expression;
mod header;
mod name;
mod selector;
mod text;
mod types;

use super::grammar::Rule;
use crate::diag::{Code, Fault};
use crate::text::{Place, Source, Span};
use pest::iterators::{Pair, Pairs};
use std::sync::Arc;

/// How deep expressions and types may nest in a text.
const MAX_NESTING: usize = 500;

/// How deep a tree may get. Each operator of a chain is a level, so this also limits the length of chains.
const MAX_DEPTH: usize = 2_500;

/// The stack that one level of building may need, and how much more is taken when it runs short.
const RED_ZONE: usize = 128 * 1024;
const SEGMENT: usize = 1024 * 1024;

/// Builds the tree; mistakes that do not stop it are collected.
pub struct Builder<'s> {
    source: &'s Arc<Source>,
    /// Where the parsed text starts in the source, in bytes.
    base: usize,
    nesting: usize,
    depth: usize,
    faults: Vec<Fault>,
}

impl<'s> Builder<'s> {
    /// A builder for pairs of a text that starts at `base` of `source`.
    pub fn new(source: &'s Arc<Source>, base: usize) -> Self {
        Self { source, base, nesting: 0, depth: 0, faults: Vec::new() }
    }

    /// The mistakes met, in the order of the text.
    pub fn into_faults(self) -> Vec<Fault> {
        self.faults
    }

    /// The pair's span in the source. Rules that end in something optional include the white space after them.
    fn span(&self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        Span::new(self.base + span.start(), self.base + span.end())
    }

    fn fault(&self, code: Code, span: Span, message: impl Into<String>) -> Fault {
        Fault::new(code, message).at(|| Place { source: self.source.clone(), span })
    }

    /// Notes a mistake in the text and goes on.
    fn complain(&mut self, span: Span, message: impl Into<String>, help: &str) {
        let fault = self.fault(Code::Syntax, span, message);
        self.faults.push(if help.is_empty() { fault } else { fault.help(help) });
    }

    /// Builds something one level further in; `links` operators of a chain count as so many levels of the tree.
    fn nested<T>(
        &mut self,
        span: Span,
        links: usize,
        build: impl FnOnce(&mut Self) -> Result<T, Fault>,
    ) -> Result<T, Fault> {
        if self.nesting >= MAX_NESTING {
            return Err(self.too_nested(span));
        }
        if self.depth + links > MAX_DEPTH {
            let message = format!("this chain of operators and selectors makes a tree of more than {MAX_DEPTH} levels");
            return Err(self.fault(Code::Limit, span, message).help("split it into variables"));
        }
        self.nesting += 1;
        self.depth += links;
        let built = stacker::maybe_grow(RED_ZONE, SEGMENT, || build(self));
        self.nesting -= 1;
        self.depth -= links;
        built
    }

    fn too_nested(&self, span: Span) -> Fault {
        self.fault(Code::Limit, span, format!("expressions are nested more than {MAX_NESTING} levels deep"))
            .help("move inner parts into variables or functions")
    }
}

/// The pairs inside of a pair, one after the other.
struct Cursor<'i> {
    next: Option<Pair<'i, Rule>>,
    rest: Pairs<'i, Rule>,
}

impl<'i> Cursor<'i> {
    fn new(pair: Pair<'i, Rule>) -> Self {
        let mut rest = pair.into_inner();
        Self { next: rest.next(), rest }
    }

    /// The rule of the next pair.
    fn rule(&self) -> Option<Rule> {
        self.next.as_ref().map(Pair::as_rule)
    }

    /// The next pair, left where it is.
    fn peek(&self) -> Option<&Pair<'i, Rule>> {
        self.next.as_ref()
    }

    /// The next pair if it is of this rule.
    fn take(&mut self, rule: Rule) -> Option<Pair<'i, Rule>> {
        if self.rule() == Some(rule) { self.next().ok() } else { None }
    }

    /// The next pair, which the grammar promises.
    fn next(&mut self) -> Result<Pair<'i, Rule>, Fault> {
        let next = std::mem::replace(&mut self.next, self.rest.next());
        next.ok_or_else(|| Fault::internal("the grammar promised another part"))
    }

    /// How many pairs are left.
    fn len(&self) -> usize {
        self.rest.len() + usize::from(self.next.is_some())
    }

    /// How many levels of a tree the operators and selectors that are left can make, at most.
    fn links(&self) -> usize {
        const EXACT_FROM: usize = 100;
        if self.len() < EXACT_FROM {
            return self.len();
        }
        let operators = self.rest.clone().filter(|pair| matches!(pair.as_rule(), Rule::symbol | Rule::infix)).count();
        self.len() - operators
    }
}

/// The fault for a pair that the grammar never puts there.
fn unexpected(pair: &Pair<'_, Rule>) -> Fault {
    Fault::internal(format!("unexpected {:?}", pair.as_rule()))
}
