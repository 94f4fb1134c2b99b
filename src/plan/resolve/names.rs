//! What a name stands for: bindings of functions and blocks, then declarations, inputs, imports, and dw::Core.

use super::Planner;
use super::scope::{Binding, Functions, Origin};
use crate::diag::{Code, Fault, nearest};
use crate::plan::module::{Declared, Import, TypeDeclaration, Unit};
use crate::plan::node::{Kind, Node, Prefix};
use crate::syntax::ast::{Ident, Path};
use crate::text::Span;
use crate::value::{Namespace, Value};
use std::sync::Arc;

/// The module that is in scope everywhere.
pub(super) const CORE: &str = "dw::Core";

/// What a name stands for, seen from the innermost function.
pub(super) enum Found {
    /// A value, and how to read it.
    Value(Kind),
    /// Functions.
    Functions(Arc<Functions>),
    /// A namespace.
    Namespace(Arc<Namespace>),
    /// A type.
    Type(Arc<TypeDeclaration>),
}

impl Planner<'_> {
    /// What a path stands for; an unknown one is reported.
    pub(super) fn reference(&mut self, path: &Path) -> Option<Found> {
        match path.parts.as_slice() {
            [name] => {
                let found = self.name(&name.name, name.span);
                if found.is_none() {
                    self.unknown_name(name);
                }
                found
            }
            [module @ .., name] => {
                if let Some(class) = self.java_class(module) {
                    return Some(Found::Value(self.without_java(&class, path.span)));
                }
                let unit = self.module_of(module, path.span)?;
                let declared = self.export(&unit, &name.name);
                if declared.is_none() {
                    self.unknown_export(&unit, name);
                }
                declared.and_then(|d| self.found(d, &name.name))
            }
            [] => None,
        }
    }

    /// What a Java class has: nothing here, which is told when it is evaluated.
    fn without_java(&mut self, class: &str, span: Span) -> Kind {
        let parts = ["Java", "withoutJava"].map(|name| Ident { name: name.to_string(), span });
        let class = Node { kind: Kind::Const(Value::from(class)), span };
        match self.reference(&Path { parts: parts.into(), span }) {
            Some(Found::Functions(functions)) => self.call_functions(&functions, vec![class], span, false).kind,
            _ => Kind::Const(Value::Null),
        }
    }

    /// What a plain name stands for, if anything.
    pub(super) fn name(&mut self, name: &str, span: Span) -> Option<Found> {
        let found = match self.levels.find(name) {
            Some((level, binding)) => self.bound(level, binding, name, span),
            None => self.outer_name(name),
        };
        match found {
            Some(Found::Functions(_)) if self.levels.is_below(name) => {
                Some(Found::Value(self.declared_below(name, span)))
            }
            found => found,
        }
    }

    fn declared_below(&mut self, name: &str, span: Span) -> Kind {
        let fault = Fault::new(Code::Declaration, format!("`{name}` is needed before it is declared"));
        self.report(span, fault.help("variables are computed from top to bottom: move the function above this one"));
        Kind::Const(Value::Null)
    }

    fn bound(&mut self, level: usize, binding: Binding, name: &str, span: Span) -> Option<Found> {
        let read = |planner: &mut Self, slot| planner.levels.read(Origin { level, slot }, span);
        Some(match binding {
            Binding::Slot(slot) => {
                let kind = read(self, slot);
                self.note_input(level, slot, name);
                Found::Value(kind)
            }
            Binding::Lazy(slot) => {
                let kind = read(self, slot);
                Found::Value(Kind::Forced(Box::new(Node { kind, span })))
            }
            Binding::Pending(slot) if self.levels.may_await(Origin { level, slot }) => Found::Value(read(self, slot)),
            Binding::Pending(_) => Found::Value(self.not_initialized(name, span)),
            Binding::Functions(functions) => {
                let needed = functions.needs.iter().find(|origin| self.levels.is_pending(**origin));
                match needed {
                    Some(_) if !self.levels.is_inside(&functions) => Found::Value(self.not_initialized(name, span)),
                    _ => Found::Functions(functions),
                }
            }
            Binding::Namespace(namespace) => Found::Namespace(namespace),
            Binding::Type(declaration) => Found::Type(declaration),
        })
    }

    fn not_initialized(&mut self, name: &str, span: Span) -> Kind {
        let message = format!("`{name}` is needed before it is computed");
        self.wrong(span, Code::Declaration, message).kind
    }

    /// Inputs are the first slots of the script's body.
    fn note_input(&mut self, level: usize, slot: u32, name: &str) {
        if level == 0
            && self.levels.in_main()
            && let Some(input) = self.inputs.get_mut(slot as usize)
            && input.name == name
        {
            input.used = true;
        }
    }

    /// A name that no block binds: declared in the unit, an input, imported, or in the core module.
    fn outer_name(&mut self, name: &str) -> Option<Found> {
        let unit = self.unit.clone();
        if let Some(declared) = self.own_name(&unit, name) {
            return self.found(declared, name);
        }
        if let Some(global) = self.input_global(&unit, name) {
            return Some(Found::Value(Kind::Global(global)));
        }
        let declared = self.foreign_name(&unit, name)?;
        self.found(declared, name)
    }

    /// What the blocks around import under a name, or the unit declares.
    pub(super) fn own_name(&mut self, unit: &Arc<Unit>, name: &str) -> Option<Declared> {
        let imports: Vec<Import> = self.levels.blocks().flat_map(|block| block.imports.iter().cloned()).collect();
        self.imported(&imports, name).or_else(|| self.declared(unit, name))
    }

    /// What the unit imports under a name, or the core module declares.
    pub(super) fn foreign_name(&mut self, unit: &Unit, name: &str) -> Option<Declared> {
        if let Some(declared) = self.imported(&unit.imports, name) {
            return Some(declared);
        }
        let core = self.context.library.unit(CORE)?;
        self.declared(&core, name).or_else(|| self.implicit_name(unit, name))
    }

    /// What the modules that scripts need not import declare; the library itself does without them.
    fn implicit_name(&mut self, unit: &Unit, name: &str) -> Option<Declared> {
        let modules = if unit.library { &[] } else { self.context.implicit };
        modules.iter().find_map(|module| {
            let unit = self.module(module)?;
            self.export(&unit, name)
        })
    }

    fn imported(&mut self, imports: &[Import], name: &str) -> Option<Declared> {
        imports.iter().find_map(|import| {
            let original = import.original(name)?;
            let unit = self.module(&import.module)?;
            self.export(&unit, original)
        })
    }

    /// The global of an input, for functions and modules of the user; the library sees none.
    pub(super) fn input_global(&mut self, unit: &Unit, name: &str) -> Option<u32> {
        if unit.library {
            return None;
        }
        let input = self.inputs.iter_mut().find(|input| input.name == name)?;
        input.used = true;
        Some(match input.global {
            Some(global) => global,
            None => {
                self.globals.push(name.to_string());
                let global = self.globals.len() as u32 - 1;
                *input.global.insert(global)
            }
        })
    }

    fn found(&mut self, declared: Declared, name: &str) -> Option<Found> {
        Some(match declared {
            Declared::Functions(functions) => Found::Functions(functions),
            Declared::Variable(variable) => {
                let globals = &mut self.globals;
                let global = *variable.global.get_or_init(|| {
                    globals.push(name.to_string());
                    globals.len() as u32 - 1
                });
                let span = Span::default();
                Found::Value(match variable.lazy {
                    true => Kind::Forced(Box::new(Node { kind: Kind::Global(global), span })),
                    false => Kind::Global(global),
                })
            }
            Declared::Type(declaration) => Found::Type(declaration),
            Declared::Namespace(namespace) => Found::Namespace(namespace),
            Declared::Annotation => return None,
        })
    }

    /// The namespace behind a prefix in a type; an unknown one is reported.
    pub(super) fn namespace(&mut self, prefix: &Ident) -> Option<Arc<Namespace>> {
        match self.name(&prefix.name, prefix.span) {
            Some(Found::Namespace(namespace)) => Some(namespace),
            _ => self.unknown_prefix(prefix),
        }
    }

    /// The namespace behind a prefix, which may also be a variable; an unknown one is reported.
    pub(super) fn prefix(&mut self, prefix: Option<&Ident>) -> Option<Prefix> {
        let prefix = prefix?;
        match self.name(&prefix.name, prefix.span) {
            Some(Found::Namespace(namespace)) => Some(Prefix::Static(namespace)),
            Some(Found::Value(kind)) => Some(Prefix::Dynamic(Box::new(Node { kind, span: prefix.span }))),
            _ => self.unknown_prefix(prefix),
        }
    }

    fn unknown_prefix<T>(&mut self, prefix: &Ident) -> Option<T> {
        let fault = Fault::new(Code::UnknownName, format!("unknown namespace prefix `{}`", prefix.name));
        self.report(prefix.span, fault.help(format!("declare it: `ns {} http://…`", prefix.name)));
        None
    }

    /// A name as a value.
    pub(super) fn value_of(&mut self, path: &Path, span: Span) -> Node {
        let kind = match self.reference(path) {
            Some(Found::Value(kind)) => kind,
            Some(Found::Functions(functions)) => return self.function_value(&functions, span),
            Some(Found::Namespace(namespace)) => Kind::Const(Value::Namespace(namespace)),
            Some(Found::Type(declaration)) => {
                Kind::Const(Value::Type(Arc::new(self.declared_type(&declaration, &[], span))))
            }
            None => Kind::Const(Value::Null),
        };
        Node { kind, span }
    }

    fn unknown_name(&mut self, name: &Ident) {
        let mut fault = Fault::new(Code::UnknownName, format!("unknown name `{}`", name.name));
        let candidates = self.visible_names();
        if name.name.starts_with('$') {
            fault = fault.help("`$` exists on the right of an infix call of a function that takes a function");
        } else if name.name == "not" {
            fault = fault.help("`not` directly before `(` is read as a call of a function: write `not (…)` or `!(…)`");
        } else if let Some(near) = nearest(&name.name, candidates.iter().map(String::as_str)) {
            fault = fault.help(format!("did you mean `{near}`?"));
        }
        self.report(name.span, fault);
    }

    /// Every name in scope, for suggestions.
    fn visible_names(&self) -> Vec<String> {
        let bound = self.levels.blocks().flat_map(|block| block.names.iter().map(|(name, _)| name.clone()));
        let mut names: Vec<String> = bound.collect();
        names.extend(self.unit.names().into_iter().map(String::from));
        names.extend(self.inputs.iter().map(|input| input.name.clone()));
        for module in self.unit.imports.iter().map(|import| import.module.as_str()).chain([CORE]) {
            if let Some(unit) = self.context.library.unit(module) {
                names.extend(unit.names().into_iter().map(String::from));
            }
        }
        names
    }

    pub(super) fn unknown_export(&mut self, unit: &Unit, name: &Ident) {
        let message = format!("module `{}` has no `{}`", unit.name, name.name);
        let mut fault = Fault::new(Code::Import, message);
        if unit.is_mapping {
            fault = fault.help("a module with a body exports `main` and nothing else");
        } else if let Some(near) = nearest(&name.name, unit.names()) {
            fault = fault.help(format!("did you mean `{near}`?"));
        }
        self.report(name.span, fault);
    }
}
