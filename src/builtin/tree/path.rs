//! The path of the place where a walk stands.

use crate::value::{Function, Object, QName, Shape, Value};
use std::sync::Arc;

/// The steps from the root, as `PathElement` objects. They are only noted if somebody wants to see them.
pub struct Path {
    steps: Vec<Value>,
    shape: Arc<Shape>,
    wanted: bool,
}

impl Path {
    /// The root. A callback of one parameter never sees a path.
    pub fn for_callback(callback: &Function) -> Self {
        let names = ["kind", "selector", "namespace"].map(QName::local);
        Self { steps: Vec::new(), shape: Shape::new(names.into()), wanted: callback.signature().params.len() > 1 }
    }

    /// The steps so far.
    pub fn value(&self) -> Value {
        Value::array(self.steps.clone())
    }

    /// Runs `visit` with the path one step down: the field of this name.
    pub fn at_field<R>(&mut self, name: &QName, visit: impl FnOnce(&mut Self) -> R) -> R {
        self.at("Object", || (Value::String(name.local.clone()), namespace(name)), visit)
    }

    /// Runs `visit` with the path one step down: the attribute of this name.
    pub fn at_attribute<R>(&mut self, name: &QName, visit: impl FnOnce(&mut Self) -> R) -> R {
        self.at("Attribute", || (Value::String(name.local.clone()), namespace(name)), visit)
    }

    /// Runs `visit` with the path one step down: the item at this position.
    pub fn at_index<R>(&mut self, index: usize, visit: impl FnOnce(&mut Self) -> R) -> R {
        self.at("Array", || (Value::count(index), Value::Null), visit)
    }

    fn at<R>(&mut self, kind: &str, step: impl FnOnce() -> (Value, Value), visit: impl FnOnce(&mut Self) -> R) -> R {
        if !self.wanted {
            return visit(self);
        }
        let (selector, namespace) = step();
        let step = Object::of_shape(self.shape.clone(), vec![kind.into(), selector, namespace]);
        self.steps.push(Value::Object(step));
        let visited = visit(self);
        self.steps.pop();
        visited
    }
}

fn namespace(name: &QName) -> Value {
    name.ns.as_ref().map_or(Value::Null, |ns| Value::Namespace(ns.clone()))
}
