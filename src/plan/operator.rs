//! Operators on two values, for folding constants and for running.

use crate::diag::Fault;
use crate::syntax::ast::BinaryOp;
use crate::value::{Value, ops};

/// `left op right`; `and` and `or` are no operators of this kind, since they may not ask their right side.
#[inline]
pub(crate) fn apply(op: BinaryOp, left: &Value, right: &Value) -> Result<Value, Fault> {
    match op {
        BinaryOp::Add => ops::add(left, right),
        BinaryOp::Subtract => ops::subtract(left, right),
        BinaryOp::Multiply => ops::multiply(left, right),
        BinaryOp::Divide => ops::divide(left, right),
        BinaryOp::Equal => ops::equal(left, right).map(Value::Boolean),
        BinaryOp::NotEqual => ops::equal(left, right).map(|equal| Value::Boolean(!equal)),
        BinaryOp::Similar => ops::similar(left, right).map(Value::Boolean),
        BinaryOp::Less => ops::compare(left, right).map(|order| Value::Boolean(order.is_lt())),
        BinaryOp::Greater => ops::compare(left, right).map(|order| Value::Boolean(order.is_gt())),
        BinaryOp::LessEqual => ops::compare(left, right).map(|order| Value::Boolean(order.is_le())),
        BinaryOp::GreaterEqual => ops::compare(left, right).map(|order| Value::Boolean(order.is_ge())),
        BinaryOp::ShiftRight => ops::prepend(left, right),
        BinaryOp::ShiftLeft => ops::append(left.clone(), right.clone()),
        BinaryOp::And | BinaryOp::Or => Err(Fault::internal("`and` and `or` are no plain operators")),
    }
}
