//! Names with several values: headers, query parameters.

use crate::diag::{Code, Fault};
use crate::value::{Object, ObjectBuilder, QName, Shape, Value, coerce};
use hyper::HeaderMap;
use hyper::header::{HeaderName, HeaderValue};

/// Headers as expressions see them: lower-case names, found in any case.
pub fn headers(map: &HeaderMap) -> Value {
    folding(map.iter().map(|(name, value)| (name.as_str(), text(value))))
}

/// Pairs of lower-case names and texts as an object whose names are found in any case.
pub fn folding(pairs: impl IntoIterator<Item = (impl AsRef<str>, String)>) -> Value {
    let pairs = pairs.into_iter().map(|(name, value)| (QName::local(name), Value::string(value)));
    let (names, values) = pairs.unzip();
    Value::Object(Object::of_shape(Shape::folding_case(names), values))
}

/// A header's value; bytes that are no UTF-8 count as Latin-1.
pub fn text(value: &HeaderValue) -> String {
    match std::str::from_utf8(value.as_bytes()) {
        Ok(text) => text.to_string(),
        Err(_) => value.as_bytes().iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Pairs of texts as an object.
pub fn object(pairs: Vec<(String, String)>) -> Value {
    let mut object = ObjectBuilder::with_capacity(pairs.len());
    for (name, value) in pairs {
        object.field(name, value);
    }
    object.value()
}

/// The pairs of an object; a list gives a pair for each of its items, and null none.
///
/// # Errors
/// What is no object; values that have no text.
pub fn pairs(value: &Value) -> Result<Vec<(String, String)>, Fault> {
    let object = match value.bare() {
        Value::Null => return Ok(Vec::new()),
        Value::Object(object) => object,
        other => {
            let fault =
                Fault::new(Code::Type, format!("names and values have to be an object, not {}", other.type_name()));
            return Err(fault.help("write them as `{name: value}`"));
        }
    };
    let mut pairs = Vec::with_capacity(object.len());
    for pair in object.iter() {
        let name = pair.name.local.as_str();
        match pair.value.bare() {
            Value::Null => {}
            Value::Array(items) => {
                for item in items.iter() {
                    pairs.push((name.to_string(), coerce::to_text(&item?)?.to_string()));
                }
            }
            one => pairs.push((name.to_string(), coerce::to_text(one)?.to_string())),
        }
    }
    Ok(pairs)
}

/// A header for the wire.
///
/// # Errors
/// Characters that headers cannot have.
pub fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), Fault> {
    let wrong = |what: &str| Fault::new(Code::Argument, format!("`{name}: {value}` is no header: {what}"));
    let key =
        HeaderName::from_bytes(name.trim().as_bytes()).map_err(|_| wrong("its name has characters it may not have"))?;
    let content = HeaderValue::from_bytes(value.as_bytes()).map_err(|_| wrong("its value has control characters"))?;
    Ok((key, content))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_give_several_pairs_and_null_none() {
        let mut object = ObjectBuilder::default();
        object.field("a", Value::array(vec![1.into(), "x".into()])).field("b", Value::Null).field("c", true);
        let found = pairs(&object.value()).unwrap();
        let texts: Vec<_> = found.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(texts, ["a=1", "a=x", "c=true"]);
        assert!(pairs(&Value::string("a")).is_err());
    }

    #[test]
    fn headers_cannot_smuggle_lines() {
        assert!(header("x", "a\r\nSet-Cookie: b").is_err());
        assert!(header("x y", "a").is_err());
        assert!(header("X-A", "ä").is_ok());
    }
}
