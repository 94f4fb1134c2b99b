//! A fault: what failed and why. It is raised without a place; the evaluator adds place and trace, once.

use super::Code;
use crate::text::Place;
use std::fmt;

/// What failed, why, and what to do. Small to move: one pointer.
#[derive(Clone, Debug)]
pub struct Fault(Box<Inner>);

#[derive(Clone, Debug)]
struct Inner {
    code: Code,
    message: String,
    help: Option<String>,
    values: Vec<(String, String)>,
    rescuable: bool,
    place: Option<Place>,
    trace: Vec<Call>,
}

/// One entry of a call trace: who was called, and from where.
#[derive(Clone, Debug)]
pub struct Call {
    /// The function's name, or `<lambda>`.
    pub function: String,
    /// The call's place.
    pub place: Place,
}

impl Fault {
    /// A fault of this code. The message is lower case, without a full stop, with names in backticks.
    pub fn new(code: Code, message: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            code,
            message: message.into(),
            help: None,
            values: Vec::new(),
            rescuable: false,
            place: None,
            trace: Vec::new(),
        }))
    }

    /// A bug of ours.
    pub fn internal(message: impl Into<String>) -> Self {
        Self::new(Code::Internal, message).help("this is a bug in dwrun; please report it with the script")
    }

    /// Adds what to do about it.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// Adds a value that took part, under the name it has for the reader; the text is cut to size when shown.
    pub fn value(mut self, name: impl Into<String>, text: impl Into<String>) -> Self {
        self.0.values.push((name.into(), text.into()));
        self
    }

    /// Marks a fault that `default` replaces: a failed coercion, or a call that failed because an argument is null.
    pub fn rescuable(mut self) -> Self {
        self.0.rescuable = true;
        self
    }

    /// Sets the place unless one is known: the innermost one wins.
    pub fn at(mut self, place: impl FnOnce() -> Place) -> Self {
        if self.0.place.is_none() {
            self.0.place = Some(place());
        }
        self
    }

    /// Moves its places: what `place` knows no better place for stays.
    pub fn relocated(mut self, place: impl Fn(&Place) -> Option<Place>) -> Self {
        let calls = self.0.trace.iter_mut().map(|call| &mut call.place);
        for known in self.0.place.iter_mut().chain(calls) {
            if let Some(better) = place(known) {
                *known = better;
            }
        }
        self
    }

    /// Adds a call to the trace, inner calls first. A long trace keeps its inner end.
    pub fn called_from(mut self, function: &str, place: impl FnOnce() -> Place) -> Self {
        const LONGEST: usize = 24;
        if self.0.trace.len() < LONGEST {
            self.0.trace.push(Call { function: function.to_string(), place: place() });
        }
        self
    }

    /// The family.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What failed.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do, where known.
    pub fn hint(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// What failed and what to do, on one line: for logs and errors that have no place for a hint.
    pub fn in_full(&self) -> String {
        match self.hint() {
            Some(hint) => format!("{self}; {hint}"),
            None => self.to_string(),
        }
    }

    /// The values involved, by name.
    pub fn values(&self) -> &[(String, String)] {
        &self.0.values
    }

    /// Whether `default` replaces it.
    pub fn is_rescuable(&self) -> bool {
        self.0.rescuable
    }

    /// Where it happened, once known.
    pub fn place(&self) -> Option<&Place> {
        self.0.place.as_ref()
    }

    /// The calls that led there, innermost first.
    pub fn trace(&self) -> &[Call] {
        &self.0.trace
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.message)
    }
}

impl std::error::Error for Fault {}
