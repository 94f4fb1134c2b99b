//! A whole script: its header and body, the variables of its modules, and modules that are scripts themselves.

use super::block::{binding, do_node};
use super::free;
use super::lambda::no_parameters;
use super::order::Declarations;
use super::scope::{Block, Level};
use super::{InputState, Job, Planner};
use crate::diag::{Code, Fault};
use crate::plan::check::check;
use crate::plan::context::Context;
use crate::plan::function::{Body, Function, FunctionSet};
use crate::plan::module::{Declared, Unit, Variable};
use crate::plan::node::{self, Cache, Field, Kind, Name, Node, Select, Selector};
use crate::plan::script::{Input, InputDeclaration, Output, Plan};
use crate::syntax;
use crate::syntax::ast::{
    DirectiveKind, Document, Expr, FieldKind, InputDirective, OutputDirective, Presence, Property,
};
use crate::text::{Source, Span};
use crate::value::{Signature, Str, Value};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Plans the script at a span.
pub(in crate::plan) fn compile(source: &Arc<Source>, span: Span, context: &Context<'_>) -> Result<Plan, Vec<Fault>> {
    let document = syntax::parse_part(source, span)?;
    let _planning = context.library.lock();
    let unit = Arc::new(Unit::parsed("", source.clone(), document, false));
    let Some(document) = unit.document.clone() else { return Err(Vec::new()) };
    let mut planner = Planner::new(*context, unit, &document);
    let plan = planner.script(&document);
    let follows = |fault: &Fault| planner.faults.iter().any(|known| is_around(fault, known));
    let found: Vec<Fault> = check(&plan).into_iter().filter(|fault| !follows(fault)).collect();
    planner.faults.extend(found);
    if planner.faults.is_empty() { Ok(plan) } else { Err(planner.faults) }
}

/// Whether a fault of the types stands around a known one: it speaks of what was put in place of the mistake.
fn is_around(fault: &Fault, known: &Fault) -> bool {
    let (Some(outer), Some(inner)) = (fault.place(), known.place()) else { return false };
    let same_text = Arc::ptr_eq(&outer.source, &inner.source);
    same_text && outer.span.start <= inner.span.start && inner.span.end <= outer.span.end
}

impl<'c> Planner<'c> {
    fn new(context: Context<'c>, unit: Arc<Unit>, document: &Document) -> Self {
        let mut names: Vec<&str> = context.inputs.to_vec();
        names.extend(input_directives(document).map(|(input, _)| input.name.name.as_str()));
        let mut inputs: Vec<InputState> = Vec::with_capacity(names.len());
        for name in names {
            if !inputs.iter().any(|input| input.name == name) {
                inputs.push(InputState { name: name.to_string(), used: false, global: None });
            }
        }
        Self {
            context,
            faults: Vec::new(),
            unit,
            levels: Default::default(),
            modules: FxHashMap::default(),
            loading: Vec::new(),
            loaded: Vec::new(),
            inputs,
            namespaces: Vec::new(),
            globals: Vec::new(),
            sets: Vec::new(),
            jobs: Vec::new(),
            points: Vec::new(),
            resolving: Vec::new(),
        }
    }

    fn script(&mut self, document: &Document) -> Plan {
        let unit = self.unit.clone();
        self.check_unit(&unit);
        self.levels.push(self.main_level());
        let variables = self.header_variables(document);
        let body = match &document.body {
            Some(body) => self.plan_tail(body),
            None => no_body(),
        };
        let (output, declared) = (self.output(document), self.input_declarations(document));
        let level = self.levels.pop();
        let initialisers = self.plan_rest(&unit);
        let main = self.main(variables, body, level);
        let sets = std::mem::take(&mut self.sets);
        self.namespaces.sort_by_key(|(span, _)| span.start);
        let namespaces = self.namespaces.drain(..).map(|(_, namespace)| namespace).collect();
        let points = std::mem::take(&mut self.points);
        Plan {
            counters: self.context.coverage.map(|coverage| coverage.counters(points)),
            library: self.context.library.clone(),
            output,
            inputs: self.plan_inputs(declared),
            sets: sets.into_iter().map(|set| set.unwrap_or_else(nothing)).collect(),
            namespaces,
            globals: std::mem::take(&mut self.globals),
            initialisers,
            main,
        }
    }

    /// The level of the script's body: inputs first, then the header's block.
    fn main_level(&self) -> Level {
        let mut level = Level::main();
        level.open(Block::default());
        for input in &self.inputs {
            level.bind_slot(&input.name);
        }
        level.open(Block::default());
        level
    }

    /// The header's variables. They get their names one by one: until then a name leads to the variable's global,
    /// which tells at run time that it is read too early.
    fn header_variables(&mut self, document: &Document) -> Vec<(node::Variable, Option<Arc<Variable>>)> {
        let declarations = Declarations::of(&document.header);
        let unit = self.unit.clone();
        let mut variables = Vec::with_capacity(declarations.variables.len());
        for position in declarations.order() {
            let variable = &declarations.variables[position];
            let value = self.initial_value(variable, &declarations);
            let ty = variable.ty.map(|ty| self.resolve_type(ty));
            let slot = self.levels.top().slot();
            self.levels.top().bind(variable.name, binding(variable, slot));
            let declared = match self.declared(&unit, variable.name) {
                Some(Declared::Variable(declared)) => Some(declared),
                _ => None,
            };
            variables.push((node::Variable { slot: Some(slot), global: None, ty, value }, declared));
        }
        variables
    }

    /// The functions, so far as the body did not lead to them, and the modules.
    fn plan_rest(&mut self, unit: &Arc<Unit>) -> Vec<Function> {
        self.run_jobs();
        let mut done = 0;
        for name in unit.names() {
            self.examine(unit, name);
        }
        self.run_jobs();
        let mut initialisers = Vec::new();
        // Planning a module can load further ones.
        while let Some(module) = self.loaded.get(done).cloned() {
            done += 1;
            for name in module.names() {
                self.examine(&module, name);
            }
            self.run_jobs();
            initialisers.extend(self.module_variables(&module));
        }
        self.run_jobs();
        initialisers
    }

    /// Finds the mistakes of a declaration that nothing may refer to.
    fn examine(&mut self, unit: &Arc<Unit>, name: &str) {
        if let Some(Declared::Type(declaration)) = self.declared(unit, name)
            && !unit.library
        {
            self.check_type(&declaration);
        }
    }

    fn main(&mut self, variables: Vec<(node::Variable, Option<Arc<Variable>>)>, body: Node, level: Level) -> Function {
        let span = body.span;
        let with_global = |(mut variable, declared): (node::Variable, Option<Arc<Variable>>)| {
            variable.global = declared.and_then(|declared| declared.global.get().copied());
            variable
        };
        let body = do_node(variables.into_iter().map(with_global).collect(), body, span);
        self.finish(Some("main"), Vec::new(), no_parameters(), Body::Expression(body), level).function
    }

    /// What computes a module's variables.
    fn module_variables(&mut self, module: &Arc<Unit>) -> Option<Function> {
        let document = module.document.clone().filter(|_| !module.is_mapping)?;
        let declarations = Declarations::of(&document.header);
        if declarations.variables.is_empty() {
            return None;
        }
        Some(self.within(module.clone(), |planner| {
            planner.levels.push(Level::default());
            let mut variables = Vec::new();
            for position in declarations.order() {
                let variable = &declarations.variables[position];
                let value = planner.initial_value(variable, &declarations);
                let ty = variable.ty.map(|ty| planner.resolve_type(ty));
                let global = planner.global_of(module, variable.name);
                variables.push(node::Variable { slot: None, global, ty, value });
            }
            let body =
                do_node(variables, Node { kind: Kind::Const(Value::Null), span: Span::default() }, Span::default());
            let level = planner.levels.pop();
            planner.finish(Some("import"), Vec::new(), no_parameters(), Body::Expression(body), level).function
        }))
    }

    fn global_of(&mut self, unit: &Arc<Unit>, name: &str) -> Option<u32> {
        let Some(Declared::Variable(variable)) = self.declared(unit, name) else { return None };
        let globals = &mut self.globals;
        Some(*variable.global.get_or_init(|| {
            globals.push(name.to_string());
            globals.len() as u32 - 1
        }))
    }

    /// A module with a body, as the function `main` of one object of inputs: each name it reads is a field of that
    /// object, or else an input of the script.
    pub(super) fn mapping(&mut self, job: &Job) {
        let Some(document) = self.unit.document.clone() else { return };
        let Some(body) = &document.body else { return };
        let signature = Signature { params: job.functions.signatures[0].params.clone(), ..no_parameters() };
        let param =
            crate::plan::function::Param::any(Some(Node { kind: Kind::Const(Value::empty_object()), span: body.span }));
        self.levels.push(Level::default());
        let level = self.levels.top();
        level.open(Block::default());
        let argument = level.slot();
        let mut variables = Vec::new();
        for name in self.mapping_inputs(&document, body) {
            let value = self.mapping_input(&name, argument, body.span);
            let slot = self.levels.top().bind_slot(&name);
            variables.push(node::Variable { slot: Some(slot), global: None, ty: None, value });
        }
        let body_node = self.block(&document.header, body, body.span, true);
        let body_node = do_node(variables, body_node, body.span);
        let level = self.levels.pop();
        let planned = self.finish(Some("main"), vec![param], signature, Body::Expression(body_node), level);
        let set = FunctionSet { name: "main".to_string(), overloads: Box::new([Arc::new(planned.function)]) };
        self.settle(job.functions.set, set);
    }

    /// The inputs that a mapping declares, and those of the script that it reads.
    fn mapping_inputs(&self, document: &Document, body: &Expr) -> Vec<String> {
        let mut read = free::of_expression(body);
        for directive in &document.header {
            match &directive.kind {
                DirectiveKind::Var { value, .. } => read.extend(free::of_expression(value)),
                DirectiveKind::Fun { function, .. } => read.extend(free::of_function(function)),
                _ => {}
            }
        }
        let declared = input_directives(document).map(|(input, _)| input.name.name.as_str());
        let of_script = self.inputs.iter().map(|input| input.name.as_str()).filter(|name| read.contains(name));
        let mut names: Vec<String> = declared.chain(of_script).map(String::from).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn mapping_input(&mut self, name: &str, argument: u32, span: Span) -> Node {
        let unit = self.unit.clone();
        let node = |kind| Node { kind, span };
        let field = |base| Kind::Field(Box::new(Field { base, name: name.into(), cache: Cache::default() }));
        let given = node(field(node(Kind::Local(argument))));
        let Some(global) = self.input_global(&unit, name) else { return given };
        let selector = Selector::Field { kind: FieldKind::First, ns: None, name: Name::Static(name.into()) };
        let base = node(Kind::Local(argument));
        let exists = Kind::Select(Box::new(Select { base, selector, presence: Presence::Exists, chained: false }));
        node(Kind::If(Box::new([node(exists), given, node(Kind::Global(global))])))
    }

    fn output(&mut self, document: &Document) -> Option<Output> {
        let output = document.header.iter().find_map(|directive| match &directive.kind {
            DirectiveKind::Output(output) => Some((output, directive.span)),
            _ => None,
        });
        let (OutputDirective { ty, mime, with, properties }, span) = output?;
        Some(Output {
            mime: mime.as_ref().map(|mime| mime.name.clone()),
            with: with.as_ref().map(|with| with.name.clone()),
            properties: self.properties(properties),
            ty: ty.as_ref().map(|ty| self.resolve_type(ty)),
            place: self.unit.place(span),
        })
    }

    fn properties(&mut self, properties: &[Property]) -> Vec<(Str, Value)> {
        let mut values = Vec::with_capacity(properties.len());
        for property in properties {
            if let Kind::Const(value) = self.plan(&property.value).kind {
                values.push((property.name.name.as_str().into(), value));
            }
        }
        values
    }

    fn input_declarations(&mut self, document: &Document) -> FxHashMap<String, InputDeclaration> {
        let mut declarations = FxHashMap::default();
        for (InputDirective { name, mime, with, properties, .. }, span) in input_directives(document) {
            let declaration = InputDeclaration {
                mime: mime.as_ref().map(|mime| mime.name.clone()),
                with: with.as_ref().map(|with| with.name.clone()),
                properties: self.properties(properties),
                place: self.unit.place(span),
            };
            declarations.entry(name.name.clone()).or_insert(declaration);
        }
        declarations
    }

    fn plan_inputs(&mut self, mut declared: FxHashMap<String, InputDeclaration>) -> Vec<Input> {
        let inputs = std::mem::take(&mut self.inputs).into_iter().enumerate();
        let input = |(slot, input): (usize, InputState)| Input {
            declared: declared.remove(&input.name),
            name: input.name,
            used: input.used,
            slot: slot as u32,
            global: input.global,
        };
        inputs.map(input).collect()
    }
}

fn input_directives(document: &Document) -> impl Iterator<Item = (&InputDirective, Span)> {
    document.header.iter().filter_map(|directive| match &directive.kind {
        DirectiveKind::Input(input) => Some((input, directive.span)),
        _ => None,
    })
}

/// What a text with nothing but declarations does when it is run.
fn no_body() -> Node {
    let message = "the script has declarations only: what is its result?".to_string();
    Node { kind: Kind::Fail(Box::new((Code::Syntax, message))), span: Span::default() }
}

/// What stands for a set that was not planned since its script has mistakes.
fn nothing() -> FunctionSet {
    FunctionSet { name: String::new(), overloads: Box::default() }
}
