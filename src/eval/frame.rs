//! A frame: the slots of a running function, its captured values, and what it belongs to.

use super::env::Env;
use super::meter;
use crate::diag::Fault;
use crate::plan::{Body, Function, Kind, Node};
use crate::text::{Place, Span};
use crate::value::Value;
use smallvec::SmallVec;
use std::sync::Arc;

/// Values of a call: arguments at first, then all slots of the frame.
pub(super) type Slots = SmallVec<[Value; 8]>;

/// A running function.
pub(super) struct Frame<'a> {
    pub slots: &'a mut [Value],
    pub captures: &'a [Value],
    pub function: &'a Function,
    pub env: &'a Arc<Env>,
}

impl Frame<'_> {
    /// Runs the function's body.
    pub fn run(&mut self) -> Result<Value, Fault> {
        let function = self.function;
        let Body::Expression(body) = &function.body else {
            return Err(Fault::internal("a native has no frame"));
        };
        self.run_node(body)
    }

    /// Runs a node of the function on its own, as a call.
    pub fn run_node(&mut self, node: &Node) -> Result<Value, Fault> {
        let _call = meter::Call::enter(&self.env.run)?;
        meter::with_stack(self.function.depth, || match self.function.loops {
            false => self.eval(node),
            true => loop {
                if let Some(value) = self.tail(node)? {
                    return Ok(value);
                }
                meter::step(&self.env.run)?;
            },
        })
    }

    /// The value of a node. A fault gets the node's place, unless it has one.
    pub fn eval(&mut self, node: &Node) -> Result<Value, Fault> {
        match self.compute(&node.kind, node.span) {
            Ok(value) => Ok(value),
            Err(fault) => Err(self.located(fault, node.span)),
        }
    }

    /// A fault with a place in this function's text. Library functions leave it to their callers.
    #[cold]
    pub fn located(&self, fault: Fault, span: Span) -> Fault {
        if self.function.library {
            return fault;
        }
        fault.at(|| Place { source: self.function.source.clone(), span })
    }

    /// A value that can be looked at where it lies.
    pub fn place<'s>(&'s self, node: &'s Node) -> Option<&'s Value> {
        match &node.kind {
            Kind::Const(value) => Some(value),
            Kind::Local(slot) => self.slots.get(*slot as usize),
            Kind::Captured(index) => self.captures.get(*index as usize),
            Kind::Global(global) => self.env.global(*global).ok(),
            Kind::Field(field) => match self.place(&field.base)? {
                Value::Object(object) => super::node::field_place(object, field),
                _ => None,
            },
            _ => None,
        }
    }

    /// The value of a slot.
    pub fn slot(&self, slot: u32) -> Value {
        self.slots.get(slot as usize).cloned().unwrap_or_default()
    }

    /// Moves the value of a slot out.
    pub fn take(&mut self, slot: u32) -> Value {
        self.slots.get_mut(slot as usize).map(std::mem::take).unwrap_or_default()
    }

    /// Fills a slot.
    pub fn set(&mut self, slot: u32, value: Value) {
        if let Some(place) = self.slots.get_mut(slot as usize) {
            *place = value;
        }
    }

    /// The values of nodes, in order.
    pub fn all(&mut self, nodes: &[Node]) -> Result<Slots, Fault> {
        let mut values = Slots::new();
        for node in nodes {
            values.push(self.eval(node)?);
        }
        Ok(values)
    }
}
