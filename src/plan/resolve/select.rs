//! Selectors.

use super::Planner;
use super::scope::Block;
use crate::plan::node::{Cache, Field, Kind, Name, Node, Select, Selector};
use crate::syntax::ast::{self, Expr, ExprKind, FieldKind, Presence};
use crate::text::Span;

impl Planner<'_> {
    /// `base.selector`
    pub(super) fn select(&mut self, base: &Expr, selector: &ast::Selector, presence: Presence, span: Span) -> Node {
        let chained = matches!(base.kind, ExprKind::Select { .. });
        let base = self.plan(base);
        let selector = self.selector(selector);
        let kind = match selector {
            Selector::Field { kind: FieldKind::First, ns: None, name: Name::Static(name) }
                if presence == Presence::Plain =>
            {
                Kind::Field(Box::new(Field { base, name, cache: Cache::default() }))
            }
            selector => Kind::Select(Box::new(Select { base, selector, presence, chained })),
        };
        Node { kind, span }
    }

    fn selector(&mut self, selector: &ast::Selector) -> Selector {
        match selector {
            ast::Selector::Field { kind, prefix, name, .. } => {
                let ns = self.prefix(prefix.as_ref());
                Selector::Field { kind: *kind, ns, name: self.key_name(name) }
            }
            ast::Selector::Index(index) => Selector::Index(self.plan(index)),
            ast::Selector::Filter(condition) => {
                let level = self.levels.top();
                let mark = level.open(Block::default());
                let (item, index) = (level.bind_slot("$"), level.bind_slot("$$"));
                let condition = self.plan(condition);
                self.levels.top().close(mark);
                Selector::Filter { condition, item, index }
            }
            ast::Selector::Descendants => Selector::Descendants,
            ast::Selector::Attributes => Selector::Attributes,
            ast::Selector::DescendantAttributes => Selector::DescendantAttributes,
            ast::Selector::Namespace => Selector::Namespace,
            ast::Selector::Metadata(name) => Selector::Metadata(name.as_deref().map(Into::into)),
        }
    }
}
