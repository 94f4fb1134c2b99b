//! Matchers as `MunitTools` makes them: an object with a description and a function.

use crate::diag::Fault;
use crate::flow::event::{Error, Typed};
use crate::value::{Function, Value};

/// A matcher.
pub struct Matcher {
    /// What is wanted.
    pub description: String,
    /// The one value that fits, where there is but one.
    pub expected: Option<Value>,
    accepts: Function,
}

impl Matcher {
    /// The matcher that a value is, if it is one.
    pub fn of(value: &Value) -> Option<Self> {
        let Value::Object(object) = value.bare() else { return None };
        let Value::Function(accepts) = object.get("accepts")?.bare() else { return None };
        let description = object.get("description")?.as_str()?.to_string();
        Some(Self { description, expected: object.get("expected").cloned(), accepts: accepts.clone() })
    }

    /// Whether a value is what is wanted.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` where the value is not what its label says, or the matcher fails on it.
    pub fn accepts(&self, actual: &Typed) -> Result<bool, Error> {
        let failed = |fault: Fault| Error::expression(&self.description, fault.into());
        let encoding = actual.media().charset().map_err(failed)?;
        let encoding = encoding.map_or_else(|| "UTF-8".to_string(), |charset| charset.name().to_string());
        let mut arguments = [actual.read().map_err(failed)?, actual.media().to_string().into(), encoding.into()];
        let accepted = self.accepts.call(&mut arguments).map_err(failed)?;
        Ok(matches!(accepted.bare(), Value::Boolean(true)))
    }
}
