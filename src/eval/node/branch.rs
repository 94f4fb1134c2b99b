//! Branches and blocks, and the calls that end a function by starting it anew.

use crate::diag::{Code, Fault};
use crate::eval::call;
use crate::eval::frame::Frame;
use crate::plan::node::Variable;
use crate::plan::{Kind, Node};
use crate::value::{Value, coerce};

impl Frame<'_> {
    /// The branch of an `if` that is taken.
    pub(super) fn branch<'n>(&mut self, parts: &'n [Node; 3]) -> Result<&'n Node, Fault> {
        let [condition, then, otherwise] = parts;
        Ok(if self.condition(condition)? { then } else { otherwise })
    }

    /// A condition: a Boolean, or text that says one.
    pub(super) fn condition(&mut self, node: &Node) -> Result<bool, Fault> {
        let value = match self.place(node) {
            Some(Value::Boolean(b)) => return Ok(*b),
            _ => self.eval(node)?,
        };
        match value {
            Value::Boolean(b) => Ok(b),
            other => coerce::to_boolean(&other).map_err(|_| self.located(no_condition(&other), node.span)),
        }
    }

    /// Computes the variables of a block.
    pub(super) fn variables(&mut self, variables: &[Variable]) -> Result<(), Fault> {
        for variable in variables {
            let value = self.eval(&variable.value)?;
            if let Some(slot) = variable.slot {
                self.set(slot, value);
            }
        }
        Ok(())
    }

    /// The value of a node that may start the function anew: then its parameters are set, and there is no value yet.
    pub(in crate::eval) fn tail(&mut self, node: &Node) -> Result<Option<Value>, Fault> {
        match &node.kind {
            Kind::If(parts) => {
                let branch = self.branch(parts)?;
                self.tail(branch)
            }
            Kind::Do(block) => {
                self.variables(&block.variables)?;
                self.tail(&block.body)
            }
            Kind::Match(matching) => {
                let body = self.matching(matching)?;
                self.tail(body)
            }
            Kind::Counted(counted) => {
                self.env.plan.count(counted.point);
                self.tail(&counted.node)
            }
            Kind::Again(args) => {
                let mut args = self.all(args)?;
                call::check(self.function, &mut args).map_err(|fault| self.located(fault, node.span))?;
                self.slots.iter_mut().zip(args).for_each(|(slot, arg)| *slot = arg);
                Ok(None)
            }
            _ => self.eval(node).map(Some),
        }
    }
}

fn no_condition(value: &Value) -> Fault {
    Fault::new(Code::Coercion, format!("a condition must be a Boolean, not {}", value.type_name()))
        .help("compare explicitly, as in `x == 1` or `x != null`")
}
