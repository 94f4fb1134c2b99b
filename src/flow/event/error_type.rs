//! The tree of error types: Mule's own, those of connectors, those an app raises or maps.

use crate::diag::{Code, Fault, nearest};
use std::fmt;
use std::sync::{Arc, LazyLock};

/// An error type: `HTTP:TIMEOUT` with its parents.
#[derive(Clone, Debug)]
pub struct ErrorType(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    namespace: String,
    identifier: String,
    parent: Option<ErrorType>,
}

impl ErrorType {
    /// One of Mule's own types. The name is one of this file's table.
    pub fn mule(identifier: &str) -> ErrorType {
        static CORE_TYPES: LazyLock<ErrorTypes> = LazyLock::new(ErrorTypes::default);
        CORE_TYPES.core(identifier)
    }

    /// The part before the colon.
    pub fn namespace(&self) -> &str {
        &self.0.namespace
    }

    /// The part behind the colon.
    pub fn identifier(&self) -> &str {
        &self.0.identifier
    }

    /// The type above it.
    pub fn parent(&self) -> Option<&ErrorType> {
        self.0.parent.as_ref()
    }

    /// Whether Mule keeps it to itself: nothing raises it by name or handles it.
    pub fn is_internal(&self) -> bool {
        self.0.namespace == MULE && INTERNAL.contains(&self.0.identifier.as_str())
    }

    /// Whether it is this type or below it.
    pub fn is(&self, other: &ErrorType) -> bool {
        std::iter::successors(Some(self), |t| t.parent()).any(|t| t == other)
    }
}

impl PartialEq for ErrorType {
    fn eq(&self, other: &Self) -> bool {
        self.0.namespace == other.0.namespace && self.0.identifier == other.0.identifier
    }
}

impl Eq for ErrorType {}

impl fmt::Display for ErrorType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.0.namespace, self.0.identifier)
    }
}

/// Mule's own types and their parents, parents first (mule `MuleCoreErrorTypeRepository`).
const CORE: &[(&str, Option<&str>)] = &[
    ("ANY", None),
    ("TRANSFORMATION", Some("ANY")),
    ("EXPRESSION", Some("ANY")),
    ("VALIDATION", Some("ANY")),
    ("DUPLICATE_MESSAGE", Some("VALIDATION")),
    ("REDELIVERY_EXHAUSTED", Some("ANY")),
    ("CONNECTIVITY", Some("ANY")),
    ("RETRY_EXHAUSTED", Some("CONNECTIVITY")),
    ("ROUTING", Some("ANY")),
    ("COMPOSITE_ROUTING", Some("ROUTING")),
    ("SECURITY", Some("ANY")),
    ("CLIENT_SECURITY", Some("SECURITY")),
    ("SERVER_SECURITY", Some("SECURITY")),
    ("NOT_PERMITTED", Some("SERVER_SECURITY")),
    ("STREAM_MAXIMUM_SIZE_EXCEEDED", Some("ANY")),
    ("TRANSACTION", Some("ANY")),
    ("TIMEOUT", Some("ANY")),
    ("UNKNOWN", Some("ANY")),
    ("SOURCE", Some("ANY")),
    ("SOURCE_RESPONSE", Some("SOURCE")),
    ("SOURCE_RESPONSE_GENERATE", Some("SOURCE_RESPONSE")),
    ("SOURCE_RESPONSE_SEND", Some("SOURCE_RESPONSE")),
    ("SOURCE_ERROR_RESPONSE_GENERATE", Some("SOURCE")),
    ("SOURCE_ERROR_RESPONSE_SEND", Some("SOURCE")),
    ("CRITICAL", None),
    ("OVERLOAD", Some("CRITICAL")),
    ("FLOW_BACK_PRESSURE", Some("OVERLOAD")),
    ("FATAL_JVM_ERROR", Some("CRITICAL")),
];

const MULE: &str = "MULE";

/// The types that Mule keeps to itself (mule `MuleCoreErrorTypeRepository.addInternalErrorType`).
const INTERNAL: &[&str] = &[
    "CRITICAL",
    "FATAL_JVM_ERROR",
    "FLOW_BACK_PRESSURE",
    "OVERLOAD",
    "SOURCE",
    "SOURCE_ERROR_RESPONSE_GENERATE",
    "SOURCE_ERROR_RESPONSE_SEND",
    "UNKNOWN",
];

/// The error types of an app.
#[derive(Debug)]
pub struct ErrorTypes {
    known: Vec<ErrorType>,
}

impl Default for ErrorTypes {
    /// Mule's own types.
    fn default() -> Self {
        let mut types = Self { known: Vec::new() };
        for (identifier, parent) in CORE {
            let parent = parent.and_then(|p| types.find(MULE, p));
            types.add(MULE, identifier, parent);
        }
        types
    }
}

impl ErrorTypes {
    /// The type `NAMESPACE:IDENTIFIER`, if it is known.
    pub fn find(&self, namespace: &str, identifier: &str) -> Option<ErrorType> {
        self.known.iter().find(|t| t.namespace() == namespace && t.identifier() == identifier).cloned()
    }

    /// The type as text names it: `HTTP:TIMEOUT`, or `TIMEOUT` for one of Mule's own.
    pub fn parse(&self, text: &str) -> Result<ErrorType, Fault> {
        let (namespace, identifier) = split(text);
        self.find(namespace, identifier).ok_or_else(|| self.unknown(text))
    }

    /// The same for handlers and mappings, which may not name types that Mule keeps to itself.
    fn parse_handled(&self, text: &str) -> Result<ErrorType, Fault> {
        let (namespace, identifier) = split(text);
        match self.find(namespace, identifier) {
            Some(found) if !found.is_internal() => Ok(found),
            Some(_) => Err(Fault::new(Code::Configuration, format!("Could not find error '{text}'"))
                .help("Mule keeps this type to itself: `ANY` takes all that can be handled")),
            None => Err(self.unknown(text)),
        }
    }

    /// One of Mule's own types. The name is one of this file's table.
    pub fn core(&self, identifier: &str) -> ErrorType {
        self.find(MULE, identifier).unwrap_or_else(|| self.known[0].clone())
    }

    /// Adds a type (`ANY` above it unless said otherwise) and gives it; a known one is given as it is.
    pub fn declare(&mut self, namespace: &str, identifier: &str, parent: Option<ErrorType>) -> ErrorType {
        match self.find(namespace, identifier) {
            Some(known) => known,
            None => {
                let parent = parent.or_else(|| self.find(MULE, "ANY"));
                self.add(namespace, identifier, parent)
            }
        }
    }

    fn add(&mut self, namespace: &str, identifier: &str, parent: Option<ErrorType>) -> ErrorType {
        let inner = Inner { namespace: namespace.to_string(), identifier: identifier.to_string(), parent };
        let added = ErrorType(Arc::new(inner));
        self.known.push(added.clone());
        added
    }

    fn unknown(&self, text: &str) -> Fault {
        let fault = Fault::new(Code::Configuration, format!("Could not find error '{text}'"));
        let (namespace, identifier) = split(text);
        let near = self.known.iter().filter(|t| t.namespace() == namespace).map(|t| t.identifier());
        match nearest(identifier, near) {
            Some(near) => fault.help(format!("did you mean `{namespace}:{near}`?")),
            None => fault.help("raise it, map to it, or use a connector that has it"),
        }
    }
}

fn split(text: &str) -> (&str, &str) {
    let text = text.trim();
    text.split_once(':').unwrap_or((MULE, text))
}

/// The `type` attribute of a handler: what it takes.
#[derive(Clone, Debug, Default)]
pub struct Matcher(Vec<Pattern>);

#[derive(Clone, Debug)]
enum Pattern {
    /// This type and those below it.
    Type(ErrorType),
    /// `NS:*`
    Namespace(String),
    /// `*:ID`
    Identifier(String),
    /// `*:*`
    Everything,
}

impl Matcher {
    /// Reads `A, NS:B, NS:*, *:C`. Types that nothing declares are faults.
    pub fn parse(text: &str, types: &ErrorTypes) -> Result<Self, Fault> {
        let pattern = |part: &str| match split(part) {
            ("*", "*") => Ok(Pattern::Everything),
            (namespace, "*") => Ok(Pattern::Namespace(namespace.to_string())),
            ("*", identifier) => Ok(Pattern::Identifier(identifier.to_string())),
            _ => types.parse_handled(part).map(Pattern::Type),
        };
        text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(pattern).collect::<Result<_, _>>().map(Self)
    }

    /// The first of its types that is this one or below it.
    pub fn below(&self, above: &ErrorType) -> Option<&ErrorType> {
        self.0.iter().find_map(|pattern| match pattern {
            Pattern::Type(found) if found.is(above) => Some(found),
            _ => None,
        })
    }

    /// Whether an error of this type is taken. `ANY` does not take the critical ones.
    pub fn takes(&self, found: &ErrorType) -> bool {
        self.0.iter().any(|pattern| match pattern {
            Pattern::Type(wanted) => found.is(wanted),
            Pattern::Namespace(namespace) => found.namespace() == namespace,
            Pattern::Identifier(identifier) => found.identifier() == identifier,
            Pattern::Everything => true,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handlers_take_types_and_those_below() {
        let mut types = ErrorTypes::default();
        let connectivity = types.core("CONNECTIVITY");
        types.declare("HTTP", "CONNECTIVITY", Some(connectivity));
        types.declare("ORDER", "LATE", None);
        for (handler, error, takes) in [
            ("ANY", "HTTP:CONNECTIVITY", true),
            ("ANY", "FLOW_BACK_PRESSURE", false),
            ("CONNECTIVITY", "HTTP:CONNECTIVITY", true),
            ("CONNECTIVITY", "RETRY_EXHAUSTED", true),
            ("HTTP:CONNECTIVITY", "CONNECTIVITY", false),
            ("EXPRESSION , ORDER:LATE", "ORDER:LATE", true),
            ("HTTP:*", "HTTP:CONNECTIVITY", true),
            ("HTTP:*", "ORDER:LATE", false),
            ("ANY", "UNKNOWN", true),
            ("*:CONNECTIVITY", "HTTP:CONNECTIVITY", true),
            ("*:CONNECTIVITY", "MULE:CONNECTIVITY", true),
        ] {
            let matcher = Matcher::parse(handler, &types).unwrap();
            assert_eq!(matcher.takes(&types.parse(error).unwrap()), takes, "{handler} {error}");
        }
    }

    #[test]
    fn unknown_types_are_refused_with_the_nearest_name() {
        let fault = Matcher::parse("CONECTIVITY", &ErrorTypes::default()).unwrap_err();
        assert_eq!(fault.hint(), Some("did you mean `MULE:CONNECTIVITY`?"));
        assert!(Matcher::parse("SOURCE_ERROR_RESPONSE_SEND", &ErrorTypes::default()).is_err());
    }
}
