//! Resolving: names become slots, captures, globals and sets of functions; the AST becomes the executable tree.

mod block;
mod call;
mod declare;
mod expr;
pub(crate) mod free;
mod lambda;
mod literal;
mod modules;
mod names;
mod object;
mod order;
mod pattern;
mod scope;
mod script;
mod select;
mod types;
mod update;

pub(crate) use order::as_function;
pub(in crate::plan) use scope::Functions;
pub(super) use script::compile;

use super::context::Context;
use super::cover::Point;
use super::function::FunctionSet;
use super::module::Unit;
use super::node::{Kind, Node};
use crate::diag::{Code, Fault};
use crate::syntax::ast;
use crate::text::Span;
use crate::value::{Namespace, Value, ty};
use rustc_hash::FxHashMap;
use scope::Levels;
use std::sync::{Arc, Weak};

/// Plans one script with the modules it needs.
pub(super) struct Planner<'c> {
    context: Context<'c>,
    faults: Vec<Fault>,
    /// The unit whose names are in scope.
    unit: Arc<Unit>,
    /// The functions being planned.
    levels: Levels,
    /// The user's modules by name; `None` while a module is being loaded, and after that failed.
    modules: FxHashMap<String, Option<Arc<Unit>>>,
    /// The user's modules that are being loaded, outermost first.
    loading: Vec<String>,
    /// The user's modules in the order in which their variables are computed.
    loaded: Vec<Arc<Unit>>,
    inputs: Vec<InputState>,
    /// The namespaces that the script itself declares, with the place of their directives.
    namespaces: Vec<(Span, Arc<Namespace>)>,
    globals: Vec<String>,
    sets: Vec<Option<FunctionSet>>,
    /// Functions whose heads are known and whose bodies are still to be planned.
    jobs: Vec<Job>,
    /// The blocks whose runs are counted, so far.
    points: Vec<Point>,
    /// The types whose declarations are being resolved, by the place of their directive.
    resolving: Vec<(*const ast::Directive, Weak<ty::NamedType>)>,
}

/// An input as planning sees it; its slot is its position.
struct InputState {
    name: String,
    used: bool,
    global: Option<u32>,
}

/// Functions to be planned: the directives of all overloads, and the unit they stand in.
struct Job {
    functions: Arc<Functions>,
    unit: Arc<Unit>,
    directives: Vec<Arc<ast::Directive>>,
}

impl Planner<'_> {
    /// Notes a mistake in the current unit.
    fn report(&mut self, span: Span, fault: Fault) {
        let unit = self.unit.clone();
        self.faults.push(fault.at(|| unit.place(span)));
    }

    /// Notes a mistake and stands in for the expression.
    fn wrong(&mut self, span: Span, code: Code, message: impl Into<String>) -> Node {
        self.report(span, Fault::new(code, message));
        Node { kind: Kind::Const(Value::Null), span }
    }

    /// Notes a namespace that the current unit declares, if that is the script.
    fn note_namespace(&mut self, unit: &Unit, span: Span, namespace: &Arc<Namespace>) {
        if unit.name.is_empty() {
            self.namespaces.push((span, namespace.clone()));
        }
    }

    /// Plans in another unit, outside of any function.
    fn within<R>(&mut self, unit: Arc<Unit>, plan: impl FnOnce(&mut Self) -> R) -> R {
        let unit = std::mem::replace(&mut self.unit, unit);
        let levels = std::mem::take(&mut self.levels);
        let result = plan(self);
        self.unit = unit;
        self.levels = levels;
        result
    }
}
