//! The environment of one run: the plan, what the run shares, and the variables computed so far.

use super::Run;
use crate::diag::{Code, Fault};
use crate::plan::{FunctionSet, Plan, SetRef};
use crate::value::Value;
use std::sync::Arc;

/// What all functions of one run see. It never changes: each variable that functions read makes a further environment.
/// So a function value holds only what was there before it, nothing holds itself, and everything is freed.
pub(super) struct Env {
    pub plan: Arc<Plan>,
    pub run: Arc<Run>,
    globals: Box<[Option<Value>]>,
}

impl Env {
    /// An environment in which no variable is computed yet.
    pub fn new(plan: Arc<Plan>, run: Arc<Run>) -> Self {
        let globals = plan.globals().iter().map(|_| None).collect();
        Self { plan, run, globals }
    }

    /// Sets an input that functions read.
    pub fn set(&mut self, global: u32, value: Value) {
        if let Some(place) = self.globals.get_mut(global as usize) {
            *place = Some(value);
        }
    }

    /// The environment with one more variable.
    pub fn with(&self, global: u32, value: Value) -> Arc<Self> {
        let mut next = Self { plan: self.plan.clone(), run: self.run.clone(), globals: self.globals.clone() };
        next.set(global, value);
        Arc::new(next)
    }

    /// A variable of the script or a module.
    pub fn global(&self, global: u32) -> Result<&Value, Fault> {
        match self.globals.get(global as usize) {
            Some(Some(value)) => Ok(value),
            _ => Err(self.not_computed(global)),
        }
    }

    #[cold]
    fn not_computed(&self, global: u32) -> Fault {
        let name = self.plan.globals().get(global as usize).map_or("", String::as_str);
        if self.plan.inputs().iter().any(|input| input.name == name) {
            return missing_input(name);
        }
        Fault::new(Code::Declaration, format!("`{name}` is needed before it is computed"))
            .help("a variable cannot need itself, be it through functions")
    }

    /// A set of overloads.
    pub fn functions(&self, set: SetRef) -> Result<&FunctionSet, Fault> {
        self.plan.set(set).ok_or_else(|| Fault::internal("a function was called that was never planned"))
    }
}

/// The fault of reading an input that was not supplied.
pub(super) fn missing_input(name: &str) -> Fault {
    Fault::new(Code::UnknownName, format!("input `{name}` was not supplied"))
        .help(format!("supply it: `-i {name}=FILE`"))
}
