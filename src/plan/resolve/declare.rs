//! Declarations of a unit: what its names stand for, the heads of its functions, and later their bodies.

use super::lambda::{design_only, no_parameters};
use super::order;
use super::scope::{Functions, Level, Planned};
use super::{Job, Planner};
use crate::diag::{Code, Fault};
use crate::plan::function::{FunctionSet, SetRef};
use crate::plan::module::{Declared, TypeDeclaration, Unit, Variable};
use crate::syntax::ast::{self, Directive, DirectiveKind, Expr, ExprKind};
use crate::value::{Namespace, Signature, Type};
use std::sync::{Arc, OnceLock};

impl Planner<'_> {
    /// What a name of a unit stands for. Functions are known by their heads at once, their bodies are planned later.
    pub(super) fn declared(&mut self, unit: &Arc<Unit>, name: &str) -> Option<Declared> {
        if let Some(known) = unit.known(name) {
            return known;
        }
        let declared = match unit.directives(name) {
            _ if unit.is_mapping => (name == "main").then(|| Declared::Functions(self.mapping_head(unit))),
            Ok(directives) => self.declare(unit, name, directives),
            Err(faults) => {
                self.faults.extend(faults);
                None
            }
        };
        unit.remember(name, declared.clone());
        declared
    }

    fn declare(&mut self, unit: &Arc<Unit>, name: &str, directives: Vec<Arc<Directive>>) -> Option<Declared> {
        let first = directives.first()?.clone();
        Some(match &first.kind {
            DirectiveKind::Namespace { prefix, uri } => {
                let namespace = namespace(&prefix.name, uri);
                self.note_namespace(unit, first.span, &namespace);
                Declared::Namespace(namespace)
            }
            DirectiveKind::Type { .. } => Declared::Type(Arc::new(TypeDeclaration {
                directive: first.clone(),
                home: Arc::downgrade(unit),
                resolved: OnceLock::new(),
            })),
            DirectiveKind::Annotation { .. } => Declared::Annotation,
            DirectiveKind::Var { .. } if order::as_function(&first).is_none() && !unit.library => {
                let lazy = super::block::is_lazy(&first.annotations);
                Declared::Variable(Arc::new(Variable { global: OnceLock::new(), lazy }))
            }
            _ => Declared::Functions(self.unit_functions(unit, name, directives)),
        })
    }

    /// The heads of a unit's functions of one name; their bodies become a job.
    fn unit_functions(&mut self, unit: &Arc<Unit>, name: &str, directives: Vec<Arc<Directive>>) -> Arc<Functions> {
        let heads: Vec<Option<ast::Function>> =
            directives.iter().map(|d| order::as_function(d).map(|(_, f)| f.clone())).collect();
        let constant = heads.iter().all(Option::is_none);
        let signatures = self.within(unit.clone(), |planner| {
            let head = |f: Option<ast::Function>| f.map_or_else(no_parameters, |f| planner.signature(&f));
            heads.into_iter().map(head).collect()
        });
        let set = self.reserve(unit.library);
        let asks_place = unit.library && unit.name == "dw::Runtime" && ["location", "locationString"].contains(&name);
        let name = name.to_string();
        let functions =
            Arc::new(Functions { name, set, signatures, constant, asks_place, group: None, needs: Vec::new() });
        self.jobs.push(Job { functions: functions.clone(), unit: unit.clone(), directives });
        functions
    }

    fn mapping_head(&mut self, unit: &Arc<Unit>) -> Arc<Functions> {
        let params = vec![("inputs".to_string(), Type::Any, true)];
        let signatures = vec![Signature { params, result: Type::Any }];
        let set = self.reserve(false);
        let name = "main".to_string();
        let (constant, asks_place) = (false, false);
        let functions =
            Arc::new(Functions { name, set, signatures, constant, asks_place, group: None, needs: Vec::new() });
        self.jobs.push(Job { functions: functions.clone(), unit: unit.clone(), directives: Vec::new() });
        functions
    }

    /// A place for a set of overloads that is planned later.
    pub(super) fn reserve(&mut self, library: bool) -> SetRef {
        if library && let Some(id) = self.context.library.sets().reserve() {
            return SetRef::Library(id);
        }
        self.sets.push(None);
        SetRef::Own(self.sets.len() as u32 - 1)
    }

    /// Fills a reserved place.
    pub(super) fn settle(&mut self, set: SetRef, functions: FunctionSet) {
        match set {
            SetRef::Library(id) => self.context.library.sets().set(id, functions),
            SetRef::Own(id) => self.sets[id as usize] = Some(functions),
        }
    }

    /// The head of a function.
    pub(super) fn signature(&mut self, function: &ast::Function) -> Signature {
        let in_types = self.open_type_params(&function.type_params);
        let mut params = Vec::with_capacity(function.params.len());
        for param in &function.params {
            let ty = param.ty.as_ref().map_or(Type::Any, |ty| self.resolve_type(ty));
            let ty = if design_only(param) { Type::Any } else { ty };
            params.push((param.name.name.clone(), ty, param.default.is_some()));
        }
        self.check_defaults(function);
        let result = function.result.as_ref().map_or(Type::Any, |ty| self.resolve_type(ty));
        self.levels.top().close(in_types);
        Signature { params, result }
    }

    /// Reports annotations that nothing declares.
    pub(super) fn check_annotations(&mut self, directives: &[Directive]) {
        for annotation in directives.iter().flat_map(|directive| &directive.annotations) {
            let declared = match annotation.name.parts.as_slice() {
                [name] => {
                    let unit = self.unit.clone();
                    self.own_name(&unit, &name.name).or_else(|| self.foreign_name(&unit, &name.name))
                }
                [module @ .., name] => {
                    self.module_of(module, annotation.span).and_then(|unit| self.export(&unit, &name.name))
                }
                [] => None,
            };
            if !matches!(declared, Some(Declared::Annotation)) {
                let name = self.unit.source.slice(annotation.name.span).to_string();
                self.report(annotation.span, Fault::new(Code::UnknownName, format!("unknown annotation `@{name}`")));
            }
        }
    }

    /// Defaults stand only at the head or only at the tail.
    fn check_defaults(&mut self, function: &ast::Function) {
        let changes = function.params.windows(2).filter(|w| w[0].default.is_some() != w[1].default.is_some()).count();
        if changes > 1
            && let Some(param) = function.params.iter().find(|p| p.default.is_some())
        {
            let fault = Fault::new(Code::Declaration, "defaults must stand only at the head or only at the tail");
            self.report(param.name.span, fault.help("move the parameters with defaults to one side"));
        }
        for (i, param) in function.params.iter().enumerate() {
            if function.params[..i].iter().any(|p| p.name.name == param.name.name) {
                let fault = Fault::new(Code::DuplicateName, format!("two parameters are named `{}`", param.name.name));
                self.report(param.name.span, fault);
            }
        }
    }

    /// Plans all bodies that are waiting, and those that become known on the way.
    pub(super) fn run_jobs(&mut self) {
        while let Some(job) = self.jobs.pop() {
            let unit = job.unit.clone();
            self.within(unit, |planner| planner.run_job(job));
        }
    }

    fn run_job(&mut self, job: Job) {
        if job.directives.is_empty() {
            return self.mapping(&job);
        }
        let functions = &job.functions;
        let own = (functions.signatures.len() == 1).then_some(functions.set);
        let mut overloads = Vec::with_capacity(job.directives.len());
        for (directive, signature) in job.directives.iter().zip(&functions.signatures) {
            let planned = match order::as_function(directive) {
                Some((name, function)) => {
                    let level = Level::declared(own, None);
                    self.declared_function(name, directive, function, signature.clone(), level)
                }
                None => self.constant(&functions.name, directive),
            };
            overloads.push(Arc::new(planned.function));
        }
        self.settle(functions.set, FunctionSet { name: functions.name.clone(), overloads: overloads.into() });
    }

    /// A library variable, as a function without parameters.
    fn constant(&mut self, name: &str, directive: &Directive) -> Planned {
        let body = match &directive.kind {
            DirectiveKind::Var { value, .. } => value.clone(),
            _ => Expr { kind: ExprKind::Null, span: directive.span },
        };
        let function =
            ast::Function { type_params: Vec::new(), params: Vec::new(), result: None, body: Box::new(body) };
        self.function(Some(name), &function, no_parameters(), Level::default())
    }
}

/// A namespace value.
pub(super) fn namespace(prefix: &str, uri: &str) -> Arc<Namespace> {
    Arc::new(Namespace { prefix: prefix.into(), uri: uri.into() })
}
