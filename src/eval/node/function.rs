//! Calls, function values and variables computed on demand.

use crate::diag::{Code, Fault};
use crate::eval::call;
use crate::eval::closure::{Closure, Declared};
use crate::eval::frame::Frame;
use crate::plan::node::{Call, CallValue, Callee, Captures, Lambda};
use crate::plan::{Body, Node};
use crate::text::{Place, Span};
use crate::value::{Array, Function, Value, Values};

impl Frame<'_> {
    /// A call of a declared function.
    pub(super) fn call(&mut self, call: &Call, span: Span) -> Result<Value, Fault> {
        let mut args = self.all(&call.args)?;
        let these;
        let captures = match &call.callee.captures {
            Captures::None => &[],
            Captures::Same => self.captures,
            Captures::These(nodes) => {
                these = self.all(nodes)?;
                &these[..]
            }
        };
        let env = self.env;
        let function = call::choose(env.functions(call.callee.set)?, &mut args)?;
        call::invoke(env, function, captures, args).map_err(|fault| match function.body {
            Body::Native(_) => fault,
            Body::Expression(_) => self.called(fault, function.name.as_deref(), span),
        })
    }

    /// A call of a computed value. Null called is null, as a method that is not there.
    pub(super) fn call_value(&mut self, call: &CallValue, span: Span) -> Result<Value, Fault> {
        let callee = self.eval(&call.callee)?;
        let mut args = self.all(&call.args)?;
        match callee.bare() {
            Value::Function(function) => {
                // Library functions call callbacks, which may take less than they are given.
                let result = if self.function.library { function.call(&mut args) } else { function.apply(&mut args) };
                result.map_err(|fault| self.called(fault, None, span))
            }
            Value::Null => Ok(Value::Null),
            other => {
                let fault = Fault::new(Code::NoOverload, format!("a {} was called like a function", other.type_name()));
                Err(fault.rescuable())
            }
        }
    }

    /// Adds this call to a fault's trace. The first place that the script itself has in it is the fault's.
    #[cold]
    fn called(&self, fault: Fault, name: Option<&str>, span: Span) -> Fault {
        if self.function.library {
            return fault;
        }
        let place = || Place { source: self.function.source.clone(), span };
        if fault.place().is_none() {
            return fault.at(place);
        }
        fault.called_from(name.unwrap_or("<lambda>"), place)
    }

    /// A lambda with what it captures.
    pub(super) fn lambda(&mut self, lambda: &Lambda) -> Result<Value, Fault> {
        let captures = self.captured(&lambda.captures)?;
        let closure = Closure { function: lambda.function.clone(), captures, env: self.env.clone() };
        Ok(Value::Function(Function::new(closure)))
    }

    /// A declared function as a value.
    pub(super) fn function(&mut self, callee: &Callee) -> Result<Value, Fault> {
        let captures = match &callee.captures {
            Captures::None => Values::default(),
            Captures::Same => self.captures.to_vec().into(),
            Captures::These(nodes) => self.captured(nodes)?,
        };
        let env = self.env.clone();
        let functions = env.functions(callee.set)?;
        if let [only] = &*functions.overloads
            && let Body::Expression(_) = only.body
        {
            let function = only.clone();
            return Ok(Value::Function(Function::new(Closure { function, captures, env })));
        }
        let signature = functions.overloads.first().map(|f| f.signature.clone());
        let signature = signature.ok_or_else(|| Fault::internal("a function without overloads"))?;
        Ok(Value::Function(Function::new(Declared { set: callee.set, captures, env, signature })))
    }

    fn captured(&mut self, nodes: &[Node]) -> Result<Values, Fault> {
        Ok(self.all(nodes)?.into_vec().into())
    }

    /// What a `@Lazy` variable holds: a sequence of one item, so that the value is computed once, when it is read.
    pub(super) fn deferred(&mut self, lambda: &Lambda) -> Result<Value, Fault> {
        let Value::Function(function) = self.lambda(lambda)? else { return Ok(Value::Null) };
        let mut function = Some(function);
        Ok(Value::Array(Array::lazy(std::iter::from_fn(move || Some(function.take()?.call(&mut []))))))
    }

    /// The value of a `@Lazy` variable.
    pub(super) fn forced(&mut self, node: &Node) -> Result<Value, Fault> {
        match self.eval(node)? {
            Value::Array(cell) => Ok(cell.get(0)?.unwrap_or_default()),
            other => Ok(other),
        }
    }
}
