//! In what order the variables of a header or a `do` are computed: as written, but each after those it needs.

use super::free;
use crate::syntax::ast::{Directive, DirectiveKind, Expr, ExprKind, Function, TypeExpr};
use std::collections::{BTreeMap, BTreeSet};

/// A variable with its initial value.
pub(super) struct Variable<'a> {
    pub directive: &'a Directive,
    pub name: &'a str,
    pub ty: Option<&'a TypeExpr>,
    pub value: &'a Expr,
}

/// The variables and functions of a header or a `do`, and the names that each reads.
#[derive(Default)]
pub(super) struct Declarations<'a> {
    /// In textual order.
    pub variables: Vec<Variable<'a>>,
    /// Overloads by name; a variable that holds a lambda literal counts as a function.
    pub functions: BTreeMap<&'a str, Vec<(&'a Directive, &'a Function)>>,
    reads: BTreeMap<&'a str, BTreeSet<&'a str>>,
}

impl<'a> Declarations<'a> {
    /// Sorts directives into variables and functions.
    pub fn of(directives: &'a [Directive]) -> Self {
        let mut all = Self::default();
        for directive in directives {
            if let Some((name, function)) = as_function(directive) {
                all.functions.entry(name).or_default().push((directive, function));
                all.reads.entry(name).or_default().extend(free::of_function(function));
            } else if let DirectiveKind::Var { name, ty, value } = &directive.kind {
                all.variables.push(Variable { directive, name: &name.name, ty: ty.as_ref(), value });
                all.reads.entry(&name.name).or_default().extend(free::of_expression(value));
            }
        }
        all
    }

    /// The names that the functions read and that are not functions here.
    pub fn read_by_functions(&self) -> BTreeSet<&'a str> {
        let reads = self.functions.keys().flat_map(|name| &self.reads[name]).copied();
        reads.filter(|name| !self.functions.contains_key(name)).collect()
    }

    /// The variables that a function or variable reads, itself or through functions.
    pub fn needs(&self, name: &str) -> BTreeSet<&'a str> {
        let (mut needs, mut seen, mut open) = (BTreeSet::new(), BTreeSet::new(), vec![name]);
        while let Some(reads) = open.pop().and_then(|name| self.reads.get(name)) {
            for read in reads.iter().copied().filter(|read| seen.insert(*read)) {
                if self.functions.contains_key(read) {
                    open.push(read);
                } else if self.reads.contains_key(read) {
                    needs.insert(read);
                }
            }
        }
        needs
    }

    /// The functions that are declared below a variable; its value is computed before they are there.
    pub fn below(&self, variable: &Variable<'_>) -> Vec<String> {
        let is_below = |(directive, _): &(&Directive, &Function)| directive.span.start > variable.directive.span.start;
        let below = self.functions.iter().filter(|(_, overloads)| overloads.iter().all(is_below));
        below.map(|(name, _)| name.to_string()).collect()
    }

    /// The positions of the variables in the order they are computed. Variables that need each other stay as written.
    pub fn order(&self) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.variables.len());
        let mut visited = vec![false; self.variables.len()];
        for position in 0..self.variables.len() {
            self.visit(position, &mut visited, &mut order);
        }
        order
    }

    fn visit(&self, position: usize, visited: &mut [bool], order: &mut Vec<usize>) {
        if std::mem::replace(&mut visited[position], true) {
            return;
        }
        for need in self.needs(self.variables[position].name) {
            if let Some(needed) = self.variables.iter().position(|v| v.name == need) {
                crate::value::depth::with_stack(|| self.visit(needed, visited, order));
            }
        }
        order.push(position);
    }
}

/// A `fun`, or a `var` that is a lambda literal: such a variable may call itself, so it is planned as a function.
pub fn as_function(directive: &Directive) -> Option<(&str, &Function)> {
    match &directive.kind {
        DirectiveKind::Fun { name, function } => Some((&name.name, function)),
        DirectiveKind::Var { name, value, .. } => Some((&name.name, lambda(value)?)),
        _ => None,
    }
}

/// The lambda literal that an expression is, perhaps in parentheses.
pub(super) fn lambda(expr: &Expr) -> Option<&Function> {
    match &expr.kind {
        ExprKind::Lambda(function) => Some(function),
        ExprKind::Parens(inner) => lambda(inner),
        _ => None,
    }
}
