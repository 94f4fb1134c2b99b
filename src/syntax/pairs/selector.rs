//! What follows an operand: selectors, indexes and calls.

use super::{Builder, Cursor, unexpected};
use crate::diag::Fault;
use crate::syntax::ast::{Expr, ExprKind, FieldKind, KeyName, Presence, Selector, TypeExpr};
use crate::syntax::grammar::Rule;
use crate::text::Span;
use pest::iterators::Pair;

impl Builder<'_> {
    /// Applies the selectors and calls that follow.
    pub(super) fn postfixes(&mut self, atom: Expr, cursor: &mut Cursor<'_>) -> Result<Expr, Fault> {
        let mut value = atom;
        loop {
            let applied = match cursor.rule() {
                Some(Rule::selector) => self.selector(value, cursor.next()?)?,
                Some(Rule::index) => self.index(value, cursor.next()?)?,
                Some(Rule::call) => self.call(value, Vec::new(), cursor.next()?)?,
                Some(Rule::template) => self.template_call(value, cursor.next()?)?,
                Some(Rule::type_call) => self.type_call(value, cursor.next()?)?,
                _ => return Ok(value),
            };
            if let ExprKind::Select { presence, .. } = applied.kind
                && presence != Presence::Plain
                && cursor.rule().is_some_and(is_postfix)
            {
                let mark = if presence == Presence::Exists { "?" } else { "!" };
                let end = applied.span.end as usize;
                let message = format!("`{mark}` ends a selector; nothing can be selected after it");
                let help = format!("put what ends in `{mark}` in parentheses to go on");
                self.complain(Span::new(end - 1, end), message, &help);
            }
            value = applied;
        }
    }

    fn call(&mut self, callee: Expr, type_args: Vec<TypeExpr>, pair: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let span = callee.span.to(self.span(&pair));
        let mut cursor = Cursor::new(pair);
        let mut args = Vec::with_capacity(cursor.len());
        while let Some(arg) = cursor.take(Rule::expr) {
            args.push(self.expression(arg)?);
        }
        Ok(Expr { kind: ExprKind::Call { callee: Box::new(callee), type_args, args }, span })
    }

    fn template_call(&mut self, callee: Expr, pair: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let span = callee.span.to(self.span(&pair));
        if !matches!(callee.kind, ExprKind::Name(_)) {
            let help = "a text in backticks behind a name calls that function with its parts";
            self.complain(span, "only a function's name can stand before a text in backticks", help);
        }
        let args = Vec::from(self.template(pair)?);
        Ok(Expr { kind: ExprKind::Call { callee: Box::new(callee), type_args: Vec::new(), args }, span })
    }

    fn type_call(&mut self, callee: Expr, pair: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let mut cursor = Cursor::new(pair);
        let mut type_args = Vec::new();
        while let Some(ty) = cursor.take(Rule::type_expr) {
            type_args.push(self.type_expr(ty)?);
        }
        self.call(callee, type_args, cursor.next()?)
    }

    fn selector(&mut self, base: Expr, pair: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let span = base.span.to(self.span(&pair));
        let mut cursor = Cursor::new(pair);
        let sigil = cursor.next()?;
        let selector = match cursor.rule() {
            _ if sigil.as_rule() == Rule::word => self.field(FieldKind::First, sigil)?,
            Some(Rule::qualified_name | Rule::word | Rule::string) => {
                let name = cursor.next()?;
                self.named_selector(sigil.as_str(), name)?
            }
            _ => match sigil.as_str() {
                ".." => Selector::Descendants,
                ".@" => Selector::Attributes,
                "..@" => Selector::DescendantAttributes,
                ".#" => Selector::Namespace,
                ".^" => Selector::Metadata(None),
                _ => return Err(unexpected(&sigil)),
            },
        };
        let presence = presence(&mut cursor);
        Ok(Expr { kind: ExprKind::Select { base: Box::new(base), selector, presence }, span })
    }

    fn named_selector(&mut self, sigil: &str, name: Pair<'_, Rule>) -> Result<Selector, Fault> {
        let kind = match sigil {
            "." => FieldKind::First,
            ".*" => FieldKind::All,
            ".&" => FieldKind::Pairs,
            ".." => FieldKind::Deep,
            "..*" => FieldKind::DeepAll,
            "..&" => FieldKind::DeepPairs,
            ".@" => FieldKind::Attribute,
            ".*@" | ".@*" => FieldKind::AllAttributes,
            "..@" => FieldKind::DeepAttribute,
            _ => return self.metadata(name),
        };
        self.field(kind, name)
    }

    fn metadata(&mut self, name: Pair<'_, Rule>) -> Result<Selector, Fault> {
        let name = self.qualified_name(name)?;
        match name.name {
            KeyName::Static(text) if name.prefix.is_none() => Ok(Selector::Metadata(Some(text))),
            _ => {
                self.complain(name.span, "the name of metadata cannot be computed", "");
                Ok(Selector::Metadata(None))
            }
        }
    }

    fn field(&mut self, kind: FieldKind, name: Pair<'_, Rule>) -> Result<Selector, Fault> {
        let name = self.qualified_name(name)?;
        Ok(Selector::Field { kind, prefix: name.prefix, name: name.name, span: name.span })
    }

    /// `[…]`, with its presence mark.
    fn index(&mut self, base: Expr, pair: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let span = base.span.to(self.span(&pair));
        let mut cursor = Cursor::new(pair);
        let body = cursor.next()?;
        let rule = body.as_rule();
        let inner = Cursor::new(body).next()?;
        let selector = match rule {
            Rule::plain_index => Selector::Index(Box::new(self.expression(inner)?)),
            Rule::filter_index => Selector::Filter(Box::new(self.expression(inner)?)),
            Rule::all_index => self.field_index(FieldKind::All, inner)?,
            Rule::pairs_index => self.field_index(FieldKind::Pairs, inner)?,
            Rule::attribute_index => self.field_index(FieldKind::Attribute, inner)?,
            Rule::name_index => self.field_index(FieldKind::First, inner)?,
            _ => return Err(Fault::internal("an index has one of six forms")),
        };
        let presence = presence(&mut cursor);
        Ok(Expr { kind: ExprKind::Select { base: Box::new(base), selector, presence }, span })
    }

    /// A field selector in brackets: a bare word, or an expression that gives the name.
    fn field_index(&mut self, kind: FieldKind, name: Pair<'_, Rule>) -> Result<Selector, Fault> {
        if name.as_rule() != Rule::expr {
            return self.field(kind, name);
        }
        let expr = self.expression(name)?;
        let span = expr.span;
        let name = match expr.kind {
            ExprKind::String(_) => super::name::key_of_string(expr),
            _ => KeyName::Dynamic(Box::new(expr)),
        };
        Ok(Selector::Field { kind, prefix: None, name, span })
    }
}

fn is_postfix(rule: Rule) -> bool {
    matches!(rule, Rule::selector | Rule::index | Rule::call | Rule::type_call | Rule::template)
}

fn presence(cursor: &mut Cursor<'_>) -> Presence {
    match cursor.take(Rule::presence) {
        Some(mark) if mark.as_str() == "?" => Presence::Exists,
        Some(_) => Presence::Required,
        None => Presence::Plain,
    }
}
