//! A planned script: immutable, shared by the threads that run it.

use super::cover::Counters;
use super::function::{Function, FunctionSet, SetRef};
use super::module::Library;
use crate::text::Place;
use crate::value::{Namespace, Str, Type, Value};
use std::sync::Arc;

/// A script with all the modules it needs, ready to run.
#[derive(Debug)]
pub struct Plan {
    pub(super) library: Arc<Library>,
    pub(super) output: Option<Output>,
    pub(super) inputs: Vec<Input>,
    pub(super) namespaces: Vec<Arc<Namespace>>,
    pub(super) sets: Vec<FunctionSet>,
    pub(super) globals: Vec<String>,
    /// What computes the variables of the modules, in order.
    pub(super) initialisers: Vec<Function>,
    pub(super) main: Function,
    pub(super) counters: Option<Arc<Counters>>,
}

/// An `output` directive.
#[derive(Debug)]
pub struct Output {
    /// The MIME type or format's id, as written.
    pub mime: Option<String>,
    /// The format's id after `with`.
    pub with: Option<String>,
    /// Writer properties.
    pub properties: Vec<(Str, Value)>,
    /// The declared type.
    pub ty: Option<Type>,
    /// The directive.
    pub place: Place,
}

/// An input of the script: supplied by the caller, declared by a directive, or both.
#[derive(Debug)]
pub struct Input {
    /// Its name.
    pub name: String,
    /// Whether the script reads it; an input that is not read need not be parsed.
    pub used: bool,
    /// Where the directive stands, if there is one.
    pub declared: Option<InputDeclaration>,
    pub(super) slot: u32,
    pub(super) global: Option<u32>,
}

/// An `input` directive.
#[derive(Debug)]
pub struct InputDeclaration {
    /// The MIME type or format's id, as written.
    pub mime: Option<String>,
    /// The format's id after `with`.
    pub with: Option<String>,
    /// Reader properties.
    pub properties: Vec<(Str, Value)>,
    /// The directive.
    pub place: Place,
}

impl Plan {
    /// The first `output` directive.
    pub fn output(&self) -> Option<&Output> {
        self.output.as_ref()
    }

    /// The inputs, supplied and declared.
    pub fn inputs(&self) -> &[Input] {
        &self.inputs
    }

    /// The namespaces it declares anywhere, in the order of the text.
    pub fn namespaces(&self) -> &[Arc<Namespace>] {
        &self.namespaces
    }

    /// Notes that a counted block runs.
    pub(crate) fn count(&self, point: u32) {
        if let Some(counters) = &self.counters {
            counters.hit(point);
        }
    }

    /// The names of the variables that functions read.
    pub(crate) fn globals(&self) -> &[String] {
        &self.globals
    }

    /// The script's body as a function of its inputs.
    pub(crate) fn main(&self) -> &Function {
        &self.main
    }

    /// What computes the variables of the modules, in order.
    pub(crate) fn initialisers(&self) -> &[Function] {
        &self.initialisers
    }

    /// A set of overloads.
    pub(crate) fn set(&self, set: SetRef) -> Option<&FunctionSet> {
        match set {
            SetRef::Library(id) => self.library.sets().get(id),
            SetRef::Own(id) => self.sets.get(id as usize),
        }
    }
}

impl Input {
    /// Its slot in the frame of the script's body.
    pub(crate) fn slot(&self) -> u32 {
        self.slot
    }

    /// Where functions of the script find it, if any of them reads it.
    pub(crate) fn global(&self) -> Option<u32> {
        self.global
    }
}
