//! The cases of `match` and `update`.

use super::{Builder, Cursor, unexpected};
use crate::diag::Fault;
use crate::syntax::ast::{Expr, ExprKind, Ident, MatchCase, Pattern, UpdateCase, UpdateStep};
use crate::syntax::grammar::Rule;
use pest::iterators::Pair;

impl Builder<'_> {
    pub(super) fn match_block(&mut self, subject: Expr, block: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let span = subject.span.to(self.span(&block));
        let mut cases = Vec::new();
        for case in block.into_inner() {
            let mut span = self.span(&case);
            let mut cursor = Cursor::new(case);
            let pattern = self.pattern(cursor.next()?)?;
            let body = self.expression(cursor.next()?)?;
            span = span.to_end(body.span);
            cases.push(MatchCase { pattern, body, span });
        }
        Ok(Expr { kind: ExprKind::Match { subject: Box::new(subject), cases }, span })
    }

    fn pattern(&mut self, pair: Pair<'_, Rule>) -> Result<Pattern, Fault> {
        let rule = pair.as_rule();
        match rule {
            Rule::string | Rule::number | Rule::constant | Rule::temporal => {
                Ok(Pattern::Literal { name: None, value: self.atom(pair)? })
            }
            Rule::named_pattern => {
                let mut cursor = Cursor::new(pair);
                let name = self.ident(&cursor.next()?);
                self.test(Some(name), cursor.next()?)
            }
            Rule::type_pattern | Rule::regex_pattern => self.test(None, pair),
            Rule::else_pattern => {
                let name = Cursor::new(pair).take(Rule::ident).map(|name| self.ident(&name));
                Ok(Pattern::Else { name })
            }
            Rule::array_pattern | Rule::object_pattern => self.structure(pair),
            _ => Err(unexpected(&pair)),
        }
    }

    /// What follows the name in a case, or stands without one.
    fn test(&mut self, name: Option<Ident>, pair: Pair<'_, Rule>) -> Result<Pattern, Fault> {
        let rule = pair.as_rule();
        let inner = Cursor::new(pair).next()?;
        match (rule, name) {
            (Rule::type_pattern, name) => Ok(Pattern::Type { name, ty: self.type_expr(inner)? }),
            (Rule::regex_pattern, name) => Ok(Pattern::Regex { name, pattern: self.atom(inner)? }),
            (Rule::literal_pattern, name) => Ok(Pattern::Literal { name, value: self.atom(inner)? }),
            (Rule::guard_pattern, Some(name)) => Ok(Pattern::Guard { name, condition: self.expression(inner)? }),
            _ => Err(unexpected(&inner)),
        }
    }

    /// `[]`, `[h ~ t]`, `{}`, `{k: v ~ t}`.
    fn structure(&self, pair: Pair<'_, Rule>) -> Result<Pattern, Fault> {
        let is_array = pair.as_rule() == Rule::array_pattern;
        let names: Vec<Ident> = pair.clone().into_inner().map(|name| self.ident(&name)).collect();
        let mut names = names.into_iter();
        match (is_array, names.next(), names.next(), names.next()) {
            (true, None, ..) => Ok(Pattern::EmptyArray),
            (true, Some(head), Some(tail), None) => Ok(Pattern::Array { head, tail }),
            (false, None, ..) => Ok(Pattern::EmptyObject),
            (false, Some(key), Some(value), Some(tail)) => Ok(Pattern::Object { key, value, tail }),
            _ => Err(unexpected(&pair)),
        }
    }

    pub(super) fn update_block(&mut self, subject: Expr, block: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let span = subject.span.to(self.span(&block));
        let cases = block.into_inner().map(|case| self.update_case(case)).collect::<Result<_, _>>()?;
        Ok(Expr { kind: ExprKind::Update { subject: Box::new(subject), cases }, span })
    }

    fn update_case(&mut self, case: Pair<'_, Rule>) -> Result<UpdateCase, Fault> {
        let start = self.span(&case);
        let mut cursor = Cursor::new(case);
        let name = cursor.take(Rule::ident).map(|name| self.ident(&name));
        let mut path = Vec::new();
        let mut upsert = false;
        for step in cursor.next()?.into_inner() {
            match step.as_rule() {
                Rule::upsert => upsert = true,
                _ => path.push(self.update_step(step)?),
            }
        }
        let condition = match cursor.take(Rule::update_condition) {
            Some(condition) => Some(self.expression(Cursor::new(condition).next()?)?),
            None => None,
        };
        let body = self.expression(cursor.next()?)?;
        let span = start.to_end(body.span);
        Ok(UpdateCase { name, path, upsert, condition, body, span })
    }

    fn update_step(&mut self, step: Pair<'_, Rule>) -> Result<UpdateStep, Fault> {
        let rule = step.as_rule();
        let mut cursor = Cursor::new(step);
        let first = cursor.next()?;
        if rule == Rule::update_index {
            return Ok(UpdateStep::Index(self.expression(first)?));
        }
        let name = self.qualified_name(cursor.next()?)?;
        let (all, attribute) = (first.as_str() == ".*", first.as_str() == ".@");
        Ok(UpdateStep::Field { all, attribute, prefix: name.prefix, name: name.name })
    }
}
