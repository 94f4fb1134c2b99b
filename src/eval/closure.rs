//! Function values: lambdas with what they captured, and declared functions.

use super::call;
use super::env::Env;
use super::frame::{Frame, Slots};
use crate::diag::Fault;
use crate::plan::{Function, FunctionSet, SetRef};
use crate::value::{Callable, Signature, Value, Values};
use std::sync::Arc;

/// A lambda with the values it captured.
pub(super) struct Closure {
    pub function: Arc<Function>,
    pub captures: Values,
    pub env: Arc<Env>,
}

impl Callable for Closure {
    fn signature(&self) -> &Signature {
        &self.function.signature
    }

    fn call(&self, args: &mut [Value]) -> Result<Value, Fault> {
        let (function, env) = (&*self.function, &self.env);
        let params = function.params.len();
        if args.len() >= params && function.slots == params {
            // Nothing but parameters: the arguments are the frame.
            return Frame { slots: &mut args[..params], captures: &self.captures, function, env }.run();
        }
        call::invoke(env, function, &self.captures, moved(args, params))
    }

    fn apply(&self, args: &mut [Value]) -> Result<Value, Fault> {
        call::check(&self.function, args)?;
        self.call(args)
    }

    fn default_of(&self, param: usize) -> Option<Result<Value, Fault>> {
        call::default_of(&self.env, &self.function, &self.captures, param)
    }
}

/// A declared function as a value, with what a function of a `do` takes along.
pub(super) struct Declared {
    pub set: SetRef,
    pub captures: Values,
    pub env: Arc<Env>,
    /// The head of the first overload.
    pub signature: Signature,
}

impl Declared {
    fn functions(&self) -> Result<&FunctionSet, Fault> {
        self.env.functions(self.set)
    }
}

impl Callable for Declared {
    fn signature(&self) -> &Signature {
        &self.signature
    }

    fn takes_count(&self, count: usize) -> bool {
        self.functions().is_ok_and(|set| set.overloads.iter().any(|function| call::takes_count(function, count)))
    }

    fn call(&self, args: &mut [Value]) -> Result<Value, Fault> {
        let (function, count) = call::choose_callback(self.functions()?, args)?;
        call::invoke(&self.env, function, &self.captures, moved(args, count))
    }

    fn apply(&self, args: &mut [Value]) -> Result<Value, Fault> {
        let function = call::choose(self.functions()?, args)?;
        call::invoke(&self.env, function, &self.captures, moved(args, args.len()))
    }

    fn default_of(&self, param: usize) -> Option<Result<Value, Fault>> {
        let function = self.functions().ok()?.overloads.first()?;
        call::default_of(&self.env, function, &self.captures, param)
    }
}

/// The first arguments, moved out of their slots.
fn moved(args: &mut [Value], most: usize) -> Slots {
    args.iter_mut().take(most).map(std::mem::take).collect()
}
