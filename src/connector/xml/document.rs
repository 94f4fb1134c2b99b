//! Documents as trees, read within limits.

use crate::flow::event::{Error, Event, Message, Typed};
use crate::format::xml::decode;
use crate::value::{ObjectBuilder, Value};
use std::borrow::Cow;
use uppsala::{Document, Parser, XmlError};

/// How deep elements may nest: what walks over trees recurses.
pub const MAX_DEPTH: u32 = 1_000;
/// How many bytes entities may become.
const MAX_EXPANSION: usize = 8 << 20;

/// Something wrong at a place of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Violation {
    /// Its line, from 1.
    pub line: usize,
    /// Its column, from 1.
    pub column: usize,
    /// What is wrong.
    pub text: String,
}

/// Why an operation failed: the identifier of an error's type, its text, and what is wrong with the document.
#[derive(Debug)]
pub struct Failure {
    /// The identifier of the error's type.
    pub identifier: &'static str,
    /// What went wrong.
    pub text: String,
    /// What is wrong with the document.
    pub violations: Vec<Violation>,
}

impl Failure {
    /// A failure in plain words.
    pub fn new(identifier: &'static str, text: impl Into<String>) -> Self {
        Self { identifier, text: text.into(), violations: Vec::new() }
    }

    /// A document that is not well-formed, or beyond the limits.
    pub fn input(violation: Violation) -> Self {
        Self {
            violations: vec![violation],
            ..Self::new("INVALID_INPUT_XML", "Cannot parse input XML because it is invalid.")
        }
    }

    /// As the error of an event.
    pub fn error(self, event: &Event) -> Error {
        let error = Error::named(event, &format!("XML-MODULE:{}", self.identifier), self.text);
        let Some(first) = self.violations.first() else { return error };
        let error = match self.identifier {
            "INVALID_INPUT_XML" => error.with_detail(format!("{}:{}: {}", first.line, first.column, first.text)),
            _ => error,
        };
        let problems = self.violations.iter().map(|violation| {
            let mut problem = ObjectBuilder::with_capacity(3);
            problem.field("lineNumber", Value::count(violation.line));
            problem.field("columnNumber", Value::count(violation.column));
            problem.field("description", violation.text.as_str());
            problem.value()
        });
        error.with_message(Message::of(Typed::value(Value::array(problems.collect()))))
    }
}

/// The text of content.
///
/// # Errors
/// Content that is not in the character set that it names.
pub fn text(content: &[u8]) -> Result<Cow<'_, str>, Failure> {
    decode::text("content", content, None)
        .map_err(|fault| Failure::input(Violation { line: 1, column: 1, text: fault.to_string() }))
}

/// The tree of a document.
///
/// # Errors
/// What is not well-formed; a document type, where `entities` are not allowed; nesting and entities beyond the limits.
pub fn parse(text: &str, entities: bool) -> Result<Document<'_>, Violation> {
    let parser =
        Parser::new().with_max_depth(MAX_DEPTH).with_max_entity_expansion(MAX_EXPANSION).with_forbid_dtd(!entities);
    parser.parse(text).map_err(|error| violation(&error))
}

fn violation(error: &XmlError) -> Violation {
    let (line, column, text) = match error {
        XmlError::WellFormedness(e) => (e.line, e.column, e.message.clone()),
        XmlError::Namespace(e) => (e.line, e.column, e.message.clone()),
        XmlError::Parse(e) => (e.line, e.column, e.message.clone()),
        XmlError::Validation(e) => (e.line.unwrap_or(1), e.column.unwrap_or(1), e.message.clone()),
        XmlError::XPath(e) => (1, 1, e.message.clone()),
        XmlError::UnexpectedEof => (1, 1, "XML document structures must start and end within the same entity.".into()),
    };
    let text = if text.starts_with("DOCTYPE") {
        "DOCTYPE is disallowed: `expandEntities` of the operation or of its config allows it".to_string()
    } else {
        text
    };
    Violation { line: line.max(1), column: column.max(1), text }
}
