//! Which processors a mock, a spy or a verification means: by name and by the values of their attributes.

use crate::flow::build::Node;
use crate::flow::config::Name;
use crate::flow::event::{Error, Event, Typed};
use crate::flow::exec::Component;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Occurs, Part, Spec};
use crate::munit::assert::Matcher;
use crate::value::{Value, coerce, ops};
use fancy_regex::Regex;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

static WITH_ATTRIBUTE: Spec = Spec {
    name: "munit-tools:with-attribute",
    doc: "An attribute that the processor has to have.",
    attributes: &[
        Attribute::required("attributeName", Kind::Value, "Its name, as in `config-ref` or `doc:name`."),
        Attribute::required("whereValue", Kind::Value, "Its value, or a matcher."),
    ],
    ..Spec::NEW
};

/// `munit-tools:with-attributes`
pub static WITH_ATTRIBUTES: Spec = Spec {
    name: "munit-tools:with-attributes",
    doc: "The attributes that the processor has to have.",
    parts: &[Part { spec: &WITH_ATTRIBUTE, occurs: Occurs::Any }],
    ..Spec::NEW
};

/// The attribute that names processors.
pub const PROCESSOR: Attribute = Attribute::required(
    "processor",
    Kind::Value,
    "The element, as in `http:request`; a regular expression may stand for several.",
);

/// Names of processors.
#[derive(Clone, Debug)]
pub struct Pattern {
    text: String,
    regex: Option<Regex>,
}

impl Pattern {
    /// The names that a text stands for; what is no regular expression stands for itself.
    pub fn new(text: &str) -> Self {
        let regex = Regex::new(&format!("^(?:{text})$")).ok();
        Self { text: text.to_string(), regex }
    }

    /// Whether it is a processor of this name; those of the core may have `mule:` before it.
    pub fn is(&self, name: &Name) -> bool {
        let text = name.to_string();
        let takes =
            |text: &str| text == self.text || self.regex.as_ref().is_some_and(|r| r.is_match(text).unwrap_or(false));
        takes(&text) || (name.module.is_empty() && takes(&format!("mule:{text}")))
    }
}

/// What an element of a test says about the processors it means.
pub struct Selection {
    processor: Expression,
    attributes: Vec<(Expression, Expression)>,
}

impl Selection {
    /// What an element says.
    pub fn of(node: &Node<'_>) -> Self {
        let attributes = node.part(WITH_ATTRIBUTES.name).map(|all| all.parts(WITH_ATTRIBUTE.name)).unwrap_or_default();
        let attributes =
            attributes.iter().map(|node| (node.expression("attributeName"), node.expression("whereValue")));
        Self { processor: node.expression("processor"), attributes: attributes.collect() }
    }

    /// The same, computed for an event.
    ///
    /// # Errors
    /// `MULE:EXPRESSION` where a script fails.
    pub fn compute(&self, event: &Event) -> Result<Selector, Error> {
        let attribute =
            |(name, value): &(Expression, Expression)| Ok((name.text(event)?.unwrap_or_default(), value.value(event)?));
        let attributes = self.attributes.iter().map(attribute).collect::<Result<_, Error>>()?;
        let processor = Pattern::new(self.processor.text(event)?.unwrap_or_default().trim());
        Ok(Selector { processor, attributes, compiled: Mutex::default() })
    }
}

/// Which processors are meant.
pub struct Selector {
    processor: Pattern,
    attributes: Vec<(String, Value)>,
    /// The attributes of processors, compiled; `None` for what is no expression.
    compiled: Mutex<HashMap<String, Option<Expression>>>,
}

impl Selector {
    /// Whether it names attributes.
    pub fn is_precise(&self) -> bool {
        !self.attributes.is_empty()
    }

    /// Whether a component is meant; its attributes are computed for the event that it is called with.
    pub fn takes(&self, component: &Component, event: &Event) -> bool {
        let has = |(name, wanted): &(String, Value)| {
            let found = component.attributes.iter().find(|(known, _)| known == name);
            found.is_some_and(|(_, text)| self.has_value(text, wanted, event))
        };
        self.processor.is(&component.name) && self.attributes.iter().all(has)
    }

    /// Whether the text of an attribute stands for a value. A script that fails stands for none.
    fn has_value(&self, text: &str, wanted: &Value, event: &Event) -> bool {
        let Some(Ok(given)) = self.expression(text, event).map(|expression| expression.typed(event)) else {
            return false;
        };
        match Matcher::of(wanted) {
            Some(matcher) => matcher.accepts(&given).unwrap_or(false),
            None => is_same(&given, wanted),
        }
    }

    fn expression(&self, text: &str, event: &Event) -> Option<Expression> {
        let mut compiled = self.compiled.lock().unwrap_or_else(PoisonError::into_inner);
        let compile = || event.context.app.compiler().loose(text).ok();
        compiled.entry(text.to_string()).or_insert_with(compile).clone()
    }
}

/// Texts of the configuration stand for numbers and truth values, too.
fn is_same(given: &Typed, wanted: &Value) -> bool {
    let Ok(given) = given.read() else { return false };
    let text = |value: &Value| coerce::to_text(value).map(|text| text.trim().to_string());
    ops::equal(&given, wanted).unwrap_or(false)
        || matches!((text(&given), text(wanted)), (Ok(given), Ok(wanted)) if given == wanted)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole_and_may_be_regular_expressions() {
        let name = |text: &str| match text.split_once(':') {
            Some((module, local)) => Name::new(module, local),
            None => Name::new("", text),
        };
        for (pattern, processor, is) in [
            ("flow-ref", "flow-ref", true),
            ("mule:flow-ref", "flow-ref", true),
            (".*:request", "http:request", true),
            ("http:.*", "http:request", true),
            ("http:req", "http:request", false),
            ("set-payload", "ee:set-payload", false),
            ("*", "logger", false),
        ] {
            assert_eq!(Pattern::new(pattern).is(&name(processor)), is, "{pattern} {processor}");
        }
    }
}
