//! The static pass: what can be seen to fail before anything runs. It knows the types of literals, declarations and
//! results; values from inputs are unknown, and what is unknown passes. What is declared to be `Any` is not unknown: it
//! may be an argument, but no item of an `Array<String>`.

mod call;
mod generic;
mod infer;
mod join;
mod object;
mod operator;
mod relate;
mod select;
mod unknown;

use super::function::Function;
use super::script::Plan;
use crate::diag::Fault;
use crate::value::Type;
use infer::Frame;
use unknown::unknown;

/// Looks at a plan as far as types go; all mistakes it finds, in the order of the text.
pub fn check(plan: &Plan) -> Vec<Fault> {
    let globals = vec![unknown(); plan.globals().len()];
    let mut checker = Checker { plan, globals, faults: Vec::new() };
    checker.function(plan.main());
    for set in &plan.sets {
        set.overloads.iter().for_each(|function| checker.function(function));
    }
    checker.faults.sort_by_key(|fault| fault.place().map(|p| p.span.start));
    checker.faults.dedup_by_key(|fault| fault.place().map(|p| (p.source.name().to_string(), p.span)));
    checker.faults
}

/// What the pass knows and finds.
struct Checker<'a> {
    plan: &'a Plan,
    globals: Vec<Type>,
    faults: Vec<Fault>,
}

impl Checker<'_> {
    /// Looks at a function by itself: parameters have their declared types, or are unknown.
    fn function(&mut self, function: &Function) {
        let mut frame = Frame::of(function, Vec::new());
        let found = self.body(&mut frame);
        if let super::function::Body::Expression(node) = &function.body {
            self.declared(&function.signature.result, &found, node.span, &frame);
        }
    }
}
