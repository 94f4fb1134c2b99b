//! The types of nodes, and the mistakes that show on the way.

use super::join::{join, of_value, without_null};
use super::relate::{fits, fits_argument, members, passes, resolve};
use super::unknown::{is_unknown, unknown};
use super::{Checker, operator};
use crate::diag::{Code, Fault};
use crate::plan::function::{Body, Function, Param};
use crate::plan::node::{Conversion, Do, Kind, Lambda, Match, Node, Pattern, Update};
use crate::text::{Place, Span};
use crate::value::ty::{FunctionType, Simple};
use crate::value::{Str, Type};
use std::sync::Arc;

const BOOLEAN: Type = Type::Simple(Simple::Boolean);

/// The types of the slots of the function that is being looked at.
pub struct Frame<'a> {
    pub function: &'a Function,
    pub slots: Vec<Type>,
    pub captured: Vec<Type>,
}

impl<'a> Frame<'a> {
    /// A frame whose parameters have their declared types.
    pub fn of(function: &'a Function, captured: Vec<Type>) -> Self {
        let ty = |p: &Param| if p.declared { p.ty.clone() } else { unknown() };
        let mut slots: Vec<Type> = function.params.iter().map(ty).collect();
        slots.resize(function.slots, unknown());
        Self { function, slots, captured }
    }

    fn set(&mut self, slot: u32, ty: Type) {
        if let Some(known) = self.slots.get_mut(slot as usize) {
            *known = ty;
        }
    }
}

impl Checker<'_> {
    /// The type of a function's body.
    pub fn body(&mut self, frame: &mut Frame<'_>) -> Type {
        match &frame.function.body {
            Body::Native(_) => unknown(),
            Body::Expression(node) => self.infer(node, frame),
        }
    }

    /// The type of a node; `Any` where it cannot be told.
    pub fn infer(&mut self, node: &Node, frame: &mut Frame<'_>) -> Type {
        match &node.kind {
            Kind::Const(value) => of_value(value),
            Kind::Local(slot) | Kind::Take(slot) => frame.slots.get(*slot as usize).cloned().unwrap_or(unknown()),
            Kind::Captured(at) => frame.captured.get(*at as usize).cloned().unwrap_or(unknown()),
            Kind::Global(at) => self.globals.get(*at as usize).cloned().unwrap_or(unknown()),
            Kind::Forced(inner) => self.infer(inner, frame),
            Kind::Counted(counted) => self.infer(&counted.node, frame),
            Kind::Deferred(lambda) => self.lambda(lambda, &[], frame).result,
            Kind::Lambda(lambda) => Type::Function(Some(Arc::new(self.lambda(lambda, &[], frame)))),
            Kind::Function(callee) => self.function_type(callee),
            Kind::Call(call) => self.call(call, node.span, frame),
            Kind::CallValue(call) => {
                self.infer(&call.callee, frame);
                self.all(&call.args, frame);
                unknown()
            }
            Kind::Again(args) => {
                self.all(args, frame);
                Type::Nothing
            }
            Kind::Text(parts) => {
                parts.iter().for_each(|part| self.text(part, frame));
                Type::Simple(Simple::String)
            }
            _ => self.infer_structure(node, frame),
        }
    }

    fn infer_structure(&mut self, node: &Node, frame: &mut Frame<'_>) -> Type {
        match &node.kind {
            Kind::Array(items) => {
                let items = items.iter().map(|item| self.infer(item, frame)).collect();
                Type::Array(Arc::new(join(items)))
            }
            Kind::Items(items) => {
                for item in items {
                    self.infer(&item.value, frame);
                    item.condition.iter().for_each(|c| self.condition(c, frame));
                }
                Type::Array(Arc::new(unknown()))
            }
            Kind::Record(record) => self.record(record, frame),
            Kind::Object(entries) => {
                self.entries(entries, frame);
                Type::Object(Arc::default())
            }
            Kind::Field(field) => self.field(field, frame),
            Kind::Select(select) => self.select(select, frame),
            Kind::Match(matching) => self.matching(matching, frame),
            Kind::Update(update) => self.update(update, frame),
            Kind::Do(block) => self.block(block, frame),
            _ => self.infer_operator(node, frame),
        }
    }

    fn infer_operator(&mut self, node: &Node, frame: &mut Frame<'_>) -> Type {
        match &node.kind {
            Kind::Default(sides) => {
                let left = without_null(&self.infer(&sides[0], frame));
                join(vec![left, self.infer(&sides[1], frame)])
            }
            Kind::And(sides) | Kind::Or(sides) => {
                sides.iter().for_each(|side| self.truth(side, frame));
                BOOLEAN
            }
            Kind::Not(inner) => {
                self.truth(inner, frame);
                BOOLEAN
            }
            Kind::Minus(inner) => match resolve(&self.infer(inner, frame)) {
                Type::Simple(Simple::Number) | Type::Literal(_) => Type::Simple(Simple::Number),
                _ => unknown(),
            },
            Kind::Binary(binary) => {
                let (left, right) = (self.infer(&binary.left, frame), self.infer(&binary.right, frame));
                operator::result(binary.op, &left, &right).unwrap_or_else(|| {
                    self.fault(frame, node.span, operator::refused(binary.op, &left, &right));
                    unknown()
                })
            }
            Kind::If(parts) => {
                self.condition(&parts[0], frame);
                let branches = vec![self.infer(&parts[1], frame), self.infer(&parts[2], frame)];
                join(branches)
            }
            Kind::As(conversion) => self.conversion(conversion, frame),
            Kind::Is(test) => {
                self.infer(&test.value, frame);
                BOOLEAN
            }
            _ => unknown(),
        }
    }

    /// What stands in a text is a scalar.
    fn text(&mut self, part: &Node, frame: &mut Frame<'_>) {
        let ty = self.infer(part, frame);
        if !fits_argument(&ty, &Type::Simple(Simple::String)) {
            let fault = Fault::new(Code::Type, format!("`{ty}` cannot stand in a text"));
            self.fault(frame, part.span, fault.help("write it as text: `write(value, \"application/json\")`"));
        }
    }

    /// Looks at nodes whose types do not matter.
    fn all(&mut self, nodes: &[Node], frame: &mut Frame<'_>) {
        for node in nodes {
            self.infer(node, frame);
        }
    }

    fn conversion(&mut self, conversion: &Conversion, frame: &mut Frame<'_>) -> Type {
        let found = self.infer(&conversion.value, frame);
        for (_, value) in &conversion.schema {
            self.infer(value, frame);
        }
        // Nothing is converted to `Any`.
        if matches!(conversion.ty, Type::Any) { found } else { conversion.ty.clone() }
    }

    /// An operand of `and`, `or` and `not` may be Boolean, or text that converts.
    fn truth(&mut self, node: &Node, frame: &mut Frame<'_>) {
        let ty = self.infer(node, frame);
        if !members(&ty).iter().any(|member| fits_argument(member, &BOOLEAN)) {
            let fault = Fault::new(Code::Type, format!("this must be `Boolean`, but it is `{ty}`"));
            self.fault(frame, node.span, fault.help("compare it with something, or test it with `isEmpty`"));
        }
    }

    /// A condition is Boolean, or text that may say so.
    pub fn condition(&mut self, node: &Node, frame: &mut Frame<'_>) {
        let ty = self.infer(node, frame);
        let text = Type::Simple(Simple::String);
        let wanted = Type::Union([BOOLEAN, text].into());
        if !passes(&ty, &wanted) {
            let fault = Fault::new(Code::Type, format!("a condition must be `Boolean`, but this is `{ty}`"));
            self.fault(frame, node.span, fault.help("compare it with something, or test it with `isEmpty`"));
        }
    }

    /// A lambda offered arguments of these types.
    pub fn lambda(&mut self, lambda: &Lambda, offered: &[Type], frame: &mut Frame<'_>) -> FunctionType {
        let captured = lambda.captures.iter().map(|node| self.infer(node, frame)).collect();
        let mut inner = Frame::of(&lambda.function, captured);
        for (slot, (param, offered)) in lambda.function.params.iter().zip(offered).enumerate() {
            if !param.declared {
                inner.slots[slot] = offered.clone();
            }
        }
        let result = self.body(&mut inner);
        let params = lambda.function.signature.params.iter();
        let params = params.map(|(name, ty, optional)| (Some(Str::from(name.as_str())), ty.clone(), *optional));
        FunctionType { params: params.collect(), result }
    }

    fn matching(&mut self, matching: &Match, frame: &mut Frame<'_>) -> Type {
        let subject = self.infer(&matching.subject, frame);
        frame.set(matching.slot, subject);
        let mut results = Vec::new();
        for case in &matching.cases {
            let narrowed = self.pattern(&case.pattern, matching.slot, frame);
            let known = std::mem::replace(&mut frame.slots[matching.slot as usize], narrowed);
            results.push(self.infer(&case.body, frame));
            frame.set(matching.slot, known);
        }
        join(results)
    }

    /// What is known of the subject where a pattern fits it.
    fn pattern(&mut self, pattern: &Pattern, subject: u32, frame: &mut Frame<'_>) -> Type {
        match pattern {
            Pattern::Type(test) if !is_unknown(&frame.slots[subject as usize]) => return test.ty.clone(),
            Pattern::Literal(node) => {
                self.infer(node, frame);
            }
            Pattern::Guard(node) => self.condition(node, frame),
            // For the reference engine a group is a list of texts, not a text; a script that uses it as one is refused.
            Pattern::Regex { groups, .. } => {
                let list = |item| Type::Array(Arc::new(item));
                frame.set(*groups, list(list(Type::Simple(Simple::String))));
            }
            _ => {}
        }
        unknown()
    }

    fn update(&mut self, update: &Update, frame: &mut Frame<'_>) -> Type {
        self.infer(&update.subject, frame);
        for case in &update.cases {
            case.condition.iter().for_each(|c| self.condition(c, frame));
            self.infer(&case.body, frame);
        }
        unknown()
    }

    fn block(&mut self, block: &Do, frame: &mut Frame<'_>) -> Type {
        for variable in &block.variables {
            let found = self.infer(&variable.value, frame);
            let ty = match &variable.ty {
                None => found,
                Some(declared) => {
                    self.declared(declared, &found, variable.value.span, frame);
                    declared.clone()
                }
            };
            variable.slot.iter().for_each(|slot| frame.set(*slot, ty.clone()));
            if let Some(known) = variable.global.and_then(|at| self.globals.get_mut(at as usize)) {
                *known = ty;
            }
        }
        self.infer(&block.body, frame)
    }

    /// A value must fit its declared type: nothing is converted here.
    pub fn declared(&mut self, declared: &Type, found: &Type, span: Span, frame: &Frame<'_>) {
        if !fits(found, declared) {
            let message = format!("this is declared to be `{declared}`, but it is `{found}`");
            let fault = Fault::new(Code::Type, message).help(format!("convert it with `as {declared}`"));
            self.fault(frame, span, fault);
        }
    }

    /// Reports a fault at a place of the function that is being looked at.
    pub fn fault(&mut self, frame: &Frame<'_>, span: Span, fault: Fault) {
        let source = frame.function.source.clone();
        self.faults.push(fault.at(|| Place { source, span }));
    }
}
