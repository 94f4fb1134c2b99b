//! Functions and lambdas: parameters become the first slots of a frame, `$` parameters among them.

use super::Planner;
use super::free::{dollars, of_function};
use super::scope::{Binding, Block, Functions, Level, Planned};
use crate::diag::{Code, Fault};
use crate::plan::cover;
use crate::plan::function::{Body, Function, Param};
use crate::plan::kinds::Filter;
use crate::plan::moves;
use crate::plan::node::{Callee, Captures, Kind, Lambda, Node};
use crate::syntax::ast::{self, Annotation, Directive, Expr, ExprKind, StringPart, TypeParam};
use crate::text::Span;
use crate::value::{Signature, Type};
use std::sync::Arc;

impl Planner<'_> {
    /// A declared function, with the checks that its annotations ask for.
    pub(super) fn declared_function(
        &mut self,
        name: &str,
        directive: &Directive,
        function: &ast::Function,
        signature: Signature,
        level: Level,
    ) -> Planned {
        let planned = self.function(Some(name), function, signature, level);
        if let Some(annotation) = directive.annotations.iter().find(|a| is_named(a, "TailRec"))
            && (planned.recurses || !planned.function.loops)
        {
            let message = format!("`{name}` is marked as tail-recursive, but its last act is not to call itself");
            let fault = Fault::new(Code::Declaration, message);
            self.report(annotation.span, fault.help("make every call of itself the last thing it does"));
        }
        planned
    }

    /// A function or lambda, in a level made for it.
    pub(super) fn function(
        &mut self,
        name: Option<&str>,
        function: &ast::Function,
        signature: Signature,
        level: Level,
    ) -> Planned {
        self.levels.push(level);
        self.open_type_params(&function.type_params);
        let slots: Vec<u32> = signature.params.iter().map(|_| self.levels.top().slot()).collect();
        // Defaults are planned before the parameters have names: they see none of them.
        let mut params = Vec::with_capacity(slots.len());
        for (position, (_, ty, _)) in signature.params.iter().enumerate() {
            let param = function.params.get(position);
            let declared = param.is_some_and(|param| param.ty.is_some() && !design_only(param));
            let default = param.and_then(|param| param.default.as_ref()).map(|default| self.plan(default));
            params.push(Param { ty: ty.clone(), declared, filter: Filter::of(ty), default });
        }
        for ((name, _, _), slot) in signature.params.iter().zip(slots) {
            self.levels.top().bind(name, Binding::Slot(slot));
        }
        let body = self.body(function);
        let level = self.levels.pop();
        self.finish(name, params, signature, body, level)
    }

    fn body(&mut self, function: &ast::Function) -> Body {
        let Some(key) = native_key(&function.body).filter(|_| self.unit.library) else {
            return Body::Expression(self.plan_tail(&function.body));
        };
        match self.context.library.native(key) {
            Some(number) => Body::Native(number),
            None => {
                self.report(function.body.span, Fault::internal(format!("there is no native `{key}`")));
                Body::Native(u32::MAX)
            }
        }
    }

    /// Puts a function together once its level is complete.
    pub(super) fn finish(
        &mut self,
        name: Option<&str>,
        mut params: Vec<Param>,
        signature: Signature,
        mut body: Body,
        level: Level,
    ) -> Planned {
        if let Body::Expression(node) = &mut body
            && self.context.coverage.is_some()
            && !self.unit.library
        {
            cover::instrument(node, &self.unit.source, &mut self.points);
        }
        let depth = match &mut body {
            Body::Native(_) => 0,
            Body::Expression(node) => moves::mark(params.iter_mut().filter_map(|p| p.default.as_mut()), node),
        };
        let function = Function {
            name: name.map(String::from),
            source: self.unit.source.clone(),
            library: self.unit.library,
            typed: params.iter().any(|p| !p.filter.takes_all()),
            params: params.into(),
            signature,
            slots: level.slots(),
            body,
            loops: level.loops,
            depth,
        };
        let captures = level.captures.into_iter().map(|(_, node)| node).collect();
        Planned { function, captures, recurses: level.recurses }
    }

    /// Opens a block that knows type parameters; a bounded one is `T & Bound`.
    pub(super) fn open_type_params(&mut self, params: &[TypeParam]) -> u32 {
        let mut types = Vec::with_capacity(params.len());
        for param in params {
            let own = Type::Param(param.name.name.as_str().into());
            let ty = match param.bound.as_ref().map(|bound| self.resolve_type(bound)) {
                Some(bound) => Type::Intersection(Arc::new([own, bound])),
                None => own,
            };
            types.push((param.name.name.clone(), ty));
        }
        self.levels.top().open(Block { types, ..Block::default() })
    }

    /// A lambda literal.
    pub(super) fn lambda(&mut self, function: &ast::Function, span: Span) -> Node {
        let signature = self.signature(function);
        let planned = self.function(None, function, signature, Level::default());
        planned.into_node(span)
    }

    /// A lambda literal where `count` values are offered: those that it has no parameter for are `$`, `$$`, `$$$` by their
    /// position. It takes them all, and keeps as many as it uses.
    pub(super) fn callback_lambda(&mut self, function: &ast::Function, count: usize, span: Span) -> Node {
        let own = function.params.len();
        let mut signature = self.signature(function);
        if own >= count || function.params.iter().any(|param| param.default.is_some()) {
            return self.function(None, function, signature, Level::default()).into_node(span);
        }
        let free = of_function(function);
        let used = (own + 1..=count).rev().find(|n| free.contains(dollars(*n))).unwrap_or(own);
        let offered = |n: usize| (dollars(n).to_string(), Type::Any, false);
        signature.params.extend((own + 1..=used).map(offered));
        let mut planned = self.function(None, function, signature, Level::default());
        planned.function.signature.params.extend((used + 1..=count).map(offered));
        planned.into_node(span)
    }

    /// An expression as a lambda of up to `count` dollars; it has as many parameters as it uses.
    pub(super) fn dollar_lambda(&mut self, body: &Expr, count: usize) -> Node {
        self.levels.push(Level::default());
        let level = self.levels.top();
        level.open(Block::default());
        for n in 1..=count {
            level.bind_slot(dollars(n));
        }
        let node = self.plan_tail(body);
        let mut level = self.levels.pop();
        let used = (1..=count).rev().find(|n| level.read & (1 << (n - 1)) != 0).unwrap_or(0);
        level.shrink(count, used);
        let any = |n: usize| (dollars(n).to_string(), Type::Any, false);
        let signature = Signature { params: (1..=count).map(any).collect(), result: Type::Any };
        let params = (0..used).map(|_| Param::any(None)).collect();
        self.finish(None, params, signature, Body::Expression(node), level).into_node(body.span)
    }

    /// A declared function as a value.
    pub(super) fn function_value(&mut self, functions: &Arc<Functions>, span: Span) -> Node {
        let callee = self.callee(functions, span);
        let kind = match functions.constant {
            true => Kind::Call(Box::new(crate::plan::node::Call { callee, args: Box::default() })),
            false => Kind::Function(Box::new(callee)),
        };
        Node { kind, span }
    }

    /// A declared function with what it takes along.
    pub(super) fn callee(&mut self, functions: &Arc<Functions>, span: Span) -> Callee {
        let captures = match &functions.group {
            None => Captures::None,
            Some(group) if self.levels.is_in(group) => Captures::Same,
            Some(group) => {
                let read = |origin: &_| Node { kind: self.levels.read(*origin, span), span };
                Captures::These(group.captures.iter().map(read).collect())
            }
        };
        Callee { set: functions.set, captures }
    }
}

impl Planned {
    /// The lambda that makes the function value.
    fn into_node(self, span: Span) -> Node {
        let lambda = Lambda { function: Arc::new(self.function), captures: self.captures.into() };
        Node { kind: Kind::Lambda(Box::new(lambda)), span }
    }
}

/// The head of a function without parameters.
pub(super) fn no_parameters() -> Signature {
    Signature { params: Vec::new(), result: Type::Any }
}

/// Whether the type of a parameter is for editors only.
pub(super) fn design_only(param: &ast::Param) -> bool {
    param.annotations.iter().any(|annotation| is_named(annotation, "DesignOnlyType"))
}

/// Whether an annotation has this name.
pub(super) fn is_named(annotation: &Annotation, name: &str) -> bool {
    annotation.name.parts.last().is_some_and(|part| part.name == name)
}

/// The key in `native("key")`.
fn native_key(body: &Expr) -> Option<&str> {
    let ExprKind::Call { callee, args, .. } = &body.kind else { return None };
    let ExprKind::Name(path) = &callee.kind else { return None };
    let [name] = path.parts.as_slice() else { return None };
    match args.as_slice() {
        [Expr { kind: ExprKind::String(parts), .. }] if name.name == "native" => match parts.as_slice() {
            [StringPart::Text(key)] => Some(key),
            _ => None,
        },
        _ => None,
    }
}
