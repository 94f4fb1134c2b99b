//! Operands: literals, collections, names, functions and the forms with keywords.

use super::name::key_of_string;
use super::text::pattern;
use super::{Builder, Cursor, unexpected};
use crate::diag::Fault;
use crate::syntax::ast::{ArrayItem, Expr, ExprKind, Function, Ident, Key, KeyName, ObjectItem, Path};
use crate::syntax::grammar::Rule;
use crate::text::Span;
use pest::iterators::Pair;

/// A key before its value: prefix, name, place.
type KeyStart = (Option<Ident>, KeyName, Span);

impl Builder<'_> {
    /// An atom with its selectors and calls; or a pair without braces.
    pub(super) fn operand(&mut self, cursor: &mut Cursor<'_>) -> Result<Expr, Fault> {
        let atom = cursor.next()?;
        if atom.as_rule() == Rule::qualified_name {
            return self.bare_qualified_pair(atom, cursor);
        }
        let atom = self.atom(atom)?;
        let operand = self.postfixes(atom, cursor)?;
        match cursor.take(Rule::pair_value) {
            Some(value) => {
                let key = self.key_of_expression(operand);
                self.bare_pair(key, value)
            }
            None => Ok(operand),
        }
    }

    fn bare_qualified_pair(&mut self, atom: Pair<'_, Rule>, cursor: &mut Cursor<'_>) -> Result<Expr, Fault> {
        let name = self.qualified_name(atom)?;
        if let Some(value) = cursor.take(Rule::pair_value) {
            return self.bare_pair((name.prefix, name.name, name.span), value);
        }
        self.complain(name.span, "a name with a namespace can only be a key or a selector", "");
        while cursor.next().is_ok() {}
        Ok(Expr { kind: ExprKind::Null, span: name.span })
    }

    fn bare_pair(&mut self, key: KeyStart, value: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let start = key.2;
        let pair = self.pair(key, value)?;
        let ObjectItem::Pair { span, .. } = &pair else { return Err(Fault::internal("a pair is a pair")) };
        let span = start.to(*span);
        Ok(Expr { kind: ExprKind::Object(vec![pair]), span })
    }

    /// The key that an expression in front of a colon is.
    fn key_of_expression(&mut self, expr: Expr) -> KeyStart {
        let span = expr.span;
        let name = match expr.kind {
            ExprKind::Name(Path { mut parts, .. }) if parts.len() == 1 => KeyName::Static(parts.remove(0).name),
            ExprKind::String(_) => key_of_string(expr),
            ExprKind::Parens(inner) => KeyName::Dynamic(inner),
            ExprKind::Number(number) => {
                let help = format!("quote it: \"{number}\"");
                self.complain(span, format!("`{number}` is no name: names start with a letter"), &help);
                KeyName::Static(number)
            }
            _ => {
                let help = "a key is a name, a string, or an expression in parentheses";
                self.complain(span, "this cannot be the key of a pair", help);
                KeyName::Static(String::new())
            }
        };
        (None, name, span)
    }

    /// A pair from its key and its `pair_value`.
    fn pair(&mut self, (prefix, name, start): KeyStart, value: Pair<'_, Rule>) -> Result<ObjectItem, Fault> {
        let mut cursor = Cursor::new(value);
        let (mut attributes, mut span) = (None, start);
        if let Some(list) = cursor.take(Rule::attributes) {
            span = span.to(self.span(&list));
            attributes = Some(self.object_items(Cursor::new(list))?);
        }
        let value = self.expression(cursor.next()?)?;
        let whole = start.to(value.span);
        Ok(ObjectItem::Pair { key: Key { prefix, name, attributes, span }, value, condition: None, span: whole })
    }

    fn object_items(&mut self, mut cursor: Cursor<'_>) -> Result<Vec<ObjectItem>, Fault> {
        let mut items = Vec::with_capacity(cursor.len());
        while let Ok(item) = cursor.next() {
            items.push(self.object_item(item)?);
        }
        Ok(items)
    }

    fn object_item(&mut self, item: Pair<'_, Rule>) -> Result<ObjectItem, Fault> {
        let start = self.span(&item);
        let rule = item.as_rule();
        let mut cursor = Cursor::new(item);
        let first = cursor.next()?;
        if rule == Rule::pair {
            let name = self.qualified_name(first)?;
            return self.pair((name.prefix, name.name, name.span), cursor.next()?);
        }
        let inner = self.expression(first)?;
        if let Some(value) = cursor.take(Rule::pair_value) {
            return self.pair((None, KeyName::Dynamic(Box::new(inner)), start), value);
        }
        match cursor.take(Rule::item_condition) {
            Some(condition) => self.conditional_pair(inner, condition, start),
            None => Ok(ObjectItem::Spread(inner)),
        }
    }

    /// `(key: value) if condition`.
    fn conditional_pair(&mut self, inner: Expr, condition: Pair<'_, Rule>, start: Span) -> Result<ObjectItem, Fault> {
        let test = self.expression(Cursor::new(condition).next()?)?;
        let inner_span = inner.span;
        if let ExprKind::Object(mut items) = inner.kind
            && items.len() == 1
            && let Some(ObjectItem::Pair { key, value, condition: None, span }) = items.pop()
            && key.span.start == inner_span.start
        {
            let span = Span { start: start.start.min(span.start), end: test.span.end };
            return Ok(ObjectItem::Pair { key, value, condition: Some(test), span });
        }
        let help = "the parentheses before `if` hold one pair: `(key: value) if condition`; for a whole object write \
                    `(if (condition) object else {})`";
        self.complain(inner_span, "only a single pair can have a condition", help);
        Ok(ObjectItem::Spread(Expr { kind: ExprKind::Null, span: inner_span }))
    }

    fn array(&mut self, mut cursor: Cursor<'_>) -> Result<ExprKind, Fault> {
        let mut items: Vec<ArrayItem> = Vec::with_capacity(cursor.len());
        while let Ok(pair) = cursor.next() {
            if pair.as_rule() == Rule::expr {
                items.push(ArrayItem { value: self.expression(pair)?, condition: None });
                continue;
            }
            let condition = self.expression(Cursor::new(pair).next()?)?;
            let Some(item) = items.last_mut() else { return Err(Fault::internal("a condition follows an element")) };
            let bare = !matches!(item.value.kind, ExprKind::Parens(_));
            item.condition = Some(condition);
            if bare {
                let span = item.value.span;
                let help = "write `(element) if condition`";
                self.complain(span, "an element with a condition stands in parentheses", help);
            }
        }
        Ok(ExprKind::Array(items))
    }

    pub(super) fn atom(&mut self, pair: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let mut span = self.span(&pair);
        let text = pair.as_str();
        let kind = match pair.as_rule() {
            Rule::path => ExprKind::Name(self.path(&pair)),
            Rule::string => return self.string(pair),
            Rule::number => ExprKind::Number(text.to_owned()),
            Rule::constant if text == "null" => ExprKind::Null,
            Rule::constant => ExprKind::Boolean(text == "true"),
            Rule::dollar => ExprKind::Dollar(text.len()),
            Rule::temporal => ExprKind::Temporal(text[1..text.len() - 1].to_owned()),
            Rule::regex => ExprKind::Regex(pattern(text)),
            Rule::not_implemented => ExprKind::NotImplemented,
            Rule::parens => ExprKind::Parens(Box::new(self.expression(Cursor::new(pair).next()?)?)),
            Rule::array => self.array(Cursor::new(pair))?,
            Rule::object => ExprKind::Object(self.object_items(Cursor::new(pair))?),
            Rule::lambda => {
                let function = self.function(&mut Cursor::new(pair))?;
                span = span.to_end(function.body.span);
                ExprKind::Lambda(function)
            }
            Rule::if_else | Rule::unless_else => return self.conditional(pair),
            Rule::using_in => return self.using(pair),
            Rule::do_block => self.do_block(Cursor::new(pair))?,
            _ => return Err(unexpected(&pair)),
        };
        Ok(Expr { kind, span })
    }

    /// Type parameters, parameters, result type and body, of a lambda or a declared function.
    pub(super) fn function(&mut self, cursor: &mut Cursor<'_>) -> Result<Function, Fault> {
        let type_params = self.type_params(cursor)?;
        let params = self.params(cursor)?;
        let result = cursor.take(Rule::type_expr).map(|pair| self.type_expr(pair)).transpose()?;
        let body = Box::new(self.expression(cursor.next()?)?);
        Ok(Function { type_params, params, result, body })
    }

    /// `if` with its `else if`s, or `unless`.
    fn conditional(&mut self, pair: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let start = self.span(&pair);
        let negated = pair.as_rule() == Rule::unless_else;
        let mut cursor = Cursor::new(pair);
        let links = cursor.len() / 2;
        self.nested(start, links, |builder| {
            let mut branches = Vec::with_capacity(links);
            let otherwise = loop {
                let first = cursor.next()?;
                let place = builder.span(&first);
                let first = builder.expression(first)?;
                match cursor.take(Rule::expr) {
                    Some(then) => branches.push((place, first, builder.expression(then)?)),
                    None => break first,
                }
            };
            Ok(branches.into_iter().rev().fold(otherwise, |otherwise, (place, condition, then)| {
                let span = place.to(otherwise.span);
                let (condition, then) = (Box::new(condition), Box::new(then));
                let kind = ExprKind::If { condition, negated, then, otherwise: Box::new(otherwise) };
                Expr { kind, span }
            }))
        })
        .map(|whole| Expr { span: start.to_end(whole.span), ..whole })
    }

    fn using(&mut self, pair: Pair<'_, Rule>) -> Result<Expr, Fault> {
        let start = self.span(&pair);
        let mut cursor = Cursor::new(pair);
        let mut bindings = Vec::new();
        while let Some(binding) = cursor.take(Rule::binding) {
            let mut binding = Cursor::new(binding);
            let name = self.ident(&binding.next()?);
            bindings.push((name, self.expression(binding.next()?)?));
        }
        let body = Box::new(self.expression(cursor.next()?)?);
        let span = start.to_end(body.span);
        Ok(Expr { kind: ExprKind::Using { bindings, body }, span })
    }

    fn do_block(&mut self, mut cursor: Cursor<'_>) -> Result<ExprKind, Fault> {
        let mut declarations = Vec::new();
        while let Some(directive) = cursor.take(Rule::directive) {
            declarations.push(self.local_directive(directive)?);
        }
        let body = Box::new(self.expression(cursor.next()?)?);
        Ok(ExprKind::Do { declarations, body })
    }
}
