//! The error that a test expects: its type, its exception, its description.

use crate::flow::build::Node;
use crate::flow::event::{Error, ErrorType, Event};
use crate::flow::expression::Expression;

/// What a test expects to fail with; nothing where it should succeed.
pub struct Expected {
    error_type: Option<Expression>,
    exception: Option<Expression>,
    description: Option<Expression>,
}

/// The same, computed.
pub struct Wanted {
    error_type: Option<ErrorType>,
    exception: Option<String>,
    description: Option<String>,
}

impl Expected {
    /// What an element says.
    pub fn of(node: &Node<'_>) -> Self {
        let value = |name: &str| node.value(name).filter(|value| !value.source().trim().is_empty());
        Self {
            error_type: value("expectedErrorType"),
            exception: value("expectedException"),
            description: value("expectedErrorDescription"),
        }
    }

    /// Computes it for an event.
    ///
    /// # Errors
    /// A script that fails; an error type that the app does not have.
    pub fn compute(&self, event: &Event) -> Result<Wanted, String> {
        let text = |value: &Option<Expression>| match value {
            Some(value) => value.text(event).map_err(|error| error.to_string()),
            None => Ok(None),
        };
        let named = text(&self.error_type)?.filter(|name| !name.is_empty());
        let types = event.context.app.error_types();
        let error_type = named.map(|name| types.parse(&name)).transpose();
        let error_type = error_type.map_err(|fault| {
            let hint = fault.hint().map_or_else(String::new, |hint| format!(" ({hint})"));
            format!("the expected error type is not there: {fault}{hint}")
        })?;
        Ok(Wanted { error_type, exception: text(&self.exception)?, description: text(&self.description)? })
    }
}

impl Wanted {
    /// Whether the test should succeed.
    pub fn is_nothing(&self) -> bool {
        self.error_type.is_none() && self.exception.is_none() && self.description.is_none()
    }

    /// Why an error is not the expected one.
    pub fn refuses(&self, error: &Error) -> Option<String> {
        if let Some(wanted) = &self.error_type
            && !all_of(error).any(|error| error.error_type().is(wanted))
        {
            return Some(format!("expected an error of type {wanted}, but it is {}", error.error_type()));
        }
        if let Some(wanted) = &self.exception
            && !all_of(error).any(|error| is_exception(error, wanted))
        {
            let class = error.cause().unwrap_or(DEFAULT_CLASS);
            return Some(format!("expected the exception {wanted}, but it is {class}"));
        }
        let described = |wanted: &&String| all_of(error).any(|e| e.description().contains(wanted.as_str()));
        let wanted = self.description.as_ref().filter(|wanted| !described(wanted))?;
        Some(format!("expected an error that says `{wanted}`, but it says `{}`", error.description()))
    }

    /// What is expected, in words.
    pub fn text(&self) -> String {
        let mut parts = Vec::new();
        parts.extend(self.error_type.as_ref().map(|error_type| format!("of type {error_type}")));
        parts.extend(self.exception.as_ref().map(|class| format!("with the exception {class}")));
        parts.extend(self.description.as_ref().map(|text| format!("that says `{text}`")));
        format!("an error {}", parts.join(", "))
    }
}

/// An error and those that it stands for.
fn all_of(error: &Error) -> impl Iterator<Item = &Error> {
    std::iter::successors(Some(error), |error| error.suppressed())
}

/// The class of errors that come from no Java exception.
const DEFAULT_CLASS: &str = "org.mule.runtime.api.exception.DefaultMuleException";

/// Classes that every exception belongs to.
const ROOTS: [&str; 3] = ["java.lang.Throwable", "java.lang.Exception", "org.mule.runtime.api.exception.MuleException"];

fn is_exception(error: &Error, class: &str) -> bool {
    ROOTS.contains(&class) || error.cause().unwrap_or(DEFAULT_CLASS) == class
}
