//! Calls of declared functions: which overloads can take the arguments, and what they give.

use super::Checker;
use super::generic::Bindings;
use super::infer::Frame;
use super::join::join;
use super::relate::{fits_argument, resolve};
use crate::diag::{Code, Fault};
use crate::plan::function::{Function, FunctionSet};
use crate::plan::node::{Call, Callee, Kind, Node};
use crate::text::Span;
use crate::value::ty::FunctionType;
use crate::value::{Str, Type};
use std::sync::Arc;

/// More overloads, and the result of a call with unknown arguments counts as unknown.
const JOINED: usize = 4;

impl Checker<'_> {
    /// The type of a declared function as a value; overloaded ones are unknown.
    pub fn function_type(&mut self, callee: &Callee) -> Type {
        match self.plan.set(callee.set).map(|set| &*set.overloads) {
            Some([only]) => {
                let params = only.signature.params.iter();
                let params = params.map(|(name, ty, optional)| (Some(Str::from(name.as_str())), ty.clone(), *optional));
                let result = Bindings::default().apply(&only.signature.result);
                Type::Function(Some(Arc::new(FunctionType { params: params.collect(), result })))
            }
            _ => Type::Function(None),
        }
    }

    /// The type of a call; a fault if no overload can take the arguments.
    pub fn call(&mut self, call: &Call, span: Span, frame: &mut Frame<'_>) -> Type {
        let plan = self.plan;
        let Some(set) = plan.set(call.callee.set) else { return Type::Any };
        let given: Vec<Type> = call.args.iter().map(|arg| self.argument(arg, frame)).collect();
        let candidates: Vec<&Function> =
            set.overloads.iter().map(|f| &**f).filter(|f| takes(f, &given, &mut Bindings::default())).collect();
        if candidates.is_empty() {
            self.fault(frame, span, refused(set, &given));
            return Type::Any;
        }
        let results: Vec<Type> = candidates.iter().map(|f| self.result(f, call, &given, frame)).collect();
        let unknown = given.iter().any(|ty| matches!(ty, Type::Any));
        match candidates.len() {
            1 => results.into_iter().next().unwrap_or(Type::Any),
            // The first that takes known arguments is the one that runs; with unknown ones it may be any.
            _ if !unknown => results.into_iter().next().unwrap_or(Type::Any),
            2..=JOINED => join(results),
            _ => Type::Any,
        }
    }

    /// The type of an argument; a lambda's body is looked at once its parameters' types are known.
    fn argument(&mut self, arg: &Node, frame: &mut Frame<'_>) -> Type {
        match &arg.kind {
            Kind::Lambda(lambda) => {
                let params = lambda.function.signature.params.iter();
                let params = params.map(|(name, ty, optional)| (Some(Str::from(name.as_str())), ty.clone(), *optional));
                Type::Function(Some(Arc::new(FunctionType { params: params.collect(), result: Type::Any })))
            }
            _ => self.infer(arg, frame),
        }
    }

    /// What this overload gives, with its callbacks looked into.
    fn result(&mut self, function: &Function, call: &Call, given: &[Type], frame: &mut Frame<'_>) -> Type {
        let mut bindings = Bindings::default();
        takes(function, given, &mut bindings);
        let first = function.first_filled(given.len());
        for (at, arg) in call.args.iter().enumerate() {
            let (Kind::Lambda(lambda), Some(param)) = (&arg.kind, function.params.get(first + at)) else { continue };
            let Type::Function(Some(declared)) = resolve(&param.ty) else { continue };
            let offered: Vec<Type> = declared.params.iter().map(|(_, ty, _)| bindings.apply(ty)).collect();
            let found = self.lambda(lambda, &offered, frame);
            self.callback_result(&declared, &found, &bindings, arg, frame);
            bindings.learn(&declared.result, &found.result);
        }
        match function.library || !matches!(function.signature.result, Type::Any) {
            true => bindings.apply(&function.signature.result),
            false => Type::Any,
        }
    }

    /// A callback must give what is wanted of it: `filter` wants a Boolean.
    fn callback_result(
        &mut self,
        declared: &FunctionType,
        found: &FunctionType,
        bindings: &Bindings,
        arg: &Node,
        frame: &Frame<'_>,
    ) {
        let wanted = bindings.apply(&declared.result);
        if !fits_argument(&found.result, &wanted) {
            let message = format!("this must give `{wanted}`, but it gives `{}`", found.result);
            self.fault(frame, arg.span, Fault::new(Code::Type, message));
        }
    }
}

/// Whether an overload can take arguments of these types; learns its type parameters on the way.
fn takes(function: &Function, given: &[Type], bindings: &mut Bindings) -> bool {
    let (least, most) = function.arity();
    if !(least..=most).contains(&given.len()) {
        return false;
    }
    let first = function.first_filled(given.len());
    given.iter().zip(function.params.iter().skip(first)).all(|(ty, param)| {
        let fits = fits_argument(ty, &param.ty);
        bindings.learn(&param.ty, ty);
        fits
    })
}

fn refused(set: &FunctionSet, given: &[Type]) -> Fault {
    let shown = |types: &mut dyn Iterator<Item = String>| types.collect::<Vec<_>>().join(", ");
    let given = shown(&mut given.iter().map(|ty| ty.to_string()));
    let fault = Fault::new(Code::Type, format!("`{}` cannot be called with ({given})", set.name));
    let takes = set.overloads.iter().take(4).map(|function| {
        let params = shown(&mut function.signature.params.iter().map(|(_, ty, _)| ty.to_string()));
        format!("({params})")
    });
    fault.help(format!("it takes {}", takes.collect::<Vec<_>>().join(" or ")))
}
