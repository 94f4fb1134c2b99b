//! Errors of flows: a type, texts for people, the place, and what belongs to them.

use super::{ErrorType, Event, Message};
use crate::diag::Report;
use crate::flow::exec::Location;
use std::fmt;
use std::sync::Arc;

/// Why a component failed. Cheap to clone.
#[derive(Clone)]
pub struct Error(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    error_type: ErrorType,
    description: String,
    detail: Option<String>,
    /// The name of what raised it, as `error.cause` tells it.
    cause: Option<String>,
    message: Option<Message>,
    children: Vec<Error>,
    /// The error that this one stands for, in whose type handlers look as well.
    suppressed: Option<Error>,
    location: Option<Arc<Location>>,
    report: Option<Arc<Report>>,
    /// Whether the log has it already.
    logged: bool,
}

impl Error {
    /// An error of a type. The description is a text for people; Mule says `unknown description` where there is none.
    pub fn new(error_type: ErrorType, description: impl Into<String>) -> Self {
        Self(Arc::new(Inner {
            error_type,
            description: description.into(),
            detail: None,
            cause: None,
            message: None,
            children: Vec::new(),
            suppressed: None,
            location: None,
            report: None,
            logged: false,
        }))
    }

    /// An error of one of Mule's own types.
    pub fn mule(identifier: &str, description: impl Into<String>) -> Self {
        Self::new(ErrorType::mule(identifier), description)
    }

    /// An error of a type of a connector, `VM:EMPTY_QUEUE`: the app of the event knows it, as it uses the connector.
    pub fn named(event: &Event, name: &str, description: impl Into<String>) -> Self {
        let known = event.context.app.error_types().parse(name);
        Self::new(known.unwrap_or_else(|_| ErrorType::mule("UNKNOWN")), description)
    }

    /// A failed expression: `"why" evaluating expression: "text".`
    pub fn expression(text: &str, report: Report) -> Self {
        let why = report.faults().first().map_or_else(String::new, ToString::to_string);
        let mut error = Self::mule("EXPRESSION", format!("\"{why}\" evaluating expression: \"{}\".", text.trim()));
        error.change().report = Some(Arc::new(report));
        error
    }

    fn change(&mut self) -> &mut Inner {
        Arc::make_mut(&mut self.0)
    }

    /// Says more than the description does.
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.change().detail = Some(detail.into());
        self
    }

    /// Names what raised it, as Java names classes.
    pub fn with_cause(mut self, cause: impl Into<String>) -> Self {
        self.change().cause = Some(cause.into());
        self
    }

    /// Adds the message that belongs to it: `error.errorMessage`.
    pub fn with_message(mut self, message: Message) -> Self {
        self.change().message = Some(message);
        self
    }

    /// Adds the errors that it sums up: `error.childErrors`.
    pub fn with_children(mut self, children: Vec<Error>) -> Self {
        self.change().children = children;
        self
    }

    /// Names the error that it stands for.
    pub fn suppressing(mut self, suppressed: Error) -> Self {
        self.change().suppressed = Some(suppressed);
        self
    }

    /// The same error of another type.
    pub fn with_type(mut self, error_type: ErrorType) -> Self {
        self.change().error_type = error_type;
        self
    }

    /// Says which component failed, unless that is known: the innermost one wins.
    pub fn at(mut self, location: &Arc<Location>) -> Self {
        if self.0.location.is_none() {
            self.change().location = Some(location.clone());
        }
        self
    }

    /// Notes that the log has it; gives whether that is new.
    pub fn mark_logged(&mut self) -> bool {
        !std::mem::replace(&mut self.change().logged, true)
    }

    /// Its type.
    pub fn error_type(&self) -> &ErrorType {
        &self.0.error_type
    }

    /// What failed.
    pub fn description(&self) -> &str {
        match self.0.description.as_str() {
            "" => "unknown description",
            text => text,
        }
    }

    /// What failed, at length; the description where nothing more is known.
    pub fn detail(&self) -> &str {
        self.0.detail.as_deref().unwrap_or_else(|| self.description())
    }

    /// The name of what raised it.
    pub fn cause(&self) -> Option<&str> {
        self.0.cause.as_deref()
    }

    /// The message that belongs to it.
    pub fn message(&self) -> Option<&Message> {
        self.0.message.as_ref()
    }

    /// The errors that it sums up.
    pub fn children(&self) -> &[Error] {
        &self.0.children
    }

    /// The error that it stands for.
    pub fn suppressed(&self) -> Option<&Error> {
        self.0.suppressed.as_ref()
    }

    /// The component that failed.
    pub fn location(&self) -> Option<&Arc<Location>> {
        self.0.location.as_ref()
    }

    /// The report of the failed expression, with its place in the configuration.
    pub fn report(&self) -> Option<&Report> {
        self.0.report.as_deref()
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for Error {
    /// `NS:ID: description`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.error_type(), self.description())
    }
}

impl std::error::Error for Error {}
