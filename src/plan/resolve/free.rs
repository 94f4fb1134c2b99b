//! The names an expression reads from around it. They tell in what order variables can be computed, and what functions
//! declared in a `do` must take along.

use crate::syntax::ast::{
    ArrayItem, Directive, DirectiveKind, Expr, ExprKind, Function, Ident, Key, KeyName, MatchCase, ObjectItem, Path,
    Pattern, Selector, StringPart, UpdateCase, UpdateStep,
};
use std::collections::BTreeSet;

/// The names that `expr` reads and does not bind itself; `$`, `$$` and `$$$` count as names.
pub fn of_expression(expr: &Expr) -> BTreeSet<&str> {
    let mut walk = Walk::default();
    walk.expr(expr);
    walk.free
}

/// The names that a function reads and does not bind itself.
pub fn of_function(function: &Function) -> BTreeSet<&str> {
    let mut walk = Walk::default();
    walk.function(function);
    walk.free
}

/// The names that the value or body of a declaration reads and does not bind itself.
pub fn of_directive(directive: &Directive) -> BTreeSet<&str> {
    match &directive.kind {
        DirectiveKind::Var { value, .. } => of_expression(value),
        DirectiveKind::Fun { function, .. } => of_function(function),
        _ => BTreeSet::new(),
    }
}

/// The name of this many dollars.
pub(super) fn dollars(count: usize) -> &'static str {
    const NAMES: [&str; 4] = ["", "$", "$$", "$$$"];
    NAMES.get(count).copied().unwrap_or("$$$$")
}

#[derive(Default)]
struct Walk<'a> {
    bound: Vec<&'a str>,
    free: BTreeSet<&'a str>,
}

impl<'a> Walk<'a> {
    fn read(&mut self, name: &'a str) {
        if !self.bound.contains(&name) {
            self.free.insert(name);
        }
    }

    fn path(&mut self, path: &'a Path) {
        if let [name] = path.parts.as_slice() {
            self.read(&name.name);
        }
    }

    /// Walks with further names bound, and forgets them afterwards.
    fn binding(&mut self, names: impl IntoIterator<Item = &'a str>, walk: impl FnOnce(&mut Self)) {
        let before = self.bound.len();
        self.bound.extend(names);
        walk(self);
        self.bound.truncate(before);
    }

    fn all(&mut self, exprs: impl IntoIterator<Item = &'a Expr>) {
        exprs.into_iter().for_each(|e| self.expr(e));
    }

    fn function(&mut self, function: &'a Function) {
        self.all(function.params.iter().filter_map(|p| p.default.as_ref()));
        self.binding(function.params.iter().map(|p| p.name.name.as_str()), |walk| walk.expr(&function.body));
    }

    fn expr(&mut self, expr: &'a Expr) {
        crate::value::depth::with_stack(|| self.kind(&expr.kind));
    }

    fn kind(&mut self, kind: &'a ExprKind) {
        match kind {
            ExprKind::Null
            | ExprKind::Boolean(_)
            | ExprKind::Number(_)
            | ExprKind::Regex(_)
            | ExprKind::Temporal(_)
            | ExprKind::NotImplemented => {}
            ExprKind::String(parts) => self.parts(parts),
            ExprKind::Array(items) => items.iter().for_each(|item| self.item(item)),
            ExprKind::Object(items) => self.pairs(items),
            ExprKind::Name(path) => self.path(path),
            ExprKind::Dollar(count) => self.read(dollars(*count)),
            ExprKind::Lambda(function) => self.function(function),
            ExprKind::Call { callee, args, .. } => {
                self.expr(callee);
                self.all(args);
            }
            ExprKind::Infix { left, function, right } => {
                self.path(function);
                self.all([&**left, right]);
            }
            ExprKind::Default { left, right } | ExprKind::Binary { left, right, .. } => self.all([&**left, right]),
            ExprKind::Unary { operand, .. } => self.expr(operand),
            ExprKind::If { condition, then, otherwise, .. } => self.all([&**condition, then, otherwise]),
            ExprKind::Match { subject, cases } => {
                self.expr(subject);
                cases.iter().for_each(|case| self.match_case(case));
            }
            ExprKind::Update { subject, cases } => {
                self.expr(subject);
                cases.iter().for_each(|case| self.update_case(case));
            }
            ExprKind::Do { declarations, body } => self.block(declarations, body),
            ExprKind::Using { bindings, body } => {
                self.all(bindings.iter().map(|(_, value)| value));
                self.binding(bindings.iter().map(|(name, _)| name.name.as_str()), |walk| walk.expr(body));
            }
            ExprKind::As { value, .. } | ExprKind::Is { value, .. } => self.expr(value),
            ExprKind::Select { base, selector, .. } => {
                self.expr(base);
                self.selector(selector);
            }
            ExprKind::Parens(inner) => self.expr(inner),
        }
    }

    fn parts(&mut self, parts: &'a [StringPart]) {
        for part in parts {
            if let StringPart::Expr(expr) = part {
                self.expr(expr);
            }
        }
    }

    fn item(&mut self, item: &'a ArrayItem) {
        self.expr(&item.value);
        self.all(&item.condition);
    }

    fn pairs(&mut self, items: &'a [ObjectItem]) {
        for item in items {
            match item {
                ObjectItem::Pair { key, value, condition, .. } => {
                    self.key(key);
                    self.expr(value);
                    self.all(condition);
                }
                ObjectItem::Spread(expr) => self.expr(expr),
            }
        }
    }

    fn key(&mut self, key: &'a Key) {
        self.prefix(&key.prefix);
        self.key_name(&key.name);
        if let Some(attributes) = &key.attributes {
            self.pairs(attributes);
        }
    }

    fn key_name(&mut self, name: &'a KeyName) {
        if let KeyName::Dynamic(expr) = name {
            self.expr(expr);
        }
    }

    /// A prefix may be a variable that holds a namespace.
    fn prefix(&mut self, prefix: &'a Option<Ident>) {
        prefix.iter().for_each(|prefix| self.read(&prefix.name));
    }

    fn selector(&mut self, selector: &'a Selector) {
        match selector {
            Selector::Field { prefix, name, .. } => {
                self.prefix(prefix);
                self.key_name(name);
            }
            Selector::Index(index) => self.expr(index),
            Selector::Filter(condition) => self.binding(["$", "$$"], |walk| walk.expr(condition)),
            Selector::Descendants
            | Selector::Attributes
            | Selector::DescendantAttributes
            | Selector::Namespace
            | Selector::Metadata(_) => {}
        }
    }

    fn block(&mut self, declarations: &'a [Directive], body: &'a Expr) {
        self.binding(declarations.iter().filter_map(declared), |walk| {
            for directive in declarations {
                match &directive.kind {
                    DirectiveKind::Var { value, .. } => walk.expr(value),
                    DirectiveKind::Fun { function, .. } => walk.function(function),
                    _ => {}
                }
            }
            walk.expr(body);
        });
    }

    fn match_case(&mut self, case: &'a MatchCase) {
        let mut tested = None;
        let own = |name: &'a Option<Ident>| vec![name.as_ref().map_or("$", |n| n.name.as_str())];
        let names = match &case.pattern {
            Pattern::Else { name } | Pattern::Type { name, .. } => own(name),
            Pattern::Literal { name, value: expr } | Pattern::Regex { name, pattern: expr } => {
                tested = Some(expr);
                own(name)
            }
            Pattern::Guard { name, condition } => {
                tested = Some(condition);
                vec![name.name.as_str()]
            }
            Pattern::EmptyArray | Pattern::EmptyObject => Vec::new(),
            Pattern::Array { head, tail } => vec![head.name.as_str(), &tail.name],
            Pattern::Object { key, value, tail } => vec![key.name.as_str(), &value.name, &tail.name],
        };
        self.binding(names, |walk| {
            walk.all(tested);
            walk.expr(&case.body);
        });
    }

    fn update_case(&mut self, case: &'a UpdateCase) {
        for step in &case.path {
            match step {
                UpdateStep::Field { prefix, name, .. } => {
                    self.prefix(prefix);
                    self.key_name(name);
                }
                UpdateStep::Index(index) => self.expr(index),
            }
        }
        let name = case.name.as_ref().map_or("$", |n| n.name.as_str());
        self.binding([name], |walk| {
            walk.all(&case.condition);
            walk.expr(&case.body);
        });
    }
}

/// The name of a variable or function that a directive declares.
pub(super) fn declared(directive: &Directive) -> Option<&str> {
    match &directive.kind {
        DirectiveKind::Var { name, .. } | DirectiveKind::Fun { name, .. } => Some(&name.name),
        _ => None,
    }
}
