//! The evaluator: runs a plan. Natives and the outer world reach it through the types here.

mod call;
mod closure;
mod env;
mod frame;
mod host;
mod meter;
mod native;
mod node;
mod run;
mod types;

pub use host::{Evaluated, Host, LogLevel, Output, Script};
pub use native::{Args, Native, NativeFn, NativeTable};
pub use run::Run;

pub use crate::plan::{location, marked_line};

use crate::diag::Fault;
use crate::plan::{Body, Function, Kind, Plan};
use crate::value::Value;
use env::{Env, missing_input};
use frame::{Frame, Slots};
use std::sync::Arc;

/// Runs a plan with these inputs; a name that the plan does not know is passed over. Sequences in the result are computed
/// as they are read.
///
/// # Errors
/// Whatever the script fails with, with its place and trace.
pub fn run(plan: &Arc<Plan>, inputs: Vec<(String, Value)>, run: &Arc<Run>) -> Result<Value, Fault> {
    let mut env = Env::new(plan.clone(), run.clone());
    let mut slots = Slots::from_elem(Value::Null, plan.main().slots);
    supply(plan, inputs, &mut env, &mut slots)?;
    let mut env = Arc::new(env);
    for initialiser in plan.initialisers() {
        let mut slots = Slots::from_elem(Value::Null, initialiser.slots);
        variables_then_body(initialiser, &mut env, &mut slots)?;
    }
    variables_then_body(plan.main(), &mut env, &mut slots)
}

/// Puts the inputs where the script reads them.
fn supply(plan: &Plan, inputs: Vec<(String, Value)>, env: &mut Env, slots: &mut [Value]) -> Result<(), Fault> {
    let mut inputs: Vec<_> = inputs.into_iter().map(|(name, value)| (name, Some(value))).collect();
    for input in plan.inputs().iter().filter(|input| input.used) {
        let given = inputs.iter_mut().find(|(name, _)| *name == input.name).and_then(|(_, value)| value.take());
        let value = given.ok_or_else(|| missing_input(&input.name))?;
        if let Some(global) = input.global() {
            env.set(global, value.clone());
        }
        if let Some(slot) = slots.get_mut(input.slot() as usize) {
            *slot = value;
        }
    }
    Ok(())
}

/// Runs a text's variables and then its body. A variable that functions read makes a further environment, in which
/// everything after it runs.
fn variables_then_body(function: &Function, env: &mut Arc<Env>, slots: &mut [Value]) -> Result<Value, Fault> {
    let Body::Expression(body) = &function.body else { return Ok(Value::Null) };
    let Kind::Do(block) = &body.kind else {
        return Frame { slots, captures: &[], function, env }.run_node(body);
    };
    for variable in &block.variables {
        let value = Frame { slots, captures: &[], function, env }.run_node(&variable.value)?;
        if let Some(global) = variable.global {
            *env = env.with(global, value.clone());
        }
        if let Some(slot) = variable.slot.and_then(|slot| slots.get_mut(slot as usize)) {
            *slot = value;
        }
    }
    Frame { slots, captures: &[], function, env }.run_node(&block.body)
}
