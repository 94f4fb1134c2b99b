//! Calls: arguments, choice among overloads, defaults.

use super::env::Env;
use super::frame::{Frame, Slots};
use super::native::Args;
use super::types;
use crate::diag::{Code, Fault};
use crate::plan::{Body, Function, FunctionSet, Param};
use crate::value::{Array, Elements, Value, coerce};
use std::sync::Arc;

/// Runs a function with arguments that fit it.
pub(super) fn invoke(env: &Arc<Env>, function: &Function, captures: &[Value], mut args: Slots) -> Result<Value, Fault> {
    if args.len() < function.params.len() {
        args = fill(env, function, captures, args)?;
    }
    match &function.body {
        Body::Native(number) => {
            let body = env.run.natives.body(*number).ok_or_else(|| Fault::internal("there is no such native"))?;
            body(&env.run, Args::new(&mut args))
        }
        Body::Expression(_) => {
            args.resize(function.slots, Value::Null);
            Frame { slots: &mut args, captures, function, env }.run()
        }
    }
}

/// Adds the defaults of parameters that got no argument.
#[cold]
fn fill(env: &Arc<Env>, function: &Function, captures: &[Value], args: Slots) -> Result<Slots, Fault> {
    let (given, params) = (args.len(), function.params.len());
    let first = function.first_filled(given);
    let mut slots = Slots::with_capacity(function.slots);
    slots.resize(first, Value::Null);
    slots.extend(args);
    slots.resize(function.slots.max(params), Value::Null);
    for index in (0..first).chain(first + given..params) {
        if let Some(default) = &function.params[index].default {
            slots[index] = Frame { slots: &mut slots, captures, function, env }.run_node(default)?;
        }
    }
    if let Body::Native(_) = function.body {
        slots.truncate(params);
    }
    Ok(slots)
}

/// The default of a parameter, computed; `None` if it has none.
pub(super) fn default_of(
    env: &Arc<Env>,
    function: &Function,
    captures: &[Value],
    param: usize,
) -> Option<Result<Value, Fault>> {
    let default = function.params.get(param)?.default.as_ref()?;
    let mut slots = Slots::from_elem(Value::Null, function.slots);
    Some(Frame { slots: &mut slots, captures, function, env }.run_node(default))
}

/// The overload that takes these arguments: the first whose types fit as they are, else the one that needs the fewest
/// scalars converted, the first of equals; they are converted then.
pub(super) fn choose<'s>(set: &'s FunctionSet, args: &mut [Value]) -> Result<&'s Arc<Function>, Fault> {
    let fitting = set.overloads.iter().find(|f| takes_count(f, args.len()) && accepts(f, args));
    match fitting {
        Some(function) => Ok(function),
        None => convertible(set, args),
    }
}

#[cold]
fn convertible<'s>(set: &'s FunctionSet, args: &mut [Value]) -> Result<&'s Arc<Function>, Fault> {
    for conversions in 1..=args.len() {
        let fitting = set
            .overloads
            .iter()
            .find(|f| takes_count(f, args.len()) && misfits(f, args) == conversions && convert(f, args));
        if let Some(function) = fitting {
            return Ok(function);
        }
    }
    Err(no_overload(set, args))
}

/// How many of the arguments do not fit as they are.
fn misfits(function: &Function, args: &[Value]) -> usize {
    matched(function, args.len()).iter().zip(args).filter(|(param, arg)| !fits(param, arg)).count()
}

/// The overload for a callback, and how many of the arguments it gets: surplus ones are dropped.
pub(super) fn choose_callback<'s>(
    set: &'s FunctionSet,
    args: &mut [Value],
) -> Result<(&'s Arc<Function>, usize), Fault> {
    // As in the reference engine, a function of the script that has no overloads takes what it gets.
    if let [only] = &*set.overloads
        && let Body::Expression(_) = only.body
    {
        return Ok((only, args.len().min(only.params.len())));
    }
    let count = |f: &Function| args.len().min(f.params.len());
    let fitting = set.overloads.iter().find(|f| takes_count(f, count(f)) && accepts(f, &args[..count(f)]));
    if let Some(function) = fitting {
        return Ok((function, count(function)));
    }
    for function in &set.overloads {
        let count = args.len().min(function.params.len());
        if takes_count(function, count) && convert(function, &mut args[..count]) {
            return Ok((function, count));
        }
    }
    Err(no_overload(set, args))
}

/// Checks that a lambda takes these arguments, and converts the scalars among them.
pub(super) fn check(function: &Function, args: &mut [Value]) -> Result<(), Fault> {
    let (least, most) = function.arity();
    if !(least..=most).contains(&args.len()) {
        let counts = if least == most { most.to_string() } else { format!("{least} to {most}") };
        let message = format!("the function takes {counts} arguments, not {}", args.len());
        return Err(Fault::new(Code::Arity, message));
    }
    if function.typed && !convert(function, args) {
        let name = function.name.as_deref().unwrap_or("the function");
        return Err(types::refused(name, std::iter::once(&function.signature), args));
    }
    Ok(())
}

pub(super) fn takes_count(function: &Function, given: usize) -> bool {
    given == function.params.len() || given < function.params.len() && given >= function.arity().0
}

/// The parameters that the arguments stand for.
fn matched(function: &Function, given: usize) -> &[Param] {
    let first = if given == function.params.len() { 0 } else { function.first_filled(given) };
    &function.params[first..]
}

/// Whether arguments fit as they are.
fn accepts(function: &Function, args: &[Value]) -> bool {
    !function.typed || matched(function, args.len()).iter().zip(args).all(|(param, arg)| fits(param, arg))
}

fn fits(param: &Param, arg: &Value) -> bool {
    param.filter.answer(arg).unwrap_or_else(|| coerce::accepts(&param.ty, arg))
}

/// Converts the scalars among the arguments to the types of their parameters; all of them or none.
fn convert(function: &Function, args: &mut [Value]) -> bool {
    let params = matched(function, args.len()).iter();
    let converted: Option<Slots> = params.zip(&*args).map(|(param, arg)| converted(function, param, arg)).collect();
    let Some(values) = converted else { return false };
    args.iter_mut().zip(values).for_each(|(arg, value)| *arg = value);
    true
}

/// An argument as the parameter takes it. A range becomes an array, save for natives, which know both.
fn converted(function: &Function, param: &Param, arg: &Value) -> Option<Value> {
    match arg.bare() {
        _ if fits(param, arg) => Some(arg.clone()),
        Value::Range(range) if param.filter.takes_arrays() => Some(match function.body {
            Body::Native(_) => arg.clone(),
            Body::Expression(_) => Value::Array(Array::lazy(Elements::range(range))),
        }),
        _ => coerce::convert_argument(&param.ty, arg),
    }
}

/// The fault of a call that no overload takes.
fn no_overload(set: &FunctionSet, args: &[Value]) -> Fault {
    types::refused(&set.name, set.overloads.iter().map(|f| &f.signature), args)
}
