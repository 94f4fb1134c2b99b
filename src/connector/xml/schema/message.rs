//! Mistakes with the codes, the words and the places of the validator that the reference uses (Xerces), as far as they
//! can be told from those of the library.

use crate::connector::xml::document::Violation;
use std::collections::HashMap;
use uppsala::error::ValidationError;
use uppsala::{Document, NodeId, NodeKind};

/// All mistakes: what an element lacks and what stands there instead are one.
pub fn all(tree: &Document<'_>, text: &str, errors: &[ValidationError]) -> Vec<Violation> {
    let reader = Reader { tree, text, elements: elements(tree) };
    let mut out: Vec<Violation> = Vec::new();
    let mut lacking = HashMap::new();
    for (index, error) in errors.iter().enumerate() {
        if let (Some(id), Some(name)) = (reader.element(error), lacked(&error.message)) {
            lacking.entry(id).or_insert((index, name));
        }
    }
    let misplaced: Vec<_> = errors.iter().filter(|error| stranger(&error.message).is_some()).collect();
    let parents: Vec<_> = misplaced.iter().filter_map(|error| reader.parent(error)).collect();
    for (index, error) in errors.iter().enumerate() {
        let id = reader.element(error);
        let told = match (stranger(&error.message), lacked(&error.message), id) {
            (Some(name), ..) => {
                let expected = reader.parent(error).and_then(|parent| lacking.get(&parent));
                Some(unexpected(name, expected.map(|(_, name)| *name)))
            }
            (_, Some(_), Some(id)) if parents.contains(&id) => None,
            (_, Some(name), Some(id)) if lacking.get(&id).is_some_and(|(first, _)| *first == index) => {
                Some(incomplete(&reader.name(id), name))
            }
            (_, Some(_), Some(_)) => None,
            _ if is_echo(&error.message) => {
                let known = id.is_some_and(|id| lacking.contains_key(&id) || parents.contains(&id));
                (!known).then(|| incomplete(&id.map(|id| reader.name(id)).unwrap_or_default(), ""))
            }
            _ => Some(plain(&error.message, &id.map(|id| reader.name(id)).unwrap_or_default())),
        };
        if let Some(text) = told {
            let violation = reader.placed(error, id, text);
            if !out.contains(&violation) {
                out.push(violation);
            }
        }
    }
    out
}

/// The element that stands where it may not.
fn stranger(message: &str) -> Option<&str> {
    let name = message.strip_prefix("Unexpected element '").or_else(|| {
        message.ends_with("does not match any choice alternative").then(|| message.strip_prefix("Element '"))?
    })?;
    name.split('\'').next()
}

/// The element that another one lacks.
fn lacked(message: &str) -> Option<&str> {
    let is_it = message.starts_with("Expected at least") && message.contains("of element '");
    let name = match is_it {
        true => message.split("of element '").nth(1)?,
        false => message.strip_prefix("Required element '").filter(|_| message.ends_with("missing in all group"))?,
    };
    name.split('\'').next()
}

/// Whether a message says once more that something is missing.
fn is_echo(message: &str) -> bool {
    message.starts_with("Sequence must occur") || message.starts_with("Expected one of the choice alternatives")
}

fn unexpected(name: &str, expected: Option<&str>) -> String {
    match expected {
        Some(expected) => format!(
            "cvc-complex-type.2.4.a: Invalid content was found starting with element '{name}'. One of '{{{expected}}}' is expected."
        ),
        None => format!(
            "cvc-complex-type.2.4.d: Invalid content was found starting with element '{name}'. No child element is expected at this point."
        ),
    }
}

fn incomplete(name: &str, expected: &str) -> String {
    let what = if expected.is_empty() { String::new() } else { format!(" One of '{{{expected}}}' is expected.") };
    format!("cvc-complex-type.2.4.b: The content of element '{name}' is not complete.{what}")
}

/// A message that stands for itself.
fn plain(message: &str, element: &str) -> String {
    let quoted = message.split('\'').nth(1).unwrap_or_default();
    let is = |start: &str, end: &str| message.starts_with(start) && message.contains(end);
    if is("Required attribute '", "is missing") {
        format!("cvc-complex-type.4: Attribute '{quoted}' must appear on element '{element}'.")
    } else if is("Attribute '", "is not allowed") {
        format!("cvc-complex-type.3.2.2: Attribute '{quoted}' is not allowed to appear in element '{element}'.")
    } else if is("No element declaration found", "") {
        format!("cvc-elt.1.a: Cannot find the declaration of element '{quoted}'.")
    } else if is("Non-whitespace text", "") {
        format!(
            "cvc-complex-type.2.3: Element '{element}' cannot have character [children], because the type's content type is element-only."
        )
    } else if is("'", "is not one of the allowed values: ") {
        let options = message.rsplit_once("values: ").map_or("", |(_, options)| options).replace('"', "");
        format!(
            "cvc-enumeration-valid: Value '{quoted}' is not facet-valid with respect to enumeration '{options}'. It must be a value from the enumeration."
        )
    } else if is("'", "is not a valid ") || is("'", "is not valid ") {
        let kind = message.rsplit(' ').next().unwrap_or_default();
        format!("cvc-datatype-valid.1.2.1: '{quoted}' is not a valid value for '{kind}'.")
    } else {
        match code(message) {
            "" => message.to_string(),
            code => format!("{code}: {message}"),
        }
    }
}

/// The code of a message that has no words of the vendor's.
fn code(message: &str) -> &'static str {
    const CODES: &[(&str, &str)] = &[
        ("does not match pattern", "cvc-pattern-valid"),
        ("minLength", "cvc-minLength-valid"),
        ("maxLength", "cvc-maxLength-valid"),
        ("does not match length", "cvc-length-valid"),
        ("minInclusive", "cvc-minInclusive-valid"),
        ("maxInclusive", "cvc-maxInclusive-valid"),
        ("minExclusive", "cvc-minExclusive-valid"),
        ("maxExclusive", "cvc-maxExclusive-valid"),
        ("totalDigits", "cvc-totalDigits-valid"),
        ("fractionDigits", "cvc-fractionDigits-valid"),
        ("duplicate value", "cvc-identity-constraint.4.1"),
        ("no matching key value", "cvc-identity-constraint.4.3"),
        ("field value missing", "cvc-identity-constraint.4.2.1"),
        ("is abstract", "cvc-elt.2"),
        ("non-nillable", "cvc-elt.3.1"),
        ("must have no content", "cvc-elt.3.2.1"),
        ("xsi:type", "cvc-elt.4.2"),
        ("has fixed value", "cvc-elt.5.2.2.2.2"),
        ("contains child elements", "cvc-type.3.1.2"),
        ("empty content", "cvc-complex-type.2.1"),
        ("not found", "src-resolve"),
    ];
    CODES.iter().find(|(word, _)| message.contains(word)).map_or("", |(_, code)| code)
}

/// The mistakes that are known at the end of an element.
const OF_CONTENT: &[&str] =
    &["cvc-datatype", "cvc-complex-type.2.3", "cvc-complex-type.2.4.b", "cvc-enumeration", "cvc-pattern", "cvc-m"];

struct Reader<'t, 'd> {
    tree: &'t Document<'d>,
    text: &'t str,
    /// The elements by lines and columns.
    elements: HashMap<(usize, usize), NodeId>,
}

/// Elements by their places, and by those of the texts in them.
fn elements(tree: &Document<'_>) -> HashMap<(usize, usize), NodeId> {
    let Some(root) = tree.document_element() else { return HashMap::new() };
    let all = std::iter::once(root).chain(tree.descendants(root));
    let element = |id: NodeId| match tree.node_kind(id)? {
        NodeKind::Element(_) => Some(id),
        NodeKind::Text(_) | NodeKind::CData(_) => tree.parent(id),
        _ => None,
    };
    all.filter_map(|id| Some(((tree.node_line(id), tree.node_column(id)), element(id)?))).collect()
}

impl Reader<'_, '_> {
    fn element(&self, error: &ValidationError) -> Option<NodeId> {
        self.elements.get(&(error.line?, error.column?)).copied()
    }

    fn parent(&self, error: &ValidationError) -> Option<NodeId> {
        self.tree.parent(self.element(error)?)
    }

    fn name(&self, id: NodeId) -> String {
        self.tree.element(id).map(|element| element.name.prefixed_name().into_owned()).unwrap_or_default()
    }

    /// A mistake at the end of the start tag, or of the whole element where its content is what is wrong.
    fn placed(&self, error: &ValidationError, id: Option<NodeId>, text: String) -> Violation {
        let range = id.and_then(|id| self.tree.node_range(id));
        let end = range.map(|range| match OF_CONTENT.iter().any(|code| text.starts_with(code)) {
            true => range.end,
            false => range.start + tag_length(&self.text[range.start..range.end]),
        });
        let (line, column) = match end.and_then(|end| self.text.get(..end)) {
            Some(before) => {
                let line = before.rsplit('\n').next().unwrap_or_default();
                (before.matches('\n').count() + 1, line.chars().count() + 1)
            }
            None => (error.line.unwrap_or(1), error.column.unwrap_or(1)),
        };
        Violation { line, column, text }
    }
}

/// How long the tag is that a text begins with.
fn tag_length(text: &str) -> usize {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    text.len()
}
