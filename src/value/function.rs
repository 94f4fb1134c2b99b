//! Functions as values. What they run lives above this room, behind [`Callable`].

use super::{Type, Value};
use crate::diag::Fault;
use std::fmt;
use std::sync::Arc;

/// One parameter of a function value.
#[derive(Clone, Debug)]
pub struct Signature {
    /// Name and type of each parameter, and whether it has a default.
    pub params: Vec<(String, Type, bool)>,
    /// The declared result, `Any` if none.
    pub result: Type,
}

impl Signature {
    /// How many arguments a caller may give: (least, most).
    pub fn arity(&self) -> (usize, usize) {
        let least = self.params.iter().filter(|(_, _, has_default)| !has_default).count();
        (least, self.params.len())
    }
}

/// Something that can be called with values.
pub trait Callable: Send + Sync {
    /// Parameters and result; overloaded functions show their first overload.
    fn signature(&self) -> &Signature;

    /// Whether it can be called with so many arguments.
    fn takes_count(&self, count: usize) -> bool {
        let (least, most) = self.signature().arity();
        (least..=most).contains(&count)
    }

    /// Calls it. Too many arguments are cut to the parameters, as for callbacks; the slots may be taken.
    fn call(&self, args: &mut [Value]) -> Result<Value, Fault>;

    /// Calls it as a script does: the count of arguments must fit, and scalars convert to the types of the parameters.
    fn apply(&self, args: &mut [Value]) -> Result<Value, Fault> {
        self.call(args)
    }

    /// The default of a parameter, computed; `None` if it has none. `reduce` takes its seed from here.
    fn default_of(&self, param: usize) -> Option<Result<Value, Fault>>;
}

/// A function value.
#[derive(Clone)]
pub struct Function(Arc<Box<dyn Callable>>);

impl Function {
    /// Wraps a body.
    pub fn new(body: impl Callable + 'static) -> Self {
        Self(Arc::new(Box::new(body)))
    }

    /// Parameters and result.
    pub fn signature(&self) -> &Signature {
        self.0.signature()
    }

    /// Whether it can be called with so many arguments.
    pub fn takes_count(&self, count: usize) -> bool {
        self.0.takes_count(count)
    }

    /// Calls it; surplus arguments are dropped.
    pub fn call(&self, args: &mut [Value]) -> Result<Value, Fault> {
        self.0.call(args)
    }

    /// Calls it as a script does: the count of arguments must fit, and scalars convert to the types of the parameters.
    pub fn apply(&self, args: &mut [Value]) -> Result<Value, Fault> {
        self.0.apply(args)
    }

    /// The default of a parameter, computed; `None` if it has none.
    pub fn default_of(&self, param: usize) -> Option<Result<Value, Fault>> {
        self.0.default_of(param)
    }
}

impl fmt::Debug for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Function({} parameters)", self.signature().params.len())
    }
}
