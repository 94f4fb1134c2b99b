//! Expressions: which node an expression becomes.

use super::Planner;
use super::free::dollars;
use super::names::Found;
use crate::diag::Code;
use crate::plan::fold;
use crate::plan::kinds::Filter;
use crate::plan::node::{Binary, Conversion, Kind, Node, Test, TypeTest};
use crate::syntax::ast::{ArrayItem, BinaryOp, Expr, ExprKind, StringPart, TypeExpr, TypeExprKind, UnaryOp};
use crate::text::Span;
use crate::value::Value;
use crate::value::depth::with_stack;

impl Planner<'_> {
    /// Plans an expression whose value is used further.
    pub(super) fn plan(&mut self, expr: &Expr) -> Node {
        self.plan_in(expr, false)
    }

    /// Plans an expression whose value is the function's result.
    pub(super) fn plan_tail(&mut self, expr: &Expr) -> Node {
        self.plan_in(expr, true)
    }

    /// Plans an expression; `tail` says whether its value is the function's result.
    pub(super) fn plan_in(&mut self, expr: &Expr, tail: bool) -> Node {
        with_stack(|| self.expression(expr, tail))
    }

    fn expression(&mut self, expr: &Expr, tail: bool) -> Node {
        let span = expr.span;
        let kind = match &expr.kind {
            ExprKind::Null => Kind::Const(Value::Null),
            ExprKind::Boolean(b) => Kind::Const(Value::Boolean(*b)),
            ExprKind::Number(text) => return self.number(text, span),
            ExprKind::String(parts) => return self.string(parts, span),
            ExprKind::Regex(pattern) => return self.regex(pattern, span),
            ExprKind::Temporal(text) => return self.temporal(text, span),
            ExprKind::Array(items) => return self.array(items, span),
            ExprKind::Object(items) => return self.object(items, span),
            ExprKind::Name(path) => return self.value_of(path, span),
            ExprKind::Dollar(count) => return self.dollar(*count, span),
            ExprKind::Lambda(function) => return self.lambda(function, span),
            ExprKind::Call { callee, args, .. } => return self.call(callee, args, span, tail),
            ExprKind::Infix { left, function, right } => return self.infix(left, function, right, span, tail),
            ExprKind::Default { left, right } => Kind::Default(Box::new([self.plan(left), self.plan(right)])),
            ExprKind::Binary { op, left, right } => return self.binary(*op, left, right, span),
            ExprKind::Unary { op, operand } => return self.unary(*op, operand, span),
            ExprKind::If { condition, negated, then, otherwise } => {
                let condition = self.plan(condition);
                let (then, otherwise) = (self.plan_in(then, tail), self.plan_in(otherwise, tail));
                Kind::If(Box::new(if *negated { [condition, otherwise, then] } else { [condition, then, otherwise] }))
            }
            ExprKind::Match { subject, cases } => return self.match_expr(subject, cases, span, tail),
            ExprKind::Update { subject, cases } => return self.update(subject, cases, span),
            ExprKind::Do { declarations, body } => return self.block(declarations, body, span, tail),
            ExprKind::Using { bindings, body } => return self.using(bindings, body, span, tail),
            ExprKind::As { value, ty } => return self.conversion(value, ty, span),
            ExprKind::Is { value, ty } => {
                let (value, test) = (self.plan(value), self.type_test(ty));
                Kind::Is(Box::new(Test { value, test }))
            }
            ExprKind::Select { base, selector, presence } => return self.select(base, selector, *presence, span),
            ExprKind::NotImplemented => {
                Kind::Fail(Box::new((Code::NotImplemented, "this is not implemented yet (`???`)".to_string())))
            }
            ExprKind::Parens(inner) => return self.plan_in(inner, tail),
        };
        Node { kind, span }
    }

    fn dollar(&mut self, count: usize, span: Span) -> Node {
        let name = dollars(count);
        match self.name(name, span) {
            Some(Found::Value(kind)) => Node { kind, span },
            _ => {
                let fault = crate::diag::Fault::new(Code::UnknownName, format!("there is no `{name}` here"));
                self.report(
                    span,
                    fault.help("`$` stands on the right of an infix call of a function that takes a function, and in `match` and `update`"),
                );
                Node { kind: Kind::Const(Value::Null), span }
            }
        }
    }

    fn string(&mut self, parts: &[StringPart], span: Span) -> Node {
        let mut nodes = Vec::with_capacity(parts.len());
        for part in parts {
            nodes.push(match part {
                StringPart::Text(text) => Node { kind: Kind::Const(Value::string(text)), span },
                StringPart::Expr(expr) => self.plan(expr),
            });
        }
        let all_text = parts.iter().all(|part| matches!(part, StringPart::Text(_)));
        let kind = match parts {
            [] => Kind::Const(Value::string("")),
            _ if all_text => {
                let text = parts.iter().map(|p| if let StringPart::Text(t) = p { t.as_str() } else { "" });
                Kind::Const(Value::from(text.collect::<String>()))
            }
            _ => Kind::Text(nodes.into()),
        };
        Node { kind, span }
    }

    fn array(&mut self, items: &[ArrayItem], span: Span) -> Node {
        if items.iter().any(|item| item.condition.is_some()) {
            return self.conditional_items(items, span);
        }
        let nodes = items.iter().map(|item| self.plan(&item.value)).collect();
        Node { kind: fold::array(nodes), span }
    }

    fn binary(&mut self, op: BinaryOp, left: &Expr, right: &Expr, span: Span) -> Node {
        let (left, right) = (self.plan(left), self.plan(right));
        let kind = match op {
            BinaryOp::And => Kind::And(Box::new([left, right])),
            BinaryOp::Or => Kind::Or(Box::new([left, right])),
            _ => fold::binary(Binary { op, left, right }),
        };
        Node { kind, span }
    }

    fn unary(&mut self, op: UnaryOp, operand: &Expr, span: Span) -> Node {
        let operand = self.plan(operand);
        let kind = match op {
            UnaryOp::Minus => Kind::Minus(Box::new(operand)),
            UnaryOp::Not | UnaryOp::Bang => Kind::Not(Box::new(operand)),
        };
        Node { kind, span }
    }

    /// `value as Type`; metadata given right there may be computed.
    fn conversion(&mut self, value: &Expr, ty: &TypeExpr, span: Span) -> Node {
        let value = self.plan(value);
        let (ty, schema) = match &ty.kind {
            TypeExprKind::Metadata { ty: inner, schema } => {
                let nodes: Vec<_> = schema.iter().map(|(name, e)| (name.name.as_str().into(), self.plan(e))).collect();
                match fold::schema(&nodes) {
                    Some(schema) => (self.with_schema(inner, schema), Box::default()),
                    None => (self.resolve_type(inner), nodes.into()),
                }
            }
            _ => (self.resolve_type(ty), Box::default()),
        };
        Node { kind: Kind::As(Box::new(Conversion { value, ty, schema })), span }
    }

    /// A type with what answers most tests at once.
    pub(super) fn type_test(&mut self, ty: &TypeExpr) -> TypeTest {
        let ty = self.resolve_type(ty);
        TypeTest { filter: Filter::of(&ty), ty }
    }
}
