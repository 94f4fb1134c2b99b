//! `update`: paths and new values.

use super::Planner;
use super::scope::Block;
use crate::plan::node::{Kind, Node, Step, Update, UpdateCase};
use crate::syntax::ast::{self, Expr, UpdateStep};
use crate::text::Span;

impl Planner<'_> {
    /// `subject update { cases }`
    pub(super) fn update(&mut self, subject: &Expr, cases: &[ast::UpdateCase], span: Span) -> Node {
        let subject = self.plan(subject);
        let cases = cases.iter().map(|case| self.update_case(case)).collect();
        Node { kind: Kind::Update(Box::new(Update { subject, cases })), span }
    }

    fn update_case(&mut self, case: &ast::UpdateCase) -> UpdateCase {
        let path = case.path.iter().map(|step| self.step(step)).collect();
        let level = self.levels.top();
        let mark = level.open(Block::default());
        let slot = level.bind_slot(case.name.as_ref().map_or("$", |name| &name.name));
        let condition = case.condition.as_ref().map(|condition| self.plan(condition));
        let body = self.plan(&case.body);
        self.levels.top().close(mark);
        UpdateCase { path, upsert: case.upsert, slot, condition, body }
    }

    fn step(&mut self, step: &UpdateStep) -> Step {
        match step {
            UpdateStep::Index(index) => Step::Index(self.plan(index)),
            UpdateStep::Field { all, attribute, prefix, name } => {
                let ns = self.prefix(prefix.as_ref());
                let name = self.key_name(name);
                match attribute {
                    true => Step::Attribute { ns, name },
                    false => Step::Field { all: *all, ns, name },
                }
            }
        }
    }
}
