//! Calls, prefix and infix.

use super::Planner;
use super::names::Found;
use super::order;
use super::scope::Functions;
use crate::diag::{Code, Fault};
use crate::plan::function::first_filled;
use crate::plan::location;
use crate::plan::node::{Call, CallValue, Kind, Node};
use crate::syntax::ast::{DirectiveKind, Expr, ExprKind, Path};
use crate::text::Span;
use crate::value::{Signature, Type};
use std::sync::Arc;

impl Planner<'_> {
    /// `callee(args)`
    pub(super) fn call(&mut self, callee: &Expr, args: &[Expr], span: Span, tail: bool) -> Node {
        if let ExprKind::Name(path) = &callee.kind {
            let found = self.reference(path);
            let args = args.iter().map(|arg| self.plan_argument(arg, found.as_ref())).collect();
            return match found {
                Some(found) => self.call_found(found, path, args, span, tail),
                None => self.wrong_already(span),
            };
        }
        let callee = self.plan(callee);
        let args = args.iter().map(|arg| self.plan(arg)).collect();
        Node { kind: Kind::CallValue(Box::new(CallValue { callee, args })), span }
    }

    /// An argument; for `location` and its kin the place that the argument, or the definition it names, has.
    fn plan_argument(&mut self, arg: &Expr, callee: Option<&Found>) -> Node {
        let node = self.plan(arg);
        if !matches!(callee, Some(Found::Functions(functions)) if functions.asks_place) {
            return node;
        }
        let span = self.definition(arg).unwrap_or(arg.span);
        Node { kind: Kind::Const(location(&self.unit.place(span))), span: node.span }
    }

    /// Where the unit computes the variable or function that an expression names.
    fn definition(&self, expr: &Expr) -> Option<Span> {
        let ExprKind::Name(Path { parts, .. }) = &expr.kind else { return None };
        let [name] = parts.as_slice() else { return None };
        match &self.unit.directives(&name.name).ok()?.first()?.kind {
            DirectiveKind::Var { value, .. } => Some(value.span),
            DirectiveKind::Fun { function, .. } => Some(function.body.span),
            _ => None,
        }
    }

    /// `left function right`; where the function takes a function, an expression on the right becomes one.
    pub(super) fn infix(&mut self, left: &Expr, function: &Path, right: &Expr, span: Span, tail: bool) -> Node {
        let found = self.reference(function);
        let left = self.plan(left);
        let dollars = match &found {
            Some(Found::Functions(functions)) => callback_parameters(&functions.signatures),
            // Reported already; whether there may be a `$` on the right, nobody knows.
            None => Some(3),
            Some(_) => None,
        };
        let right = match dollars {
            Some(count) => self.callback(right, count),
            None => self.plan(right),
        };
        match found {
            Some(found) => self.call_found(found, function, vec![left, right], span, tail),
            None => self.wrong_already(span),
        }
    }

    fn callback(&mut self, expr: &Expr, count: usize) -> Node {
        let Some(function) = order::lambda(expr) else { return self.dollar_lambda(expr, count) };
        let required = function.params.iter().filter(|param| param.default.is_none()).count();
        if required > count {
            let message = format!("this function takes {required} values, but gets {count} at most");
            self.report(expr.span, Fault::new(Code::Arity, message));
        }
        self.callback_lambda(function, count, expr.span)
    }

    fn call_found(&mut self, found: Found, path: &Path, args: Vec<Node>, span: Span, tail: bool) -> Node {
        let callee = match found {
            Found::Functions(functions) if functions.constant => self.function_value(&functions, path.span),
            Found::Functions(functions) => return self.call_functions(&functions, args, span, tail),
            Found::Value(kind) => Node { kind, span: path.span },
            Found::Namespace(_) | Found::Type(_) => {
                let name = self.unit.source.slice(path.span);
                let message = format!("`{name}` is no function");
                return self.wrong(path.span, Code::Type, message);
            }
        };
        Node { kind: Kind::CallValue(Box::new(CallValue { callee, args: args.into() })), span }
    }

    pub(super) fn call_functions(
        &mut self,
        functions: &Arc<Functions>,
        args: Vec<Node>,
        span: Span,
        tail: bool,
    ) -> Node {
        let takes = |s: &Signature| (s.arity().0..=s.arity().1).contains(&args.len());
        if !functions.signatures.iter().any(takes) {
            return self.wrong_count(functions, args.len(), span);
        }
        let level = self.levels.top();
        if level.own == Some(functions.set) {
            if tail && functions.signatures[0].params.len() == args.len() {
                level.loops = true;
                return Node { kind: Kind::Again(args.into()), span };
            }
            level.recurses = true;
        }
        let callee = self.callee(functions, span);
        Node { kind: Kind::Call(Box::new(Call { callee, args: args.into() })), span }
    }

    fn wrong_count(&mut self, functions: &Functions, given: usize, span: Span) -> Node {
        let mut counts: Vec<usize> = functions.signatures.iter().flat_map(|s| s.arity().0..=s.arity().1).collect();
        counts.sort_unstable();
        counts.dedup();
        let counts = counts.iter().map(usize::to_string).collect::<Vec<_>>().join(" or ");
        let plural = if counts == "1" { "" } else { "s" };
        let name = &functions.name;
        let fault = Fault::new(Code::Arity, format!("`{name}` takes {counts} argument{plural}, not {given}"));
        let heads = functions.signatures.iter().map(|s| head(name, s)).collect::<Vec<_>>().join("\n");
        self.report(span, fault.help(heads));
        self.wrong_already(span)
    }

    /// What stands for an expression whose mistake is reported already.
    pub(super) fn wrong_already(&self, span: Span) -> Node {
        Node { kind: Kind::Const(crate::value::Value::Null), span }
    }
}

/// How many parameters a function has that stands on the right of an infix call; `None` if a value stands there.
fn callback_parameters(signatures: &[Signature]) -> Option<usize> {
    let second = |s: &Signature| s.params.get(first_filled(s, 2) + 1).and_then(|(_, ty, _)| parameters(ty));
    signatures.iter().filter_map(second).max()
}

fn parameters(ty: &Type) -> Option<usize> {
    match ty {
        Type::Function(Some(function)) => Some(function.params.len()),
        Type::Named(named) => parameters(&named.ty),
        Type::Union(members) => members.iter().filter_map(parameters).max(),
        _ => None,
    }
}

/// A function's head as written in scripts.
fn head(name: &str, signature: &Signature) -> String {
    let params = signature.params.iter().map(|(name, _, has_default)| match has_default {
        true => format!("{name}?"),
        false => name.clone(),
    });
    format!("{name}({})", params.collect::<Vec<_>>().join(", "))
}
