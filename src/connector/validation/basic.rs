//! Checks of booleans, nulls, blank text, empty collections and regular expressions.

use super::messages::Text;
use super::validator::{Failure, text_or_null, validator, verdict};
use super::{CONFIG_REF, MESSAGE};
use crate::diag::Fault;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use crate::value::Regex;

const EXPRESSION: Attribute = Attribute::required("expression", Kind::Value, "What has to be true or false.");
const VALUE: Attribute = Attribute::default("value", Kind::Value, "#[payload]", "What is looked at.");
const VALUES: Attribute = Attribute::default("values", Kind::Value, "#[payload]", "The list that is looked at.");

/// `validation:is-true`
pub static IS_TRUE: Spec = Spec {
    name: "validation:is-true",
    doc: "Fails unless a condition holds.",
    attributes: &[EXPRESSION, MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:INVALID_BOOLEAN"],
    example: r##"<validation:is-true expression="#[payload.age >= 18]" message="Come back when you are older"/>"##,
    make: Make::Void(|node| is_boolean(node, true)),
    ..Spec::NEW
};

/// `validation:is-false`
pub static IS_FALSE: Spec = Spec {
    name: "validation:is-false",
    doc: "Fails if a condition holds.",
    attributes: &[EXPRESSION, MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:INVALID_BOOLEAN"],
    example: r##"<validation:is-false expression="#[payload.cancelled]"/>"##,
    make: Make::Void(|node| is_boolean(node, false)),
    ..Spec::NEW
};

fn is_boolean(node: &Node<'_>, expected: bool) -> Box<dyn Processor> {
    let expression = node.expression("expression");
    validator(node, move |event| {
        let found = expression.boolean(event)?;
        Ok(verdict(found == expected, || {
            Failure::new("INVALID_BOOLEAN", Text::Boolean, [&expected.to_string(), &found.to_string()])
        }))
    })
}

/// `validation:is-null`
pub static IS_NULL: Spec = Spec {
    name: "validation:is-null",
    doc: "Fails if there is a value.",
    attributes: &[VALUE, MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:NOT_NULL"],
    example: r##"<validation:is-null value="#[payload.deletedAt]"/>"##,
    make: Make::Void(|node| is_null(node, true)),
    ..Spec::NEW
};

/// `validation:is-not-null`
pub static IS_NOT_NULL: Spec = Spec {
    name: "validation:is-not-null",
    doc: "Fails if there is no value.",
    attributes: &[VALUE, MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:NULL"],
    example: r##"<validation:is-not-null value="#[payload.address]"/>"##,
    make: Make::Void(|node| is_null(node, false)),
    ..Spec::NEW
};

fn is_null(node: &Node<'_>, expected: bool) -> Box<dyn Processor> {
    let value = node.expression("value");
    validator(node, move |event| {
        let failure = || match expected {
            true => Failure::new("NOT_NULL", Text::NotNull, []),
            false => Failure::new("NULL", Text::Null, []),
        };
        Ok(verdict(value.value(event)?.is_null() == expected, failure))
    })
}

/// `validation:is-blank-string`
pub static IS_BLANK: Spec = Spec {
    name: "validation:is-blank-string",
    doc: "Fails if a text has anything but white space in it. Null is blank.",
    attributes: &[VALUE, MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:NOT_BLANK_STRING"],
    example: r##"<validation:is-blank-string value="#[payload.honeypot]"/>"##,
    make: Make::Void(|node| {
        let value = node.expression("value");
        validator(node, move |event| {
            let blank = value.text(event)?.is_none_or(|text| is_blank(&text));
            Ok(verdict(blank, || Failure::new("NOT_BLANK_STRING", Text::NotBlank, [])))
        })
    }),
    ..Spec::NEW
};

/// `validation:is-not-blank-string`
pub static IS_NOT_BLANK: Spec = Spec {
    name: "validation:is-not-blank-string",
    doc: "Fails if a text is null, empty or nothing but white space.",
    attributes: &[VALUE, MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:BLANK_STRING"],
    example: r##"<validation:is-not-blank-string value="#[payload.name]" message="name missing"/>"##,
    make: Make::Void(|node| {
        let value = node.expression("value");
        validator(node, move |event| {
            Ok(match value.text(event)? {
                None => Err(Failure::new("BLANK_STRING", Text::Null, [])),
                Some(text) => verdict(!is_blank(&text), || Failure::new("BLANK_STRING", Text::Blank, [])),
            })
        })
    }),
    ..Spec::NEW
};

/// Java's white space: no spaces that do not break.
fn is_blank(text: &str) -> bool {
    let is_space = |c: char| match c {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => false,
        '\u{1c}'..='\u{1f}' => true,
        c => c.is_whitespace(),
    };
    text.chars().all(is_space)
}

/// `validation:is-empty-collection`
pub static IS_EMPTY: Spec = Spec {
    name: "validation:is-empty-collection",
    doc: "Fails if a list has anything in it. Null is empty.",
    attributes: &[VALUES, MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:NOT_EMPTY_COLLECTION"],
    example: r##"<validation:is-empty-collection values="#[payload.mistakes]"/>"##,
    make: Make::Void(|node| {
        let values = node.expression("values");
        validator(node, move |event| {
            let empty = is_empty(&values, event)?.unwrap_or(true);
            Ok(verdict(empty, || Failure::new("NOT_EMPTY_COLLECTION", Text::NotEmptyCollection, [])))
        })
    }),
    ..Spec::NEW
};

/// `validation:is-not-empty-collection`
pub static IS_NOT_EMPTY: Spec = Spec {
    name: "validation:is-not-empty-collection",
    doc: "Fails if a list is null or empty.",
    attributes: &[VALUES, MESSAGE, CONFIG_REF],
    errors: &["VALIDATION:EMPTY_COLLECTION"],
    example: r##"<validation:is-not-empty-collection values="#[payload.lines]"/>"##,
    make: Make::Void(|node| {
        let values = node.expression("values");
        validator(node, move |event| {
            Ok(match is_empty(&values, event)? {
                None => Err(Failure::new("EMPTY_COLLECTION", Text::Null, [])),
                Some(empty) => verdict(!empty, || Failure::new("EMPTY_COLLECTION", Text::EmptyCollection, [])),
            })
        })
    }),
    ..Spec::NEW
};

/// Whether a list is empty; `None` for null.
fn is_empty(values: &Expression, event: &Event) -> Result<Option<bool>, Error> {
    let value = values.value(event)?;
    if value.is_null() {
        return Ok(None);
    }
    match value.elements() {
        Some(mut elements) => match elements.next().transpose() {
            Ok(first) => Ok(Some(first.is_none())),
            Err(fault) => Err(Error::expression(&values.source(), fault.into())),
        },
        None => {
            let fault = Fault::new(crate::diag::Code::Coercion, format!("{} is no list", value.type_name()));
            Err(Error::expression(&values.source(), fault.into()))
        }
    }
}

/// `validation:matches-regex`
pub static MATCHES_REGEX: Spec = Spec {
    name: "validation:matches-regex",
    doc: "Fails unless a regular expression matches the whole text.",
    attributes: &[
        VALUE,
        Attribute::required("regex", Kind::Value, "The regular expression, as Java has them."),
        Attribute::default("caseSensitive", Kind::Value, "true", "Whether upper and lower case are told apart."),
        MESSAGE,
        CONFIG_REF,
    ],
    errors: &["VALIDATION:MISMATCH"],
    example: r##"<validation:matches-regex value="#[payload.code]" regex="[A-Z]{2}-\d{3}"/>"##,
    make: Make::Void(|node| {
        let (value, regex) = (node.expression("value"), node.expression("regex"));
        let case_sensitive = node.expression("caseSensitive");
        validator(node, move |event| {
            let (text, regex) = (value.text(event)?, text_or_null(&regex, event)?);
            let matches = matches(text.as_deref(), &regex, case_sensitive.boolean(event)?);
            let matches = matches.map_err(|fault| Error::mule("UNKNOWN", fault.to_string()))?;
            let shown = text.as_deref().unwrap_or("null");
            Ok(verdict(matches, || Failure::new("MISMATCH", Text::Regex, [shown, &regex])))
        })
    }),
    ..Spec::NEW
};

/// Whether a regular expression matches the whole of a text; it never matches null.
///
/// # Errors
/// A regular expression that is none.
pub fn matches(text: Option<&str>, regex: &str, case_sensitive: bool) -> Result<bool, Fault> {
    let Some(text) = text else { return Ok(false) };
    let regex = if case_sensitive { regex.to_string() } else { format!("(?i){regex}") };
    Regex::cached(&regex)?.is_full_match(text)
}
