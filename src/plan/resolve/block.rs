//! `do` and `using`: blocks of variables, functions, types, namespaces and imports.

use super::Planner;
use super::declare::namespace;
use super::lambda::is_named;
use super::order::{Declarations, Variable};
use super::scope::{Binding, Block, Functions, Group, Level, Origin};
use crate::diag::{Code, Fault};
use crate::plan::function::FunctionSet;
use crate::plan::module::{Import, TypeDeclaration};
use crate::plan::node::{self, Do, Kind, Node};
use crate::syntax::ast::{Annotation, Directive, DirectiveKind, Expr, Ident};
use crate::text::Span;
use crate::value::Signature;
use rustc_hash::FxHashSet;
use std::sync::{Arc, OnceLock, Weak};

impl Planner<'_> {
    /// `do { declarations --- body }`
    pub(super) fn block(&mut self, directives: &[Directive], body: &Expr, span: Span, tail: bool) -> Node {
        let mark = self.open_block(directives);
        let below = std::mem::take(&mut self.levels.top().below);
        self.check_names(directives);
        self.check_annotations(directives);
        let declarations = Declarations::of(directives);
        let slots: Vec<u32> = declarations.variables.iter().map(|_| self.levels.top().slot()).collect();
        for (variable, slot) in declarations.variables.iter().zip(&slots) {
            self.levels.top().bind(variable.name, Binding::Pending(*slot));
        }
        self.block_functions(&declarations);
        let mut variables = Vec::with_capacity(slots.len());
        for position in declarations.order() {
            let (variable, slot) = (&declarations.variables[position], slots[position]);
            let value = self.initial_value(variable, &declarations);
            let ty = variable.ty.map(|ty| self.resolve_type(ty));
            self.levels.top().bind(variable.name, binding(variable, slot));
            variables.push(node::Variable { slot: Some(slot), global: None, ty, value });
        }
        let body = self.plan_in(body, tail);
        self.levels.top().below = below;
        self.levels.top().close(mark);
        do_node(variables, body, span)
    }

    /// `using (a = 1, b = a) body`
    pub(super) fn using(&mut self, bindings: &[(Ident, Expr)], body: &Expr, span: Span, tail: bool) -> Node {
        let mark = self.levels.top().open(Block::default());
        let mut variables = Vec::with_capacity(bindings.len());
        for (name, value) in bindings {
            let value = self.plan(value);
            let slot = self.levels.top().bind_slot(&name.name);
            variables.push(node::Variable { slot: Some(slot), global: None, ty: None, value });
        }
        let body = self.plan_in(body, tail);
        self.levels.top().close(mark);
        do_node(variables, body, span)
    }

    /// Opens a block with the imports, types and namespaces of these directives.
    fn open_block(&mut self, directives: &[Directive]) -> u32 {
        let import = |directive: &Directive| match &directive.kind {
            DirectiveKind::Import(import) => Some(Import::new(import)),
            _ => None,
        };
        let imports: Vec<Import> = directives.iter().filter_map(import).collect();
        self.check_imports(&imports);
        let mark = self.levels.top().open(Block { imports, ..Block::default() });
        for directive in directives {
            match &directive.kind {
                DirectiveKind::Namespace { prefix, uri } => {
                    let namespace = namespace(&prefix.name, uri);
                    self.note_namespace(&self.unit.clone(), directive.span, &namespace);
                    self.levels.top().bind(&prefix.name, Binding::Namespace(namespace));
                }
                DirectiveKind::Type { name, .. } => {
                    let declaration = TypeDeclaration {
                        directive: Arc::new(directive.clone()),
                        home: Weak::new(),
                        resolved: OnceLock::new(),
                    };
                    self.levels.top().bind(&name.name, Binding::Type(Arc::new(declaration)));
                }
                _ => {}
            }
        }
        mark
    }

    /// The value of a variable; that of a `@Lazy` one is what computes it.
    pub(super) fn initial_value(&mut self, variable: &Variable<'_>, among: &Declarations<'_>) -> Node {
        if !is_lazy(&variable.directive.annotations) {
            self.levels.top().below = among.below(variable);
            let value = self.plan(variable.value);
            self.levels.top().below.clear();
            return value;
        }
        let node = self.dollar_lambda(variable.value, 0);
        match node.kind {
            Kind::Lambda(lambda) => Node { kind: Kind::Deferred(lambda), span: node.span },
            _ => node,
        }
    }

    /// The functions of a block: known by their heads, then planned, all with the same captures.
    fn block_functions(&mut self, declarations: &Declarations<'_>) {
        if declarations.functions.is_empty() {
            return;
        }
        let captures = self.captured_by(declarations);
        let group = Arc::new(Group { level: self.levels.current(), captures });
        let mut heads = Vec::new();
        for (name, overloads) in &declarations.functions {
            let signatures: Vec<Signature> = overloads.iter().map(|(_, f)| self.signature(f)).collect();
            let needs = declarations.needs(name).into_iter().filter_map(|need| self.origin_of(need)).collect();
            let functions = Arc::new(Functions {
                name: name.to_string(),
                set: self.reserve(self.unit.library),
                signatures,
                constant: false,
                asks_place: false,
                group: Some(group.clone()),
                needs,
            });
            self.levels.top().bind(name, Binding::Functions(functions.clone()));
            heads.push((functions, overloads));
        }
        for (functions, overloads) in heads {
            let own = (overloads.len() == 1).then_some(functions.set);
            let mut planned = Vec::with_capacity(overloads.len());
            for ((directive, function), signature) in overloads.iter().zip(&functions.signatures) {
                let level = Level::declared(own, Some(group.clone()));
                let one = self.declared_function(&functions.name, directive, function, signature.clone(), level);
                planned.push(Arc::new(one.function));
            }
            self.settle(functions.set, FunctionSet { name: functions.name.clone(), overloads: planned.into() });
        }
    }

    /// Every variable around that the functions of a block read, be it through functions of blocks further out.
    fn captured_by(&self, declarations: &Declarations<'_>) -> Vec<Origin> {
        let mut captures = Vec::new();
        let mut add = |origin: Origin| {
            if !captures.contains(&origin) {
                captures.push(origin);
            }
        };
        for name in declarations.read_by_functions() {
            match self.levels.find(name) {
                Some((level, Binding::Slot(slot) | Binding::Lazy(slot) | Binding::Pending(slot))) => {
                    add(Origin { level, slot });
                }
                Some((_, Binding::Functions(functions))) => {
                    functions.group.iter().flat_map(|group| &group.captures).for_each(|origin| add(*origin));
                }
                _ => {}
            }
        }
        captures
    }

    fn origin_of(&self, name: &str) -> Option<Origin> {
        match self.levels.find(name)? {
            (level, Binding::Slot(slot) | Binding::Lazy(slot) | Binding::Pending(slot)) => Some(Origin { level, slot }),
            _ => None,
        }
    }

    /// Reports names that are declared twice. Only functions may be, and only by `fun`.
    pub(super) fn check_names(&mut self, directives: &[Directive]) {
        let mut functions: FxHashSet<&str> = FxHashSet::default();
        let mut others: FxHashSet<&str> = FxHashSet::default();
        for directive in directives {
            let Some(name) = crate::plan::module::declared_name(&directive.kind) else { continue };
            let is_function = matches!(directive.kind, DirectiveKind::Fun { .. });
            let own = if is_function { &mut functions } else { &mut others };
            let first = own.insert(&name.name);
            let clashes = if is_function {
                others.contains(name.name.as_str())
            } else {
                !first || functions.contains(name.name.as_str())
            };
            if clashes {
                let fault = Fault::new(Code::DuplicateName, format!("`{}` is declared twice", name.name));
                self.report(name.span, fault.help("only functions may share a name, as overloads"));
            }
        }
    }
}

/// How a computed variable is read.
pub(super) fn binding(variable: &Variable<'_>, slot: u32) -> Binding {
    if is_lazy(&variable.directive.annotations) { Binding::Lazy(slot) } else { Binding::Slot(slot) }
}

pub(super) fn is_lazy(annotations: &[Annotation]) -> bool {
    annotations.iter().any(|annotation| is_named(annotation, "Lazy"))
}

/// Variables before a body; without variables the body alone.
pub(super) fn do_node(variables: Vec<node::Variable>, body: Node, span: Span) -> Node {
    if variables.is_empty() {
        return body;
    }
    Node { kind: Kind::Do(Box::new(Do { variables: variables.into(), body })), span }
}
