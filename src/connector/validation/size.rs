//! `validation:validate-size`

use super::messages::Text;
use super::number::{shown, whole};
use super::validator::{Failure, Verdict, validator};
use super::{CONFIG_REF, MESSAGE};
use crate::diag::Fault;
use crate::flow::build::Node;
use crate::flow::event::{Error, Event};
use crate::flow::exec::Processor;
use crate::flow::expression::Expression;
use crate::flow::spec::{Attribute, Kind, Make, Spec};
use crate::value::{Number, Value, coerce};

/// `validation:validate-size`
pub static SPEC: Spec = Spec {
    name: "validation:validate-size",
    doc: "Fails unless the length of a text, or the number of elements of a list or an object, is within limits.",
    attributes: &[
        Attribute::default("value", Kind::Value, "#[payload]", "What is measured."),
        Attribute::default("min", Kind::Value, "0", "The least size."),
        Attribute::new("max", Kind::Value, "The largest size; any without it."),
        MESSAGE,
        CONFIG_REF,
    ],
    errors: &["VALIDATION:INVALID_SIZE"],
    example: r##"<validation:validate-size value="#[payload.lines]" min="1" max="100"/>"##,
    make: Make::Void(validate_size),
    ..Spec::NEW
};

fn validate_size(node: &Node<'_>) -> Box<dyn Processor> {
    let (value, least, most) = (node.expression("value"), node.expression("min"), node.value("max"));
    validator(node, move |event| check(event, &value, &least, most.as_ref()))
}

fn check(event: &Event, value: &Expression, least: &Expression, most: Option<&Expression>) -> Result<Verdict, Error> {
    let value = value.value(event)?;
    if value.is_null() {
        return Err(Error::mule("UNKNOWN", "Cannot check size of a null value"));
    }
    let unmeasured = || Error::mule("UNKNOWN", "There was a problem while calculating the size for the validation");
    let size = size_of(&value).ok_or_else(unmeasured)?;
    let limit = |limit: &Expression| -> Result<Option<i64>, Error> {
        let given = limit.value(event)?;
        let wrong = |fault: Fault| Error::expression(&limit.source(), fault.into());
        if given.is_null() { Ok(None) } else { whole(&given).map(Some).map_err(wrong) }
    };
    let (least, most) = (limit(least)?.unwrap_or(0), most.map_or(Ok(None), limit)?);
    let number = |n: i64| shown(&Number::from(n));
    let failure = |text, limit| Failure::new("INVALID_SIZE", text, [&java_text(&value), &number(limit), &number(size)]);
    Ok(match most {
        _ if size < least => Err(failure(Text::TooFew, least)),
        Some(most) if size > most => Err(failure(Text::TooMany, most)),
        _ => Ok(()),
    })
}

/// The length of a text in UTF-16 units, or the number of elements or pairs; `None` for what has no size.
fn size_of(value: &Value) -> Option<i64> {
    let size = match value.bare() {
        Value::String(text) => text.encode_utf16().count(),
        Value::Object(object) => object.len(),
        Value::Binary(bytes) => bytes.len(),
        other => other.elements()?.count(),
    };
    i64::try_from(size).ok()
}

/// A value as Java prints it: `[a, b]`, `{key=value}`.
fn java_text(value: &Value) -> String {
    let listed = |parts: Vec<String>| parts.join(", ");
    match value.bare() {
        Value::Null => "null".to_string(),
        Value::Object(object) => {
            let pairs = object.iter().map(|pair| format!("{}={}", pair.name.local, java_text(pair.value)));
            format!("{{{}}}", listed(pairs.collect()))
        }
        other => match other.elements() {
            Some(elements) => {
                let parts = elements.map(|element| element.map_or_else(|fault| fault.to_string(), |e| java_text(&e)));
                format!("[{}]", listed(parts.collect()))
            }
            None => coerce::to_text(other).map_or_else(|_| other.type_name().to_string(), |text| text.to_string()),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_as_java_shows_them() {
        let list = Value::array(vec![Value::from("a"), Value::Null, Value::array(vec![1.into()])]);
        assert_eq!(java_text(&list), "[a, null, [1]]");
        assert_eq!((size_of(&list), size_of(&Value::from("a😀")), size_of(&Value::from(1))), (Some(3), Some(3), None));
    }
}
