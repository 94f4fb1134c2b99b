//! Operators.

use crate::diag::Fault;
use crate::eval::frame::Frame;
use crate::plan::node::{Binary, BinaryOp};
use crate::plan::{Node, apply};
use crate::value::{Value, coerce, ops};

impl Frame<'_> {
    /// An operator on two values; operands are looked at where they lie, if they can be.
    pub(super) fn binary(&mut self, binary: &Binary) -> Result<Value, Fault> {
        let Binary { op, left, right } = binary;
        if let (Some(left), Some(right)) = (self.place(left), self.place(right)) {
            return apply(*op, left, right);
        }
        let left = self.eval(left)?;
        if appends(*op, &left) {
            // By value: a list that nobody else holds grows in place.
            let right = self.eval(right)?;
            return ops::append(left, right);
        }
        match self.place(right) {
            Some(right) => apply(*op, &left, right),
            None => apply(*op, &left, &self.eval(right)?),
        }
    }

    /// `left and right`: the right side is only asked if the left one holds.
    pub(super) fn and(&mut self, pair: &[Node; 2]) -> Result<Value, Fault> {
        let [left, right] = pair;
        Ok(Value::Boolean(self.truth(left)? && self.truth(right)?))
    }

    /// `left or right`: the right side is only asked if the left one does not hold.
    pub(super) fn or(&mut self, pair: &[Node; 2]) -> Result<Value, Fault> {
        let [left, right] = pair;
        Ok(Value::Boolean(self.truth(left)? || self.truth(right)?))
    }

    /// `not operand`
    pub(super) fn not(&mut self, operand: &Node) -> Result<Value, Fault> {
        Ok(Value::Boolean(!self.truth(operand)?))
    }

    fn truth(&mut self, node: &Node) -> Result<bool, Fault> {
        match self.eval(node)? {
            Value::Boolean(b) => Ok(b),
            other => coerce::to_boolean(&other).map_err(|fault| self.located(fault, node.span)),
        }
    }

    /// `-operand`
    pub(super) fn minus(&mut self, operand: &Node) -> Result<Value, Fault> {
        let value = self.eval(operand)?;
        ops::negate(&value)
    }

    /// `left default right`: for null, and for the faults that say no more than null would.
    pub(super) fn default(&mut self, pair: &[Node; 2]) -> Result<Value, Fault> {
        let [left, right] = pair;
        match self.eval(left) {
            Ok(value) if value.is_null() => self.eval(right),
            Err(fault) if fault.is_rescuable() => self.eval(right),
            other => other,
        }
    }
}

/// Whether the operator adds an item to a list.
fn appends(op: BinaryOp, left: &Value) -> bool {
    match op {
        BinaryOp::ShiftLeft => true,
        BinaryOp::Add => matches!(left.bare(), Value::Array(_)),
        _ => false,
    }
}
