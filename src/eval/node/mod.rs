//! What each kind of node computes, a file for each family.

mod branch;
mod construct;
mod function;
mod operator;
mod pattern;
mod select;
mod text;
mod update;

pub(super) use select::field_place;

use super::frame::Frame;
use crate::diag::Fault;
use crate::plan::Kind;
use crate::text::Span;
use crate::value::Value;

impl Frame<'_> {
    /// The value of a kind of node that stands at `span`.
    #[inline]
    pub(super) fn compute(&mut self, kind: &Kind, span: Span) -> Result<Value, Fault> {
        match kind {
            Kind::Const(value) => Ok(value.clone()),
            Kind::Local(slot) => Ok(self.slot(*slot)),
            Kind::Take(slot) => Ok(self.take(*slot)),
            Kind::Captured(index) => Ok(self.captures.get(*index as usize).cloned().unwrap_or_default()),
            Kind::Global(global) => self.env.global(*global).cloned(),
            Kind::Field(field) => self.field(field),
            Kind::Binary(binary) => self.binary(binary),
            Kind::Record(record) => self.record(record),
            Kind::Call(call) => self.call(call, span),
            Kind::CallValue(call) => self.call_value(call, span),
            Kind::If(parts) => {
                let branch = self.branch(parts)?;
                self.eval(branch)
            }
            Kind::And(pair) => self.and(pair),
            Kind::Or(pair) => self.or(pair),
            Kind::Not(operand) => self.not(operand),
            Kind::Minus(operand) => self.minus(operand),
            Kind::Default(pair) => self.default(pair),
            Kind::Text(parts) => self.text(parts),
            Kind::Array(items) => self.array(items),
            Kind::Items(items) => self.items(items),
            Kind::Object(entries) => self.object(entries),
            Kind::Lambda(lambda) => self.lambda(lambda),
            Kind::Function(callee) => self.function(callee),
            Kind::Forced(inner) => self.forced(inner),
            Kind::Deferred(lambda) => self.deferred(lambda),
            Kind::Do(block) => {
                self.variables(&block.variables)?;
                self.eval(&block.body)
            }
            Kind::Match(matching) => {
                let body = self.matching(matching)?;
                self.eval(body)
            }
            Kind::Update(update) => self.update(update),
            Kind::As(conversion) => self.conversion(conversion),
            Kind::Is(test) => self.is(test),
            Kind::Select(select) => self.select(select),
            Kind::Counted(counted) => {
                self.env.plan.count(counted.point);
                self.eval(&counted.node)
            }
            Kind::Again(_) => Err(Fault::internal("a call in tail position stands elsewhere")),
            Kind::Fail(failure) => Err(Fault::new(failure.0, failure.1.clone())),
        }
    }
}
