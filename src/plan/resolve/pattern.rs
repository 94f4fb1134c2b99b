//! `match`: cases and what their patterns bind.

use super::Planner;
use super::scope::{Binding, Block};
use crate::plan::node::{Case, Kind, Match, Node, Pattern, RegexSource};
use crate::syntax::ast::{self, Expr, Ident, MatchCase};
use crate::text::Span;
use crate::value::Value;

impl Planner<'_> {
    /// `subject match { cases }`
    pub(super) fn match_expr(&mut self, subject: &Expr, cases: &[MatchCase], span: Span, tail: bool) -> Node {
        let subject = self.plan(subject);
        let level = self.levels.top();
        let mark = level.open(Block::default());
        let slot = level.slot();
        let cases = cases.iter().map(|case| self.case(case, slot, tail)).collect();
        self.levels.top().close(mark);
        Node { kind: Kind::Match(Box::new(Match { subject, slot, cases })), span }
    }

    fn case(&mut self, case: &MatchCase, slot: u32, tail: bool) -> Case {
        let mark = self.levels.top().open(Block::default());
        let pattern = self.pattern(&case.pattern, slot);
        let body = self.plan_in(&case.body, tail);
        self.levels.top().close(mark);
        Case { pattern, body }
    }

    /// A pattern; the names it binds are bound in the innermost block.
    fn pattern(&mut self, pattern: &ast::Pattern, slot: u32) -> Pattern {
        match pattern {
            ast::Pattern::Else { name } => {
                self.alias(name.as_ref(), slot);
                Pattern::Any
            }
            ast::Pattern::Literal { name, value } => {
                let value = self.plan(value);
                self.alias(name.as_ref(), slot);
                Pattern::Literal(value)
            }
            ast::Pattern::Type { name, ty } => {
                self.alias(name.as_ref(), slot);
                Pattern::Type(self.type_test(ty))
            }
            ast::Pattern::Guard { name, condition } => {
                self.alias(Some(name), slot);
                Pattern::Guard(self.plan(condition))
            }
            ast::Pattern::Regex { name, pattern } => {
                let node = self.plan(pattern);
                let pattern = match node.kind {
                    Kind::Const(Value::Regex(regex)) => RegexSource::Static(regex),
                    _ => RegexSource::Dynamic(node),
                };
                let groups = self.levels.top().bind_slot(name.as_ref().map_or("$", |name| &name.name));
                Pattern::Regex { pattern, groups }
            }
            ast::Pattern::EmptyArray => Pattern::EmptyArray,
            ast::Pattern::EmptyObject => Pattern::EmptyObject,
            ast::Pattern::Array { head, tail } => {
                let level = self.levels.top();
                Pattern::Array { head: level.bind_slot(&head.name), tail: level.bind_slot(&tail.name) }
            }
            ast::Pattern::Object { key, value, tail } => {
                let level = self.levels.top();
                Pattern::Object {
                    key: level.bind_slot(&key.name),
                    value: level.bind_slot(&value.name),
                    tail: level.bind_slot(&tail.name),
                }
            }
        }
    }

    /// The name of the subject in a case: `$`, unless the pattern gives it another one.
    fn alias(&mut self, name: Option<&Ident>, slot: u32) {
        let name = name.map_or("$", |name| &name.name);
        self.levels.top().bind(name, Binding::Slot(slot));
    }
}
