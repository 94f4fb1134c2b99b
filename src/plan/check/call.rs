//! Calls of declared functions: which overloads can take the arguments, and what they give.

use super::Checker;
use super::generic::Bindings;
use super::infer::Frame;
use super::relate::{fits, fits_argument, members, passes, resolve};
use super::unknown::{is_unknown, unknown};
use crate::diag::{Code, Fault};
use crate::plan::function::{Function, FunctionSet};
use crate::plan::node::{Call, Callee, Kind, Node};
use crate::text::Span;
use crate::value::ty::{FunctionType, Simple};
use crate::value::{Str, Type};
use std::sync::Arc;

impl Checker<'_> {
    /// The type of a declared function as a value; overloaded ones are unknown.
    pub fn function_type(&mut self, callee: &Callee) -> Type {
        match self.plan.set(callee.set).map(|set| &*set.overloads) {
            Some([only]) => {
                let params = only.signature.params.iter();
                let params = params.map(|(name, ty, optional)| (Some(Str::from(name.as_str())), ty.clone(), *optional));
                let result = declared_result(only, &Bindings::default());
                Type::Function(Some(Arc::new(FunctionType { params: params.collect(), result })))
            }
            _ => Type::Function(None),
        }
    }

    /// The type of a call; a fault if no overload can take the arguments. As in the reference engine, a call with an
    /// unknown argument is looked at when it runs, and has an unknown result whatever is declared.
    pub fn call(&mut self, call: &Call, span: Span, frame: &mut Frame<'_>) -> Type {
        let plan = self.plan;
        let Some(set) = plan.set(call.callee.set) else { return unknown() };
        let given: Vec<Type> = call.args.iter().map(|arg| self.argument(arg, frame)).collect();
        let some_unknown = given.iter().any(is_unknown);
        if combinations(&given).iter().any(|given| candidates(set, given).is_empty()) {
            let hint = swallowed_comparison(set, call, &given, frame.function.source.text());
            if hint.is_some() || !some_unknown {
                let fault = refused(set, &given);
                self.fault(frame, span, if let Some(hint) = hint { fault.help(hint) } else { fault });
                return unknown();
            }
        }
        match candidates(set, &given)[..] {
            [only] if some_unknown => {
                self.callbacks(only, call, &given, frame);
                unknown()
            }
            [only] => self.result(only, call, &given, frame),
            // Which one runs shows at run time only; the callbacks are looked at by themselves.
            _ => {
                call.args.iter().for_each(|arg| self.callback(arg, &[], frame));
                let any = set.overloads.iter().all(|f| f.library) && given.iter().any(|ty| matches!(ty, Type::Any));
                if any && !some_unknown { Type::Any } else { unknown() }
            }
        }
    }

    fn callback(&mut self, arg: &Node, offered: &[Type], frame: &mut Frame<'_>) {
        if let Kind::Lambda(lambda) = &arg.kind {
            self.lambda(lambda, offered, frame);
        }
    }

    /// The type of an argument; a lambda's body is looked at once its parameters' types are known.
    fn argument(&mut self, arg: &Node, frame: &mut Frame<'_>) -> Type {
        match &arg.kind {
            Kind::Lambda(lambda) => {
                let params = lambda.function.signature.params.iter();
                let params = params.map(|(name, ty, optional)| (Some(Str::from(name.as_str())), ty.clone(), *optional));
                Type::Function(Some(Arc::new(FunctionType { params: params.collect(), result: unknown() })))
            }
            _ => self.infer(arg, frame),
        }
    }

    /// What this overload gives.
    fn result(&mut self, function: &Function, call: &Call, given: &[Type], frame: &mut Frame<'_>) -> Type {
        let (bindings, mistakes) = self.callbacks(function, call, given, frame);
        mistakes.into_iter().for_each(|(span, fault)| self.fault(frame, span, fault));
        declared_result(function, &bindings)
    }

    /// What the arguments tell of an overload's type parameters, and callbacks that give what they must not.
    fn callbacks(
        &mut self,
        function: &Function,
        call: &Call,
        given: &[Type],
        frame: &mut Frame<'_>,
    ) -> (Bindings, Vec<(Span, Fault)>) {
        let first = function.first_filled(given.len());
        let (mut bindings, mut mistakes) = (Bindings::default(), Vec::new());
        given.iter().zip(function.params.iter().skip(first)).for_each(|(ty, param)| bindings.learn(&param.ty, ty));
        for (at, arg) in call.args.iter().enumerate() {
            let (Kind::Lambda(lambda), Some(param)) = (&arg.kind, function.params.get(first + at)) else { continue };
            let Type::Function(Some(declared)) = resolve(&param.ty) else { continue };
            let offered: Vec<Type> = declared.params.iter().map(|(_, ty, _)| bindings.apply(ty)).collect();
            let found = self.lambda(lambda, &offered, frame);
            mistakes.extend(wrong_result(&declared, &found).map(|fault| (arg.span, fault)));
            bindings.learn(&declared.result, &found.result);
        }
        (bindings, mistakes)
    }
}

/// A callback must give what is wanted of it: `filter` wants a Boolean. Type parameters want nothing.
fn wrong_result(declared: &FunctionType, found: &FunctionType) -> Option<Fault> {
    let wanted = Bindings::default().apply(&declared.result);
    let message = || format!("this must give `{wanted}`, but it gives `{}`", found.result);
    (!fits_argument(&found.result, &wanted)).then(|| Fault::new(Code::Type, message()))
}

/// What a function gives, as declared. Where nothing is declared, as by scripts and constants, nothing is known.
fn declared_result(function: &Function, bindings: &Bindings) -> Type {
    let result = bindings.apply(&function.signature.result);
    // The reference engine finds more than such a function declares, from the arguments of each call.
    let finds_more = !function.library && function.params.iter().any(|param| !param.declared);
    match &result {
        Type::Any if !function.library || function.params.is_empty() => unknown(),
        Type::Array(item) if finds_more && matches!(**item, Type::Any) => unknown(),
        _ => result,
    }
}

/// The overloads that may run: those that take the arguments as they are, else those that take them converted. A union
/// is taken by the overloads that take one of its members.
fn candidates<'a>(set: &'a FunctionSet, given: &[Type]) -> Vec<&'a Function> {
    let by = |fits: fn(&Type, &Type) -> bool| -> Vec<&'a Function> {
        let some = |ty: &Type, wanted: &Type| members(ty).iter().any(|member| fits(member, wanted));
        set.overloads.iter().map(|f| &**f).filter(|f| takes(f, given, &some)).collect()
    };
    let exact = by(passes);
    if exact.is_empty() { by(fits_argument) } else { exact }
}

/// Every choice of one member from each union among the arguments; a value of that type may come. Too many choices
/// count as none.
fn combinations(given: &[Type]) -> Vec<Vec<Type>> {
    const MOST: usize = 32;
    let mut all: Vec<Vec<Type>> = vec![Vec::new()];
    for ty in given {
        let members = members(ty);
        if all.len() * members.len() > MOST {
            return Vec::new();
        }
        all =
            all.iter().flat_map(|done| members.iter().map(move |m| [done, std::slice::from_ref(m)].concat())).collect();
    }
    all
}

/// Whether an overload can take as many arguments, and each of them.
fn takes(function: &Function, given: &[Type], fits: &dyn Fn(&Type, &Type) -> bool) -> bool {
    let (least, most) = function.arity();
    let first = function.first_filled(given.len());
    let params = function.params.iter().skip(first);
    (least..=most).contains(&given.len()) && given.iter().zip(params).all(|(ty, param)| fits(ty, &param.ty))
}

/// What to do about `n mod 2 == 0`, where the comparison is the right side of the infix call and was not meant to be.
fn swallowed_comparison(set: &FunctionSet, call: &Call, given: &[Type], text: &str) -> Option<String> {
    let ([left, right], [_, second]) = (&call.args[..], given) else { return None };
    if !fits(second, &Type::Simple(Simple::Boolean)) {
        return None;
    }
    let between = text.get(left.span.end as usize..right.span.start as usize)?;
    let compared = text.get(right.span.range())?;
    let operator = ["==", "!=", "~=", "<=", ">=", "<", ">"].into_iter().find(|operator| compared.contains(operator))?;
    let left = text.get(left.span.range())?;
    let is_meant = between.trim() == &*set.name && !compared.trim_start().starts_with('(');
    is_meant.then(|| {
        let first = compared.split(operator).next().unwrap_or_default().trim();
        format!("`{operator}` binds closer than `{0}`: write `({left} {0} {first}) {operator} …`", set.name)
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
