//! Expressions of a configuration: literals, scripts, and texts with scripts in them.

mod around;
mod compile;
mod parts;
mod script;
mod template;

pub use compile::{BINDINGS, Compiler};
pub use parts::Parts;
pub use template::Template;

use crate::diag::Fault;
use crate::flow::event::{Error, Event, Typed};
use crate::value::{Value, coerce};
use script::Script;
use std::sync::Arc;

/// A value of the configuration: a literal, or a script that is run on each event.
#[derive(Clone)]
pub enum Expression {
    /// As it stands.
    Literal(Typed),
    /// Computed.
    Script(Arc<Script>),
}

impl Expression {
    /// A literal text.
    pub fn literal(text: &str) -> Self {
        Self::Literal(Typed::literal(text))
    }

    /// The value for an event, with its media type.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` where the script fails.
    pub fn typed(&self, event: &Event) -> Result<Typed, Error> {
        self.typed_with(event, &[])
    }

    /// The same with further names in scope, those it was compiled with.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` where the script fails.
    pub fn typed_with(&self, event: &Event, more: &[(&str, Value)]) -> Result<Typed, Error> {
        match self {
            Self::Literal(literal) => Ok(literal.clone()),
            Self::Script(script) => script.run(event, more),
        }
    }

    /// The value for an event.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` where the script fails or its result is not what its media type says.
    pub fn value(&self, event: &Event) -> Result<Value, Error> {
        self.typed(event)?.read().map_err(|fault| self.failed(fault))
    }

    /// A value that has to be true or false; the texts `true` and `false` count.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` for anything else; null is false.
    pub fn boolean(&self, event: &Event) -> Result<bool, Error> {
        match self.value(event)? {
            value if value.is_null() => Ok(false),
            value => coerce::to_boolean(&value).map_err(|fault| self.failed(fault)),
        }
    }

    /// The text of one that may be left out; `None` for null as well.
    ///
    /// # Errors
    /// As for [`Expression::text`].
    pub fn text_of(expression: Option<&Self>, event: &Event) -> Result<Option<String>, Error> {
        expression.map_or(Ok(None), |expression| expression.text(event))
    }

    /// A value as text; `None` for null.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` for what has no text.
    pub fn text(&self, event: &Event) -> Result<Option<String>, Error> {
        let typed = self.typed(event)?;
        let value = match self {
            Self::Literal(_) => return Ok(Some(typed.to_text())),
            Self::Script(_) => typed.read().map_err(|fault| self.failed(fault))?,
        };
        match value.bare() {
            Value::Null => Ok(None),
            Value::Object(_) | Value::Array(_) | Value::Binary(_) => Ok(Some(typed.to_text())),
            other => Ok(Some(coerce::to_text(other).map_err(|fault| self.failed(fault))?.to_string())),
        }
    }

    /// A value that has to be a whole number.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` for anything else.
    pub fn integer(&self, event: &Event) -> Result<i64, Error> {
        self.whole_number(&self.value(event)?)
    }

    /// A value that has to be a whole number; `None` for null.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` for anything else.
    pub fn integer_or_null(&self, event: &Event) -> Result<Option<i64>, Error> {
        let value = self.value(event)?;
        if value.is_null() { Ok(None) } else { self.whole_number(&value).map(Some) }
    }

    fn whole_number(&self, value: &Value) -> Result<i64, Error> {
        let number = coerce::to_number(value).map_err(|fault| self.failed(fault))?;
        number.to_i64().ok_or_else(|| {
            let fault = Fault::new(crate::diag::Code::Coercion, format!("{number} is no whole number"));
            self.failed(fault)
        })
    }

    /// The text as written, for messages.
    pub fn source(&self) -> String {
        match self {
            Self::Literal(literal) => literal.to_text(),
            Self::Script(script) => script.text().to_string(),
        }
    }

    fn failed(&self, fault: Fault) -> Error {
        Error::expression(&self.source(), fault.into())
    }
}
